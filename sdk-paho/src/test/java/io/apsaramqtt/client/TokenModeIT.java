package io.apsaramqtt.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.apsaramqtt.ApsaraMqttException;
import io.apsaramqtt.authentication.Authentication;
import io.apsaramqtt.authentication.AuthenticationException;
import io.apsaramqtt.authentication.DeviceCredential;
import io.apsaramqtt.authentication.SignMode;
import io.apsaramqtt.authentication.Token;
import io.apsaramqtt.authentication.TokenProvider;
import io.apsaramqtt.authentication.TokenType;
import io.apsaramqtt.authentication.Tokens;
import io.apsaramqtt.client.connection.ConnectFailedException;
import io.apsaramqtt.client.connection.ProbableCause;
import io.apsaramqtt.client.connection.ProbableCause.Cause;
import io.apsaramqtt.mqtt.ClientId;
import io.apsaramqtt.mqtt.MqttVersion;
import io.apsaramqtt.mqtt.TopicFilter;
import io.apsaramqtt.mqtt.TopicName;
import io.apsaramqtt.permission.Operation;
import io.apsaramqtt.permission.PermissionDeniedException;
import io.apsaramqtt.permission.PermissionMode;
import io.apsaramqtt.permission.TopicRule;
import io.apsaramqtt.permission.source.PermissionSource;
import io.apsaramqtt.policy.Outcome;
import io.apsaramqtt.test.EmbeddedApsaraMqtt;
import io.apsaramqtt.test.event.BrokerEvent.ConnectAccepted;
import io.apsaramqtt.test.event.BrokerEvent.ConnectRefused;
import io.apsaramqtt.test.event.BrokerEvent.TokenInvalid;
import io.apsaramqtt.test.event.RefusedConnect;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Tokens, device credentials and custom identities against a broker that checks them. */
class TokenModeIT {

    private static final String ACCESS_KEY_ID = "LTAI5tTokenModeAccount";
    private static final String INSTANCE = "post-cn-token-mode";
    private static final Duration HOUR = Duration.ofHours(1);
    private static final AtomicInteger CLIENTS = new AtomicInteger();

    private static EmbeddedApsaraMqtt broker;

    private final Connections connections = new Connections();
    private final List<ApsaraMqttClient> clients = new ArrayList<>();
    private final ClientId clientId = ClientId.of("GID_modes", "device-" + CLIENTS.incrementAndGet());

    @BeforeAll
    static void start() {
        broker = EmbeddedApsaraMqtt.builder()
                .instanceId(INSTANCE)
                .group("GID_modes")
                .identity(
                        "origin",
                        "secret-as-it-is",
                        SignMode.ORIGIN,
                        TopicRule.allow(Set.of(Operation.PUBLISH, Operation.SUBSCRIBE), TopicFilter.of("alarms/#")))
                .identity("signed", "secret-that-signs", SignMode.SIGNED)
                .start();
    }

    @AfterAll
    static void stop() {
        broker.close();
    }

    @BeforeEach
    void forgetEvents() {
        broker.events().clear();
    }

    @AfterEach
    void closeClients() {
        clients.forEach(ApsaraMqttClient::close);
    }

    private ApsaraMqttClientBuilder builder(MqttVersion version) {
        return ApsaraMqttClient.builder()
                .endpoint(broker.endpoint())
                .instanceId(INSTANCE)
                .clientId(clientId)
                .mqttVersion(version)
                .connectionListener(connections)
                .reconnectDelay(Duration.ofMillis(10), Duration.ofMillis(100));
    }

    private ApsaraMqttClient build(ApsaraMqttClientBuilder builder) {
        ApsaraMqttClient client = builder.build();
        clients.add(client);
        return client;
    }

    private ApsaraMqttClient connected(ApsaraMqttClientBuilder builder) {
        ApsaraMqttClient client = build(builder);
        client.connect();
        return client;
    }

    private static Tokens tokens(Token... tokens) {
        return Tokens.of(ACCESS_KEY_ID, tokens);
    }

    private static Token token(TokenType type, String... resources) {
        return broker.issueToken(type, HOUR, resources);
    }

    private List<Cause> causesOfFirst() {
        await().until(() -> !connections.losses().isEmpty());
        return connections
                .losses()
                .get(0)
                .probableCause()
                .map(ProbableCause::causes)
                .orElse(List.of());
    }

    @ParameterizedTest
    @EnumSource
    void theResourcesOfTokensAreCheckedBeforeAnythingIsSent(MqttVersion version) throws Exception {
        Tokens tokens = tokens(token(TokenType.R, "alarms/#"), token(TokenType.W, "status"));
        ApsaraMqttClient client = connected(builder(version).tokens(id -> tokens));
        client.publish("status", "on");
        client.subscribe("alarms/#", message -> {});
        assertThatThrownBy(() -> client.publish("alarms/a", "x"))
                .isInstanceOf(PermissionDeniedException.class)
                .hasMessageContaining("tokens of AccessKey LTAI5t****unt");
        assertThatThrownBy(() -> client.subscribe("status", message -> {}))
                .isInstanceOf(PermissionDeniedException.class);
        assertThat(client.isConnected()).isTrue();
        assertThat(connections.told()).containsExactly("connected");
    }

    @ParameterizedTest
    @EnumSource
    void aTokenOfUnknownResourcesLeavesTheDecisionToTheBroker(MqttVersion version) {
        Token token = token(TokenType.RW, "alarms/#");
        Tokens tokens = tokens(Token.of(TokenType.RW, token.value(), token.expiresAt()));
        ApsaraMqttClient client = connected(builder(version).tokens(id -> tokens));
        assertThat(client.permissions().checkPublish(TopicName.of("billing")).outcome())
                .isEqualTo(Outcome.UNKNOWN);
        client.publish("alarms/a", "x");
        assertThatThrownBy(() -> client.publish("billing", "x")).isInstanceOf(ApsaraMqttException.class);
        assertThat(causesOfFirst()).containsExactly(Cause.TOKEN_NOT_FOR_TOPIC);
    }

    @ParameterizedTest
    @EnumSource
    void aSourceThatWasGivenDecidesInsteadOfTheTokens(MqttVersion version) {
        Tokens tokens = tokens(token(TokenType.RW, "alarms/#"));
        ApsaraMqttClient client =
                connected(builder(version).tokens(id -> tokens).permissions(PermissionSource.none()));
        assertThat(client.permissions().checkPublish(TopicName.of("billing")).outcome())
                .isEqualTo(Outcome.UNKNOWN);
    }

    @ParameterizedTest
    @EnumSource
    void anOperationThatTheTypeOfTheTokenDoesNotPermitIsNamed(MqttVersion version) {
        Tokens tokens = tokens(token(TokenType.R, "alarms/#"));
        ApsaraMqttClient client =
                connected(builder(version).tokens(id -> tokens).permissionMode(PermissionMode.OFF));
        assertThatThrownBy(() -> client.publish("alarms/a", "x")).isInstanceOf(ApsaraMqttException.class);
        assertThat(causesOfFirst()).containsExactly(Cause.TOKEN_NOT_FOR_OPERATION);
        broker.events().await(TokenInvalid.class, new TokenInvalid(clientId.value(), "R", 5)::equals);
    }

    @ParameterizedTest
    @EnumSource
    void anExpiredTokenIsNeverConnectedWith(MqttVersion version) {
        Token token = token(TokenType.RW, "alarms/#");
        Tokens expired = tokens(Token.of(TokenType.RW, token.value(), Instant.now()));
        ApsaraMqttClient client = build(builder(version).tokens(id -> expired));
        assertThatThrownBy(client::connect).isInstanceOf(AuthenticationException.class);
        assertThat(broker.events().all()).noneMatch(event -> event.clientId().equals(clientId.value()));
    }

    @ParameterizedTest
    @EnumSource
    void aTokenThatExpiresAtTheBrokerIsReplacedAndTheCauseIsTold(MqttVersion version) {
        List<Token> given = new CopyOnWriteArrayList<>(List.of(token(TokenType.RW, "alarms/#")));
        ApsaraMqttClient client = connected(builder(version).tokens(renewing(given)));
        broker.expireToken(given.get(0));
        assertThat(causesOfFirst()).containsExactly(Cause.TOKEN_EXPIRED);
        await().until(() -> connections.connects() == 2);
        client.publish("alarms/a", "x");
        assertThat(broker.events().of(ConnectRefused.class)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void aRevokedTokenIsReplacedAndTheCauseIsTold(MqttVersion version) {
        List<Token> given = new CopyOnWriteArrayList<>(List.of(token(TokenType.RW, "alarms/#")));
        ApsaraMqttClient client = connected(builder(version).tokens(renewing(given)));
        broker.revokeToken(given.get(0));
        assertThat(causesOfFirst()).containsExactly(Cause.TOKEN_REVOKED);
        await().until(() -> connections.connects() == 2);
        client.publish("alarms/a", "x");
        assertThat(connections.told()).anyMatch(told -> told.startsWith("notice Invalid[type=RW, problem=REVOKED"));
    }

    @ParameterizedTest
    @CsvSource({
        "V3_1_1, 8, TOKEN_SIGNATURE",
        "V5, 8, TOKEN_SIGNATURE",
        "V3_1_1, -1, ACCOUNT_NOT_PERMITTED",
        "V5, -1, ACCOUNT_NOT_PERMITTED"
    })
    void aTokenThatTheServiceRefusesIsReplacedAndTheCauseIsTold(MqttVersion version, int code, Cause cause) {
        List<Token> given = new CopyOnWriteArrayList<>(List.of(token(TokenType.RW, "alarms/#")));
        ApsaraMqttClient client = connected(builder(version).tokens(renewing(given)));
        broker.refuseToken(given.get(0), code);
        assertThat(causesOfFirst()).containsExactly(cause);
        await().until(() -> connections.connects() == 2);
        client.publish("alarms/a", "x");
        assertThat(broker.events().of(ConnectRefused.class)).isEmpty();
    }

    /** Gives the last token first, and another whenever it is asked to renew. */
    private static TokenProvider renewing(List<Token> given) {
        return new TokenProvider() {
            @Override
            public Tokens tokens(ClientId id) {
                return TokenModeIT.tokens(given.get(given.size() - 1));
            }

            @Override
            public Tokens renew(ClientId id, Tokens present) {
                given.add(token(TokenType.RW, "alarms/#"));
                return tokens(id);
            }
        };
    }

    @ParameterizedTest
    @EnumSource
    void otherResourcesOfARenewedTokenAreCheckedFromThenOn(MqttVersion version) {
        List<Token> given = new ArrayList<>(List.of(
                broker.issueToken(TokenType.RW, Duration.ofMinutes(5).plusSeconds(3), "alarms/#"),
                token(TokenType.RW, "billing/#")));
        ApsaraMqttClient client = connected(builder(version).tokens(id -> tokens(given.remove(0))));
        assertThat(client.permissions().checkPublish(TopicName.of("billing/a")).outcome())
                .isEqualTo(Outcome.IMPLICIT_DENY);
        await().until(() ->
                client.permissions().checkPublish(TopicName.of("billing/a")).outcome() == Outcome.ALLOWED);
        client.publish("billing/a", "x");
        assertThat(connections.connects()).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource
    void aDeviceCredentialIsBoundToItsClientId(MqttVersion version) {
        DeviceCredential credential = broker.registerDevice(clientId);
        connected(builder(version).deviceCredential(credential)).publish("alarms/a", "x");
        ApsaraMqttClient other = build(
                builder(version).clientId("GID_modes", "another-" + version).deviceCredential(credential));
        assertThatThrownBy(other::connect).isInstanceOf(ConnectFailedException.class);
        broker.events()
                .await(ConnectRefused.class, event -> event.reason() == RefusedConnect.UNKNOWN_DEVICE_CREDENTIAL);
    }

    @ParameterizedTest
    @EnumSource
    void customIdentitiesConnectWithTheirSecretOrSignedByIt(MqttVersion version) {
        ApsaraMqttClient origin = connected(
                builder(version).authentication(Authentication.custom("origin", "secret-as-it-is", SignMode.ORIGIN)));
        origin.publish("alarms/a", "x");
        origin.disconnect();
        ApsaraMqttClient signed = connected(
                builder(version).authentication(Authentication.custom("signed", "secret-that-signs", SignMode.SIGNED)));
        // A client of the test before may have been accepted while it was closed.
        assertThat(broker.events().of(ConnectAccepted.class))
                .filteredOn(event -> List.of(
                                origin.clientId().value(), signed.clientId().value())
                        .contains(event.clientId()))
                .extracting(ConnectAccepted::accessKeyId)
                .containsExactly("origin", "signed");
        assertThatThrownBy(() -> signed.publish("alarms/a", "x")).isInstanceOf(ApsaraMqttException.class);
        ApsaraMqttClient wrong = build(
                builder(version).authentication(Authentication.custom("signed", "secret-that-signs", SignMode.ORIGIN)));
        assertThatThrownBy(wrong::connect).isInstanceOf(ConnectFailedException.class);
    }
}
