package io.apsaramqtt.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.apsaramqtt.authentication.Authentication;
import io.apsaramqtt.client.connection.ConnectionState;
import io.apsaramqtt.client.connection.InvalidEndpointException;
import io.apsaramqtt.client.transport.TransportProvider;
import io.apsaramqtt.mqtt.ClientId;
import io.apsaramqtt.mqtt.InvalidMqttValueException;
import io.apsaramqtt.mqtt.Message;
import io.apsaramqtt.mqtt.MqttVersion;
import io.apsaramqtt.mqtt.Profile;
import io.apsaramqtt.mqtt.ServiceRuleException;
import io.apsaramqtt.mqtt.ServiceRuleException.Rule;
import io.apsaramqtt.permission.PermissionMode;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ApsaraMqttClientBuilderTest {

    private static ApsaraMqttClientBuilder complete() {
        return ApsaraMqttClient.builder()
                .endpoint("post-cn-x.mqtt.aliyuncs.com")
                .instanceId("post-cn-x")
                .clientId("GID_demo", "device-1");
    }

    @Test
    void whatIsNotSetHasTheDocumentedDefault() {
        ApsaraMqttClientBuilder builder = complete();
        assertThat(builder.settings.mqttVersion).isEqualTo(MqttVersion.V3_1_1);
        assertThat(builder.settings.profile).isEqualTo(Profile.APSARAMQ);
        assertThat(builder.settings.permissionMode).isEqualTo(PermissionMode.ENFORCE);
        assertThat(builder.settings.keepAlive).isEqualTo(Duration.ofSeconds(90));
        assertThat(builder.settings.connectTimeout).isEqualTo(Duration.ofSeconds(10));
        assertThat(builder.settings.operationTimeout).isEqualTo(Duration.ofSeconds(5));
        assertThat(builder.settings.reconnectMin).isEqualTo(Duration.ofSeconds(1));
        assertThat(builder.settings.reconnectMax).isEqualTo(Duration.ofSeconds(60));
        assertThat(builder.settings.window).isEqualTo(100);
        try (ApsaraMqttClient client = builder.build()) {
            assertThat(client.endpoint()).hasToString("ssl://post-cn-x.mqtt.aliyuncs.com:8883");
            assertThat(client.state()).isEqualTo(ConnectionState.DISCONNECTED);
            assertThat(client)
                    .hasToString("ApsaraMqttClient[GID_demo@@@device-1 at ssl://post-cn-x.mqtt.aliyuncs.com:8883,"
                            + " DISCONNECTED]");
        }
    }

    static Stream<Arguments> missing() {
        return Stream.of(
                Arguments.of(
                        "endpoint", ApsaraMqttClient.builder().instanceId("i").clientId("GID_demo", "d")),
                Arguments.of(
                        "instanceId", ApsaraMqttClient.builder().endpoint("h").clientId("GID_demo", "d")),
                Arguments.of(
                        "clientId", ApsaraMqttClient.builder().endpoint("h").instanceId("i")));
    }

    @ParameterizedTest
    @MethodSource("missing")
    void namesTheSettingThatIsMissing(String setting, ApsaraMqttClientBuilder builder) {
        assertThatThrownBy(builder::build)
                .isInstanceOfSatisfying(
                        ConfigurationException.class,
                        e -> assertThat(e.setting()).isEqualTo(setting))
                .hasMessageStartingWith("Setting [" + setting + "] is missing; give it to the builder, for example [");
    }

    @Test
    void aGenericBrokerNeedsNoInstance() {
        try (ApsaraMqttClient client = ApsaraMqttClient.builder()
                .endpoint("tcp://localhost")
                .clientId(ClientId.of("any id at all"))
                .profile(Profile.GENERIC)
                .authentication(Authentication.anonymous())
                .build()) {
            assertThat(client.clientId()).hasToString("any id at all");
        }
    }

    static Stream<Arguments> outOfRange() {
        Duration tooLong = Duration.ofSeconds(Long.MAX_VALUE);
        return Stream.of(
                range("connectTimeout", builder -> builder.connectTimeout(Duration.ZERO)),
                range("connectTimeout", builder -> builder.connectTimeout(Duration.ofNanos(1))),
                range("connectTimeout", builder -> builder.connectTimeout(tooLong)),
                range("operationTimeout", builder -> builder.operationTimeout(Duration.ofMillis(-1))),
                range("operationTimeout", builder -> builder.operationTimeout(tooLong)),
                range("reconnectDelay", builder -> builder.reconnectDelay(Duration.ZERO, Duration.ofSeconds(1))),
                range("reconnectDelay", builder -> builder.reconnectDelay(Duration.ofNanos(999_999), tooLong)),
                range("reconnectDelay", builder -> builder.reconnectDelay(Duration.ofSeconds(1), tooLong)),
                range(
                        "reconnectDelay",
                        builder -> builder.reconnectDelay(Duration.ofSeconds(2), Duration.ofSeconds(1))),
                range("keepAlive", builder -> builder.keepAlive(Duration.ofMillis(999))),
                range("keepAlive", builder -> builder.keepAlive(Duration.ofSeconds(65_536))),
                range("window", builder -> builder.window(0)),
                range("listenerThreads", builder -> builder.listenerThreads(0)));
    }

    private static Arguments range(String setting, Consumer<ApsaraMqttClientBuilder> change) {
        return Arguments.of(setting, change);
    }

    @ParameterizedTest
    @MethodSource("outOfRange")
    void namesTheSettingThatIsOutOfRange(String setting, Consumer<ApsaraMqttClientBuilder> change) {
        ApsaraMqttClientBuilder builder = complete();
        change.accept(builder);
        assertThatThrownBy(builder::build)
                .isInstanceOfSatisfying(
                        ConfigurationException.class,
                        e -> assertThat(e.setting()).isEqualTo(setting))
                .hasMessageStartingWith("Setting [" + setting + "] ");
    }

    @Test
    void takesTheEndsOfTheRanges() {
        complete()
                .connectTimeout(Duration.ofMillis(1))
                .operationTimeout(Duration.ofHours(24))
                .reconnectDelay(Duration.ofMillis(1), Duration.ofMillis(1))
                .keepAlive(Duration.ofSeconds(65_535))
                .window(1)
                .listenerThreads(1)
                .build()
                .close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"my_broker", "http://h", "tcp://h:0", "tcp://h/x"})
    void refusesAnEndpointThatIsNone(String endpoint) {
        assertThatThrownBy(() -> complete().endpoint(endpoint)).isInstanceOf(InvalidEndpointException.class);
    }

    @Test
    void refusesAPartThatCannotBeInAClientId() {
        assertThatThrownBy(() -> complete().clientId("GID@demo", "d"))
                .isInstanceOf(InvalidMqttValueException.class)
                .hasMessageStartingWith("Group ID [GID@demo] contains '@'");
        assertThatThrownBy(() -> complete().clientId("GID_demo", ""))
                .isInstanceOf(InvalidMqttValueException.class)
                .hasMessageStartingWith("Device ID [] is empty");
    }

    @Test
    void refusesAClientIdThatTheServiceWouldRefuse() {
        assertThatThrownBy(() -> complete().clientId(ClientId.of("no-group")).build())
                .isInstanceOfSatisfying(
                        ServiceRuleException.class, e -> assertThat(e.rule()).isEqualTo(Rule.CLIENT_ID_FORM));
        assertThatThrownBy(() -> complete().clientId("GID_demo", "d".repeat(60)).build())
                .isInstanceOfSatisfying(
                        ServiceRuleException.class, e -> assertThat(e.rule()).isEqualTo(Rule.CLIENT_ID_LENGTH));
    }

    @Test
    void refusesAWillWhichTheServiceWouldNeverPublish() {
        assertThatThrownBy(() -> complete().will(Message.of("alarms/a", "gone")).build())
                .isInstanceOfSatisfying(
                        ServiceRuleException.class, e -> assertThat(e.rule()).isEqualTo(Rule.WILL));
    }

    @Test
    void buildsAClientOfItsOwnEachTime() {
        ApsaraMqttClientBuilder builder = complete();
        try (ApsaraMqttClient first = builder.build();
                ApsaraMqttClient second =
                        builder.clientId("GID_demo", "device-2").build()) {
            assertThat(first).isNotSameAs(second);
            assertThat(first.clientId()).hasToString("GID_demo@@@device-1");
            assertThat(second.clientId()).hasToString("GID_demo@@@device-2");
        }
    }

    @ParameterizedTest
    @EnumSource
    void everyVersionHasAnEngine(MqttVersion version) {
        assertThat(TransportProvider.forVersion(version).supports(version)).isTrue();
    }
}
