package io.apsaramqtt.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.apsaramqtt.authentication.AuthenticationException;
import io.apsaramqtt.client.connection.ConnectFailedException;
import io.apsaramqtt.client.connection.ConnectFailedException.Reason;
import io.apsaramqtt.client.connection.ConnectionState;
import io.apsaramqtt.credentials.AccessKey;
import io.apsaramqtt.credentials.CredentialsException;
import io.apsaramqtt.credentials.CredentialsProvider;
import io.apsaramqtt.mqtt.ClientId;
import io.apsaramqtt.mqtt.MqttVersion;
import io.apsaramqtt.permission.source.PermissionSource;
import io.apsaramqtt.permission.source.PermissionSourceException;
import io.apsaramqtt.policy.MalformedPolicyException;
import io.apsaramqtt.test.event.BrokerEvent.ConnectAccepted;
import io.apsaramqtt.test.event.BrokerEvent.ConnectRefused;
import io.apsaramqtt.test.event.RefusedConnect;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every way in which a connection cannot be made: typed, told in words, and nothing left behind. */
class ConnectFailureIT {

    @RegisterExtension
    static final EmbeddedService SERVICE = EmbeddedService.closingConnections();

    private final ClientId clientId = EmbeddedService.newClientId();

    @TempDir
    private Path folder = Path.of("");

    @AfterEach
    void nothingIsLeftBehind() {
        await().untilAsserted(() -> assertThat(Threads.of(clientId)).isEmpty());
    }

    private ApsaraMqttClientBuilder builder(MqttVersion version) {
        return SERVICE.builder(version).clientId(clientId);
    }

    private static <T extends Throwable> T failure(ApsaraMqttClientBuilder builder, Class<T> type) {
        try (ApsaraMqttClient client = builder.build()) {
            T failure = catchThrowableOfType(type, client::connect);
            assertThat(failure).isNotNull();
            assertThat(client.state()).isEqualTo(ConnectionState.DISCONNECTED);
            return failure;
        }
    }

    private static ConnectFailedException failure(ApsaraMqttClientBuilder builder) {
        return failure(builder, ConnectFailedException.class);
    }

    private static RefusedConnect refusal() {
        return SERVICE.broker().events().await(ConnectRefused.class).reason();
    }

    // Refused by the broker

    @ParameterizedTest
    @EnumSource
    void aWrongSecret(MqttVersion version) {
        ConnectFailedException failure = failure(builder(version)
                .credentials(CredentialsProvider.of(AccessKey.of(EmbeddedService.ACCOUNT.id(), "not-the-secret"))));
        assertThat(failure.reason()).isEqualTo(Reason.REFUSED);
        assertThat(failure.reasonCode()).hasValue(version == MqttVersion.V5 ? 0x87 : 5);
        assertThat(failure)
                .hasMessageStartingWith("Connection to [" + SERVICE.broker().endpoint() + "] was refused with code")
                .hasMessageContaining("AccessKey ID and secret belong together");
        assertThat(refusal()).isEqualTo(RefusedConnect.WRONG_SIGNATURE);
    }

    @ParameterizedTest
    @EnumSource
    void anUnknownAccessKey(MqttVersion version) {
        ConnectFailedException failure = failure(builder(version)
                .credentials(CredentialsProvider.of(AccessKey.of("LTAI5tNobodysAccessKey", "a-secret"))));
        assertThat(failure.reason()).isEqualTo(Reason.REFUSED);
        assertThat(refusal()).isEqualTo(RefusedConnect.UNKNOWN_ACCESS_KEY);
    }

    @ParameterizedTest
    @EnumSource
    void anUnknownInstance(MqttVersion version) {
        ConnectFailedException failure = failure(builder(version).instanceId("post-cn-nowhere"));
        assertThat(failure.reason()).isEqualTo(Reason.REFUSED);
        assertThat(failure).hasMessageContaining("instance ID is the one of this endpoint");
    }

    @ParameterizedTest
    @EnumSource
    void anUnknownGroup(MqttVersion version) {
        ConnectFailedException failure = failure(builder(version).clientId("GID_unknown", "device-1"));
        assertThat(failure.reason()).isEqualTo(Reason.CLOSED_BY_BROKER);
        assertThat(failure.reasonCode()).isEmpty();
        assertThat(failure).hasMessageContaining("group of the client ID is not created on the instance");
        assertThat(refusal()).isEqualTo(RefusedConnect.UNKNOWN_GROUP);
    }

    /** A broker of MQTT 3.1.1 answers with code 1, which MQTT 5 does not have, and without properties. */
    @ParameterizedTest
    @EnumSource
    void aBrokerOfAnotherVersion(MqttVersion version) throws IOException {
        try (FakeServer old = FakeServer.saying(new byte[] {0x20, 2, 0, 1})) {
            ConnectFailedException failure = failure(builder(version).endpoint(old.endpoint()));
            assertThat(failure.reason()).isEqualTo(Reason.PROTOCOL);
            assertThat(failure).hasMessageContaining("version of MQTT");
        }
    }

    // No broker there

    @ParameterizedTest
    @EnumSource
    void aPortWhereNothingListens(MqttVersion version) throws IOException {
        ConnectFailedException failure =
                failure(builder(version).endpoint("tcp://127.0.0.1:" + FakeServer.unusedPort()));
        assertThat(failure.reason()).isEqualTo(Reason.UNREACHABLE);
        assertThat(failure).hasMessageContaining("Check host and port, and that the broker runs");
    }

    @ParameterizedTest
    @EnumSource
    void aHostWithoutAnAddress(MqttVersion version) {
        ConnectFailedException failure = failure(builder(version).endpoint("tcp://no-such-host.invalid"));
        assertThat(failure.reason()).isEqualTo(Reason.UNKNOWN_HOST);
        assertThat(failure).hasMessageContaining("the host has no address");
    }

    @ParameterizedTest
    @EnumSource
    void aPortThatNeverAnswers(MqttVersion version) throws IOException {
        try (FakeServer silent = FakeServer.silent()) {
            ConnectFailedException failure =
                    failure(builder(version).endpoint(silent.endpoint()).connectTimeout(Duration.ofMillis(300)));
            assertThat(failure.reason()).isEqualTo(Reason.TIMEOUT);
            assertThat(failure).hasMessageContaining("no CONNACK within 300 ms");
            // Checked here, while the server still holds the connection open.
            await().untilAsserted(() -> assertThat(Threads.of(clientId)).isEmpty());
        }
    }

    @ParameterizedTest
    @EnumSource
    void aPortThatClosesAtOnce(MqttVersion version) throws IOException {
        try (FakeServer closing = FakeServer.closing()) {
            ConnectFailedException failure = failure(builder(version).endpoint(closing.endpoint()));
            assertThat(failure.reason()).isEqualTo(Reason.CLOSED_BY_BROKER);
            assertThat(failure).hasMessageContaining("or if the port expects TLS");
        }
    }

    @ParameterizedTest
    @EnumSource
    void aPortThatSpeaksSomethingElse(MqttVersion version) throws IOException {
        try (FakeServer web =
                FakeServer.saying("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(StandardCharsets.US_ASCII))) {
            ConnectFailedException failure = failure(builder(version).endpoint(web.endpoint()));
            assertThat(failure.endpoint()).hasToString(web.endpoint());
            assertThat(failure.reason()).isIn(Reason.PROTOCOL, Reason.CLOSED_BY_BROKER, Reason.OTHER);
        }
    }

    // TLS

    @ParameterizedTest
    @EnumSource
    void tlsToAPlainPort(MqttVersion version) {
        ConnectFailedException failure = failure(
                builder(version).endpoint("ssl://127.0.0.1:" + SERVICE.broker().port()));
        assertThat(failure.reason()).isEqualTo(Reason.TLS);
        assertThat(failure).hasMessageContaining("write tcp://");
    }

    @ParameterizedTest
    @EnumSource
    void tlsToAPortThatClosesAtOnce(MqttVersion version) throws IOException {
        try (FakeServer closing = FakeServer.closing()) {
            ConnectFailedException failure = failure(builder(version).endpoint("ssl://127.0.0.1:" + closing.port()));
            assertThat(failure.reason()).isEqualTo(Reason.TLS);
        }
    }

    @ParameterizedTest
    @EnumSource
    void tlsToAPortThatNeverAnswers(MqttVersion version) throws IOException {
        try (FakeServer silent = FakeServer.silent()) {
            ConnectFailedException failure = failure(builder(version)
                    .endpoint("ssl://127.0.0.1:" + silent.port())
                    .connectTimeout(Duration.ofMillis(300)));
            assertThat(failure.reason()).isEqualTo(Reason.TIMEOUT);
            await().untilAsserted(() -> assertThat(Threads.of(clientId)).isEmpty());
        }
    }

    // Not even tried

    @ParameterizedTest
    @EnumSource
    void aTemporaryAccessKey(MqttVersion version) {
        AuthenticationException failure = failure(
                builder(version)
                        .credentials(
                                CredentialsProvider.of(AccessKey.temporary("STS.NVexample", "a-secret", "a-token"))),
                AuthenticationException.class);
        assertThat(failure).hasMessageContaining("is temporary").hasMessageContaining("ApplyToken");
        assertThat(SERVICE.broker().events().all()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void noAccessKey(MqttVersion version) {
        CredentialsException failure = failure(
                builder(version).credentials(() -> {
                    throw CredentialsException.of("a test", "there is none");
                }),
                CredentialsException.class);
        assertThat(failure).hasMessageContaining("Tried [a test: there is none]");
    }

    @ParameterizedTest
    @EnumSource
    void aPolicyFileThatIsMissing(MqttVersion version) {
        PermissionSourceException failure = failure(
                builder(version).permissions(PermissionSource.file(folder.resolve("missing.json"))),
                PermissionSourceException.class);
        assertThat(failure).hasMessageContaining("missing.json] does not exist (looked in " + folder);
        assertThat(SERVICE.broker().events().of(ConnectAccepted.class)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void aPolicyFileThatIsMalformed(MqttVersion version) throws IOException {
        Path file = Files.writeString(folder.resolve("policy.json"), """
                {"Version": "1",
                 "Statement": [{"Effect": "Permit", "Action": "mq:PUB", "Resource": "*"}]}
                """);
        MalformedPolicyException failure =
                failure(builder(version).permissions(PermissionSource.file(file)), MalformedPolicyException.class);
        assertThat(failure.line()).isEqualTo(2);
        assertThat(failure.column()).isPositive();
        assertThat(failure).hasMessageStartingWith("Policy [policy.json], line 2, column " + failure.column());
        // Repaired, the same client would connect: nothing of the failure is kept.
        try (ApsaraMqttClient client =
                builder(version).permissions(PermissionSource.file(file)).build()) {
            assertThat(catchThrowableOfType(MalformedPolicyException.class, client::connect))
                    .isNotNull();
            Files.writeString(file, "{\"Version\": \"1\", \"Statement\": []}");
            client.connect();
            assertThat(client.isConnected()).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void closingWhileNobodyAnswersLeavesNothingBehind(boolean tls) throws IOException {
        for (MqttVersion version : MqttVersion.values()) {
            try (FakeServer silent = FakeServer.silent()) {
                ApsaraMqttClient client = builder(version)
                        .endpoint((tls ? "ssl" : "tcp") + "://127.0.0.1:" + silent.port())
                        .connectTimeout(Duration.ofMinutes(5))
                        .build();
                var connecting = client.connectAsync();
                silent.awaitConnection();
                client.close();
                assertThat(connecting).isCompletedExceptionally();
                await().untilAsserted(() -> assertThat(Threads.of(clientId)).isEmpty());
            }
        }
    }
}
