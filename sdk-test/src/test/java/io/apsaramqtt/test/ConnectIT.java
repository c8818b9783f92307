package io.apsaramqtt.test;

import static org.assertj.core.api.Assertions.assertThat;

import com.hivemq.client.mqtt.mqtt3.exceptions.Mqtt3ConnAckException;
import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5ConnAckException;
import io.apsaramqtt.authentication.SignedConnect;
import io.apsaramqtt.credentials.AccessKey;
import io.apsaramqtt.credentials.CredentialsProvider;
import io.apsaramqtt.mqtt.ClientId;
import io.apsaramqtt.mqtt.MqttVersion;
import io.apsaramqtt.test.event.BrokerEvent.ConnectAccepted;
import io.apsaramqtt.test.event.BrokerEvent.ConnectRefused;
import io.apsaramqtt.test.event.BrokerEvent.Disconnected;
import io.apsaramqtt.test.event.DisconnectedBy;
import io.apsaramqtt.test.event.RefusedConnect;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ConnectIT {

    private static final AccessKey KEY = AccessKey.of("LTAI5tConnectUser1", "connect-secret");

    private static EmbeddedApsaraMqtt instance;

    @BeforeAll
    static void start() {
        instance = EmbeddedApsaraMqtt.builder()
                .instanceId("post-cn-connect")
                .group("GID_connect")
                .account(KEY)
                .start();
    }

    @AfterAll
    static void stop() {
        instance.close();
    }

    @BeforeEach
    void forgetEvents() {
        instance.events().clear();
    }

    @ParameterizedTest
    @EnumSource
    void aGoodSignatureConnects(MqttVersion version) {
        ClientId clientId = instance.clientId("good-" + version);
        try (Device device = Device.of(instance, version, "good-" + version).connect()) {
            assertThat(device.isConnected()).isTrue();
            assertThat(instance.events().of(ConnectAccepted.class))
                    .containsExactly(new ConnectAccepted(clientId.value(), version, "LTAI5t****er1"));
        }
        instance.events().await(Disconnected.class, new Disconnected(clientId.value(), DisconnectedBy.CLIENT)::equals);
    }

    @ParameterizedTest
    @EnumSource
    void aWrongSecretIsNotAuthorized(MqttVersion version) {
        CredentialsProvider wrong = CredentialsProvider.of(AccessKey.of(KEY.id(), "another"));
        Device device = Device.of(instance, version, instance.clientId("d"), instance.instanceId(), wrong);

        assertThat(connackCode(device)).isEqualTo(version == MqttVersion.V5 ? 0x87 : 5);
        assertRefused("GID_connect@@@d", RefusedConnect.WRONG_SIGNATURE);
    }

    @ParameterizedTest
    @EnumSource
    void theSignatureOfAnotherClientIdIsNotAuthorized(MqttVersion version) {
        SignedConnect ofAnother = Device.of(instance, version, "another").signed;
        Device device = Device.of(instance, version, instance.clientId("d"), ofAnother);

        assertThat(connackCode(device)).isEqualTo(version == MqttVersion.V5 ? 0x87 : 5);
        assertRefused("GID_connect@@@d", RefusedConnect.WRONG_SIGNATURE);
    }

    @ParameterizedTest
    @EnumSource
    void anUnknownAccessKeyIsNotAuthorized(MqttVersion version) {
        CredentialsProvider unknown = CredentialsProvider.of(AccessKey.of("LTAI5tNobody", KEY.secret()));
        Device device = Device.of(instance, version, instance.clientId("d"), instance.instanceId(), unknown);

        assertThat(connackCode(device)).isEqualTo(version == MqttVersion.V5 ? 0x87 : 5);
        assertRefused("GID_connect@@@d", RefusedConnect.UNKNOWN_ACCESS_KEY);
    }

    @ParameterizedTest
    @EnumSource
    void anUnknownInstanceIsNotAuthorizedAndEveryInstanceIsTold(MqttVersion version) {
        Device device = Device.of(instance, version, instance.clientId("d"), "post-cn-nowhere", instance.credentials());

        assertThat(connackCode(device)).isEqualTo(version == MqttVersion.V5 ? 0x87 : 5);
        assertRefused("GID_connect@@@d", RefusedConnect.UNKNOWN_INSTANCE);
    }

    @ParameterizedTest
    @EnumSource
    void noUserNameIsNotAuthorized(MqttVersion version) {
        Device device = Device.of(instance, version, instance.clientId("d"), new SignedConnect(null, null, null));

        assertThat(connackCode(device)).isEqualTo(version == MqttVersion.V5 ? 0x87 : 5);
        assertRefused("GID_connect@@@d", RefusedConnect.MALFORMED_USERNAME);
    }

    @ParameterizedTest
    @EnumSource
    void aForgedTokenIsNotAuthorized(MqttVersion version) {
        SignedConnect token = new SignedConnect("Token|" + KEY.id() + "|post-cn-connect", "RW|abc", null);
        Device device = Device.of(instance, version, instance.clientId("d"), token);

        assertThat(connackCode(device)).isEqualTo(version == MqttVersion.V5 ? 0x87 : 5);
        assertRefused("GID_connect@@@d", RefusedConnect.INVALID_TOKEN);
    }

    @ParameterizedTest
    @EnumSource
    void anUnknownModeIsNotAuthorized(MqttVersion version) {
        SignedConnect token = new SignedConnect("token|" + KEY.id() + "|post-cn-connect", "RW|abc", null);
        Device device = Device.of(instance, version, instance.clientId("d"), token);

        assertThat(connackCode(device)).isEqualTo(version == MqttVersion.V5 ? 0x87 : 5);
        assertRefused("GID_connect@@@d", RefusedConnect.MALFORMED_USERNAME);
    }

    @ParameterizedTest
    @EnumSource
    void anUnknownGroupIsDroppedWithoutAWord(MqttVersion version) {
        assertDropped(version, ClientId.of("GID_unknown", "d"), RefusedConnect.UNKNOWN_GROUP);
    }

    @ParameterizedTest
    @EnumSource
    void aClientIdWithoutGroupIsDroppedWithoutAWord(MqttVersion version) {
        assertDropped(version, ClientId.of("device-1"), RefusedConnect.MALFORMED_CLIENT_ID);
    }

    @ParameterizedTest
    @EnumSource
    void aClientIdOf65CharactersIsDroppedAndOneOf64Connects(MqttVersion version) {
        String device = "d".repeat(64 - "GID_connect@@@".length());
        assertDropped(version, ClientId.of("GID_connect", device + "d"), RefusedConnect.MALFORMED_CLIENT_ID);
        try (Device longest = Device.of(instance, version, device).connect()) {
            assertThat(longest.isConnected()).isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource
    void aSwitchAnswersBadUserNameOrPassword(MqttVersion version) {
        try (EmbeddedApsaraMqtt other = EmbeddedApsaraMqtt.builder()
                .account(KEY)
                .badCredentialsCode(true)
                .start()) {
            CredentialsProvider wrong = CredentialsProvider.of(AccessKey.of(KEY.id(), "another"));
            Device device = Device.of(other, version, other.clientId("d"), other.instanceId(), wrong);

            assertThat(connackCode(device)).isEqualTo(version == MqttVersion.V5 ? 0x86 : 4);
        }
    }

    private static void assertDropped(MqttVersion version, ClientId clientId, RefusedConnect reason) {
        Device device = Device.of(instance, version, clientId, instance.instanceId(), instance.credentials());
        assertThat(Device.failureOf(device.connecting()))
                .isNotInstanceOf(Mqtt3ConnAckException.class)
                .isNotInstanceOf(Mqtt5ConnAckException.class);
        assertRefused(clientId.value(), reason);
    }

    private static void assertRefused(String clientId, RefusedConnect reason) {
        assertThat(instance.events().of(ConnectRefused.class)).containsExactly(new ConnectRefused(clientId, reason));
        assertThat(instance.events().of(ConnectAccepted.class)).isEmpty();
    }

    private static int connackCode(Device device) {
        Throwable failure = Device.failureOf(device.connecting());
        if (failure instanceof Mqtt5ConnAckException refused) {
            return refused.getMqttMessage().getReasonCode().getCode();
        }
        assertThat(failure).isInstanceOf(Mqtt3ConnAckException.class);
        return ((Mqtt3ConnAckException) failure)
                .getMqttMessage()
                .getReturnCode()
                .getCode();
    }
}
