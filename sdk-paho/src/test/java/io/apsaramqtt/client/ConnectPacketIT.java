package io.apsaramqtt.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.apsaramqtt.authentication.Authentication;
import io.apsaramqtt.client.transport.Bytes;
import io.apsaramqtt.client.transport.Packet;
import io.apsaramqtt.client.transport.ScriptedBroker;
import io.apsaramqtt.mqtt.MqttVersion;
import io.apsaramqtt.mqtt.Profile;
import java.time.Duration;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What becomes of a builder's settings on the wire. */
class ConnectPacketIT {

    private static final int CLEAN = 0x02;
    private static final int KEPT = 0x00;
    private static final int SESSION_EXPIRY = 0x11;

    /** The CONNECT of a client that was built so. */
    private static Bytes connect(MqttVersion version, UnaryOperator<ApsaraMqttClientBuilder> settings) {
        try (ScriptedBroker broker = new ScriptedBroker(version);
                ApsaraMqttClient client = settings.apply(ApsaraMqttClient.builder()
                                .endpoint(broker.endpoint().toString())
                                .instanceId("post-cn-packet")
                                .clientId("GID_packet", "device-1")
                                .authentication(Authentication.anonymous())
                                .mqttVersion(version))
                        .build()) {
            var connecting = client.connectAsync();
            Packet packet = broker.accept().accept(false);
            Futures.get(connecting);
            return packet.body();
        }
    }

    /** A CONNECT begins so (MQTT 3.1.1 and 5 section 3.1.2). */
    private static Bytes header(MqttVersion version, int flags, int keepAliveSeconds) {
        return Bytes.text("MQTT")
                .and(Bytes.of(version == MqttVersion.V5 ? 5 : 4, flags))
                .and(Bytes.id(keepAliveSeconds));
    }

    @ParameterizedTest
    @CsvSource({
        "V3_1_1, APSARAMQ, 480",
        "V5,     APSARAMQ, 480",
        "V3_1_1, GENERIC,  1200",
        "V5,     GENERIC,  1200",
    })
    void theServiceTakesNoKeepAliveAboveEightMinutes(MqttVersion version, Profile profile, int seconds) {
        assertThat(connect(version, builder -> builder.profile(profile).keepAlive(Duration.ofMinutes(20)))
                        .contain(header(version, CLEAN, seconds)))
                .isTrue();
    }

    @ParameterizedTest
    @EnumSource
    void byDefaultTheSessionIsCleanAndTheKeepAliveIsNinetySeconds(MqttVersion version) {
        assertThat(connect(version, builder -> builder).contain(header(version, CLEAN, 90)))
                .isTrue();
    }

    @Test
    void aSessionThatIsKeptIsKeptForThreeDaysWhereNothingElseIsSaid() {
        Bytes connect = connect(MqttVersion.V5, ApsaraMqttClientBuilder::persistentSession);
        assertThat(connect.contain(header(MqttVersion.V5, KEPT, 90))).isTrue();
        // 259,200 seconds.
        assertThat(connect.contain(Bytes.of(SESSION_EXPIRY, 0x00, 0x03, 0xF4, 0x80)))
                .isTrue();
    }

    @Test
    void howLongASessionIsKeptMayBeSaid() {
        Bytes connect = connect(MqttVersion.V5, builder -> builder.persistentSession(Duration.ofMinutes(10)));
        assertThat(connect.contain(Bytes.of(SESSION_EXPIRY, 0x00, 0x00, 0x02, 0x58)))
                .isTrue();
    }

    @Test
    void mqtt311KeepsASessionWithoutATime() {
        Bytes connect = connect(MqttVersion.V3_1_1, ApsaraMqttClientBuilder::persistentSession);
        assertThat(connect.contain(header(MqttVersion.V3_1_1, KEPT, 90))).isTrue();
    }
}
