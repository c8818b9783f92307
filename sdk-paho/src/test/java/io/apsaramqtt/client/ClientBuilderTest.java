package io.apsaramqtt.client;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.apsaramqtt.authentication.Authentication;
import io.apsaramqtt.mqtt.MqttVersion;
import io.apsaramqtt.mqtt.Profile;
import java.time.Duration;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Which settings a client can be built with. */
class ClientBuilderTest {

    private static ApsaraMqttClientBuilder builder() {
        return ApsaraMqttClient.builder()
                .endpoint("ssl://h")
                .instanceId("post-cn-builder")
                .clientId("GID_builder", "device-1")
                .authentication(Authentication.anonymous());
    }

    @ParameterizedTest
    @CsvSource({
        "V5, APSARAMQ, 600",
        "V5, GENERIC, 1",
        "V5, GENERIC, 4294967295",
        "V3_1_1, APSARAMQ, 1",
    })
    void aSessionMayBeKeptFor(MqttVersion version, Profile profile, long seconds) {
        builder()
                .mqttVersion(version)
                .profile(profile)
                .persistentSession(Duration.ofSeconds(seconds))
                .build()
                .close();
    }

    @ParameterizedTest
    @CsvSource({
        "V5, APSARAMQ, 599, 600",
        "V5, GENERIC, 0, 1",
        "V5, GENERIC, 4294967296, 1",
        "V3_1_1, APSARAMQ, 0, 1",
    })
    void aSessionMayNotBeKeptFor(MqttVersion version, Profile profile, long seconds, int least) {
        assertThatThrownBy(() -> builder()
                        .mqttVersion(version)
                        .profile(profile)
                        .persistentSession(Duration.ofSeconds(seconds))
                        .build())
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("persistentSession")
                .hasMessageContaining("allowed are " + least + " s to 4294967295 s");
    }

    static Stream<Arguments> outOfRange() {
        return Stream.of(
                outOfRange("keepAlive", builder -> builder.keepAlive(Duration.ofMillis(999))),
                outOfRange("keepAlive", builder -> builder.keepAlive(Duration.ofSeconds(65_536))),
                outOfRange("connectTimeout", builder -> builder.connectTimeout(Duration.ZERO)),
                outOfRange("operationTimeout", builder -> builder.operationTimeout(Duration.ofHours(25))),
                outOfRange("deliveryTimeout", builder -> builder.deliveryTimeout(Duration.ofMillis(-1))),
                outOfRange("window", builder -> builder.window(0)),
                outOfRange("listenerThreads", builder -> builder.listenerThreads(0)),
                outOfRange("listenerCapacity", builder -> builder.listenerCapacity(0)),
                outOfRange("listenerCapacity", builder -> builder.listenerCapacity(65_536)));
    }

    private static Arguments outOfRange(String setting, UnaryOperator<ApsaraMqttClientBuilder> given) {
        return Arguments.of(setting, given);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("outOfRange")
    void whatIsOutOfRangeIsNamed(String setting, UnaryOperator<ApsaraMqttClientBuilder> given) {
        assertThatThrownBy(() -> given.apply(builder()).build())
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining(setting);
    }

    @Test
    void whatIsMissingIsNamed() {
        assertThatThrownBy(() -> ApsaraMqttClient.builder().build())
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("endpoint");
    }
}
