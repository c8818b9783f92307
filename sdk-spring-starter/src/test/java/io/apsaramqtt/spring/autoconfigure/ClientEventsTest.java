package io.apsaramqtt.spring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import io.apsaramqtt.ApsaraMqttException;
import io.apsaramqtt.authentication.Token;
import io.apsaramqtt.authentication.TokenNotice;
import io.apsaramqtt.authentication.TokenType;
import io.apsaramqtt.authentication.Tokens;
import io.apsaramqtt.client.ApsaraMqttClient;
import io.apsaramqtt.client.connection.ConnectFailedException;
import io.apsaramqtt.client.connection.ConnectionListener;
import io.apsaramqtt.client.connection.ConnectionLostException;
import io.apsaramqtt.client.connection.Endpoint;
import io.apsaramqtt.client.connection.ProbableCause;
import io.apsaramqtt.client.delivery.QuarantinedException;
import io.apsaramqtt.credentials.AccessKey;
import io.apsaramqtt.credentials.CredentialsProvider;
import io.apsaramqtt.mqtt.TopicFilter;
import io.apsaramqtt.permission.EffectivePermissions;
import io.apsaramqtt.permission.Operation;
import io.apsaramqtt.permission.PermissionDeniedException;
import io.apsaramqtt.permission.PermissionScope;
import io.apsaramqtt.permission.Permissions;
import io.apsaramqtt.policy.Policy;
import io.apsaramqtt.policy.PolicySet;
import io.apsaramqtt.resource.Dialect;
import io.apsaramqtt.resource.ServiceInstance;
import io.apsaramqtt.spring.MqttEvent;
import java.lang.reflect.Method;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.springframework.context.event.EventListener;

class ClientEventsTest {

    private static final Instant END = Instant.parse("2026-11-30T12:00:00Z");

    private final List<Object> published = new ArrayList<>();
    private final ClientEvents events = new ClientEvents("alarms", published::add);

    @Test
    void whoGaveUpOverAnotherReplicaIsToldWhichPropertyToSet() {
        try (LogLines lines = new LogLines(ClientEvents.class)) {
            events.gaveUp(new ConnectionLostException("Connection was lost", null, null)
                    .probablyFor(new ProbableCause(Optional.empty(), List.of(ProbableCause.Cause.TAKEN_OVER))));
            assertThat(lines.at(Level.ERROR))
                    .singleElement()
                    .asString()
                    .startsWith("Client [alarms] gave up connecting, and nothing is published or received before its"
                            + " connect() is called. Connection was lost")
                    .endsWith(
                            ". Does another replica have the same client ID? Give each its own apsara.mqtt.device-id, or"
                                    + " apsara.mqtt.device-id-from");
        }
        assertThat(published).singleElement().isInstanceOf(MqttEvent.GaveUp.class);
    }

    @Test
    void whoGaveUpForAnotherReasonIsToldNothingOfReplicas() {
        try (LogLines lines = new LogLines(ClientEvents.class)) {
            events.gaveUp(new ApsaraMqttException("Refused"));
            assertThat(lines.at(Level.ERROR))
                    .containsExactly(
                            "Client [alarms] gave up connecting, and nothing is published or received before its"
                                    + " connect() is called. Refused");
        }
    }

    @Test
    void aSubscriptionThatTheBrokerTookIsLoggedAndWhatTheClientLoggedIsNotSaidAgain() {
        ApsaraMqttException refused = new ApsaraMqttException("Refused");
        PermissionDeniedException denied = denial("billing/#");
        QuarantinedException quarantined = new QuarantinedException(
                Operation.SUBSCRIBE, "poison/#", new ProbableCause(Optional.empty(), List.of()), 3, END);
        try (LogLines lines = new LogLines(ClientEvents.class)) {
            events.subscriptionLost(TopicFilter.of("alarms/#"), refused);
            events.subscriptionLost(TopicFilter.of("billing/#"), denied);
            events.subscriptionLost(TopicFilter.of("poison/#"), quarantined);
            assertThat(lines.all()).containsExactly("Client [alarms] is not subscribed to [alarms/#]: Refused");
        }
        assertThat(published)
                .containsExactly(
                        new MqttEvent.SubscriptionLost("alarms", TopicFilter.of("alarms/#"), refused),
                        new MqttEvent.SubscriptionLost("alarms", TopicFilter.of("billing/#"), denied),
                        new MqttEvent.SubscriptionLost("alarms", TopicFilter.of("poison/#"), quarantined));
    }

    private static PermissionDeniedException denial(String filter) {
        EffectivePermissions nothing =
                EffectivePermissions.of(PolicySet.of(Policy.parse("p", """
                        {"Version":"1","Statement":[]}""")), Instant.EPOCH, "a test");
        Permissions permissions = new Permissions(
                new PermissionScope(ServiceInstance.of("post-cn-x"), Optional.of("GID_demo"), Dialect.AUTO, false),
                () -> nothing,
                Optional::empty,
                Clock.systemUTC());
        return permissions.refusal(Operation.SUBSCRIBE, filter, permissions.checkSubscribe(TopicFilter.of(filter)));
    }

    @Test
    void tokensAndTheirTroubleAreEvents() {
        Tokens tokens = Tokens.of("LTAI5tAbcdefghQx9", Token.of(TokenType.R, "token-value", END));
        ApsaraMqttException why = new ApsaraMqttException("no answer");
        TokenNotice notice = new TokenNotice.Expiring(TokenType.R, END);
        events.tokensRenewed(tokens);
        events.tokenRenewalFailed(why, END);
        events.tokenNotice(notice);
        assertThat(published)
                .containsExactly(
                        new MqttEvent.TokensRenewed("alarms", tokens),
                        new MqttEvent.TokenRenewalFailed("alarms", why, END),
                        new MqttEvent.TokenNoticed("alarms", notice));
        assertThat(published.toString()).doesNotContain("token-value", "LTAI5tAbcdefghQx9");
    }

    @Test
    void whatHappensToAConnectionIsAnEvent() {
        ConnectionLostException loss = new ConnectionLostException("Connection was lost", null, null)
                .probablyFor(new ProbableCause(Optional.empty(), List.of(ProbableCause.Cause.KEEP_ALIVE)));
        ConnectFailedException failure = new ConnectFailedException(
                Endpoint.parse("post-cn-x"), ConnectFailedException.Reason.TIMEOUT, null, "failed", null);
        ApsaraMqttException quarantined = new ApsaraMqttException("left alone");
        events.connected();
        events.connectionLost(loss);
        events.reconnectFailed(failure);
        events.topicQuarantined("billing/x", quarantined);
        assertThat(published)
                .containsExactly(
                        new MqttEvent.Connected("alarms"),
                        new MqttEvent.ConnectionLost("alarms", loss),
                        new MqttEvent.ReconnectFailed("alarms", failure),
                        new MqttEvent.TopicQuarantined("alarms", "billing/x", quarantined));
        assertThat(((MqttEvent.ConnectionLost) published.get(1)).probableCause())
                .hasValueSatisfying(
                        cause -> assertThat(cause.causes()).containsExactly(ProbableCause.Cause.KEEP_ALIVE));
    }

    @Test
    void whateverAConnectionListenerIsToldIsAnEvent() {
        assertThat(ConnectionListener.class.getMethods())
                .allSatisfy(told -> assertThat(Arrays.stream(ClientEvents.class.getDeclaredMethods())
                                .map(Method::getName))
                        .contains(told.getName()));
    }

    @Test
    void anotherAccessKeyIsAnEventTheFirstAndTheSameAreNone() {
        Deque<AccessKey> keys = new ArrayDeque<>(List.of(
                AccessKey.of("LTAI5tAbcdefghQx9", "one"),
                AccessKey.of("LTAI5tAbcdefghQx9", "one"),
                AccessKey.temporary("STS.NUabcdefgh", "two", "security-token", END)));
        WatchedCredentials watched = new WatchedCredentials(keys::remove, events::credentialsRefreshed);
        watched.resolve();
        watched.resolve();
        assertThat(published).isEmpty();
        assertThat(watched.resolve().secret()).isEqualTo("two");
        assertThat(published)
                .containsExactly(new MqttEvent.CredentialsRefreshed(
                        "alarms", AccessKey.masked("STS.NUabcdefgh"), Optional.of(END)));
        assertThat(published.toString()).doesNotContain("two", "security-token");
    }

    @Test
    void anEventListenerThatFailsKeepsNoConnectionFromBeingSigned() {
        Deque<AccessKey> keys =
                new ArrayDeque<>(List.of(AccessKey.of("LTAI5tOne", "one"), AccessKey.of("LTAI5tTwo", "two")));
        WatchedCredentials watched = new WatchedCredentials(keys::remove, key -> {
            throw new IllegalStateException("broken");
        });
        watched.resolve();
        assertThat(watched.resolve().id()).isEqualTo("LTAI5tTwo");
    }

    @Test
    void aConnectionThatIsSignedWithAnotherAccessKeyIsAnEvent() {
        Deque<AccessKey> keys = new ArrayDeque<>(
                List.of(AccessKey.of("LTAI5tAbcdefghOne", "1"), AccessKey.of("LTAI5tAbcdefghTwo", "2")));
        Runners.one()
                .withBean(CredentialsProvider.class, () -> keys::remove)
                .withBean(Refreshed.class)
                .run(context -> {
                    ApsaraMqttClient client = context.getBean(ApsaraMqttClient.class);
                    assertThatThrownBy(client::connect).isInstanceOf(ConnectFailedException.class);
                    assertThat(context.getBean(Refreshed.class).ids).isEmpty();
                    assertThatThrownBy(client::connect).isInstanceOf(ConnectFailedException.class);
                    assertThat(context.getBean(Refreshed.class).ids)
                            .containsExactly(AccessKey.masked("LTAI5tAbcdefghTwo"));
                });
    }

    static class Refreshed {

        private final List<String> ids = new CopyOnWriteArrayList<>();

        @EventListener
        void on(MqttEvent.CredentialsRefreshed event) {
            ids.add(event.accessKeyId());
        }
    }
}
