package io.apsaramqtt.spring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.apsaramqtt.client.ApsaraMqttClient;
import io.apsaramqtt.client.connection.ConnectFailedException;
import io.apsaramqtt.client.connection.ConnectionState;
import io.apsaramqtt.credentials.AccessKey;
import io.apsaramqtt.credentials.CredentialsException;
import io.apsaramqtt.credentials.CredentialsProvider;
import io.apsaramqtt.spring.autoconfigure.ApsaraMqttProperties.ConnectOnStart;
import java.io.IOException;
import java.lang.reflect.Method;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContextException;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.util.ReflectionUtils;

class ClientLifecycleTest {

    private static final CredentialsProvider KEY = CredentialsProvider.of(AccessKey.of("LTAI5tLifecycle", "secret"));

    private final ApsaraMqttClient client = client(Ports.CLOSED, KEY);

    private static ApsaraMqttClient client(int port, CredentialsProvider credentials) {
        return ApsaraMqttClient.builder()
                .endpoint("tcp://127.0.0.1:" + port)
                .instanceId("post-cn-x")
                .clientId("GID_demo", "device-1")
                .credentials(credentials)
                .connectTimeout(Duration.ofMillis(300))
                .build();
    }

    private static ApplicationContextRunner runner(ApsaraMqttClient client, String... properties) {
        return new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(ApsaraMqttAutoConfiguration.class))
                .withPropertyValues(properties)
                .withBean(ApsaraMqttClient.class, () -> client);
    }

    @AfterEach
    void close() {
        client.close();
    }

    @Test
    void withoutAConnectionTheApplicationDoesNotStartByDefault() {
        runner(client)
                .run(context -> assertThat(context)
                        .getFailure()
                        .isInstanceOf(ApplicationContextException.class)
                        .hasCauseInstanceOf(ConnectFailedException.class));
        assertThat(client.state()).isEqualTo(ConnectionState.CLOSED);
    }

    @Test
    void withoutAnOptionalConnectionItStarts() {
        runner(client, "apsara.mqtt.connect-on-start=optional").run(context -> {
            assertThat(context).hasNotFailed();
            assertThat(client.state()).isEqualTo(ConnectionState.DISCONNECTED);
            assertThat(context.getBean(ClientLifecycle.class).isRunning()).isFalse();
        });
    }

    @ParameterizedTest
    @CsvSource({"off", "false"})
    void switchedOffItDoesNotTryToConnect(String off) {
        try (ApsaraMqttClient noKey = client(Ports.CLOSED, ClientLifecycleTest::none)) {
            runner(noKey, "apsara.mqtt.connect-on-start=" + off)
                    .run(context -> assertThat(context).hasNotFailed());
        }
    }

    @Test
    void anOptionalConnectionExcusesNoMistakeOfTheConfiguration() {
        try (ApsaraMqttClient noKey = client(Ports.CLOSED, ClientLifecycleTest::none)) {
            assertThatThrownBy(new ClientLifecycle(noKey, ConnectOnStart.OPTIONAL)::start)
                    .isInstanceOf(CredentialsException.class);
        }
    }

    private static AccessKey none() {
        throw CredentialsException.of("test", "there is none");
    }

    @Test
    void aBrokerThatNeverAnswersHoldsTheStartNoLongerThanTheConnectTimeout() throws IOException {
        try (ServerSocket silent = Ports.silent();
                ApsaraMqttClient waiting = client(silent.getLocalPort(), KEY)) {
            assertThatThrownBy(new ClientLifecycle(waiting, ConnectOnStart.REQUIRED)::start)
                    .isInstanceOfSatisfying(
                            ConnectFailedException.class,
                            e -> assertThat(e.reason()).isEqualTo(ConnectFailedException.Reason.TIMEOUT));
        }
    }

    @Test
    void runsWhileItConnectsAndUntilItIsStopped() throws IOException {
        try (ServerSocket silent = Ports.silent();
                ApsaraMqttClient connecting = client(silent.getLocalPort(), KEY)) {
            ClientLifecycle lifecycle = new ClientLifecycle(connecting, ConnectOnStart.REQUIRED);
            assertThat(lifecycle.isRunning()).isFalse();
            connecting.connectAsync();
            assertThat(lifecycle.isRunning()).isTrue();
            lifecycle.stop();
            assertThat(lifecycle.isRunning()).isFalse();
            assertThat(connecting.state()).isEqualTo(ConnectionState.CLOSED);
        }
    }

    @Test
    void aPausedContextKeepsItsClient() throws IOException {
        Method pause = ReflectionUtils.findMethod(ConfigurableApplicationContext.class, "pause");
        assumeThat(pause).as("Spring Framework 7 or later").isNotNull();
        try (ServerSocket silent = Ports.silent();
                ApsaraMqttClient connecting = client(silent.getLocalPort(), KEY)) {
            runner(connecting, "apsara.mqtt.connect-on-start=off").run(context -> {
                connecting.connectAsync();
                ReflectionUtils.invokeMethod(Objects.requireNonNull(pause), context.getSourceApplicationContext());
                assertThat(connecting.state()).isNotEqualTo(ConnectionState.CLOSED);
            });
        }
    }
}
