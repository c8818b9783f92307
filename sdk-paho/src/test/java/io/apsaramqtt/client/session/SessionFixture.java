package io.apsaramqtt.client.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.apsaramqtt.authentication.Authentication;
import io.apsaramqtt.authentication.SignedConnect;
import io.apsaramqtt.client.Connections;
import io.apsaramqtt.client.connection.ConnectionListener;
import io.apsaramqtt.client.connection.ConnectionState;
import io.apsaramqtt.client.connection.Endpoint;
import io.apsaramqtt.client.delivery.FlowControl;
import io.apsaramqtt.client.delivery.Undelivered;
import io.apsaramqtt.client.healing.Quarantine;
import io.apsaramqtt.client.healing.Reconnecting;
import io.apsaramqtt.client.inbound.InboundSettings;
import io.apsaramqtt.client.inbound.Receiver;
import io.apsaramqtt.client.listener.ListenerOptions;
import io.apsaramqtt.client.listener.MessageListener;
import io.apsaramqtt.client.runtime.ClientRuntime;
import io.apsaramqtt.client.runtime.SimulatedRuntime;
import io.apsaramqtt.mqtt.ClientId;
import io.apsaramqtt.mqtt.Message;
import io.apsaramqtt.mqtt.MqttVersion;
import io.apsaramqtt.mqtt.Profile;
import io.apsaramqtt.mqtt.Qos;
import io.apsaramqtt.mqtt.ServiceRules;
import io.apsaramqtt.mqtt.TopicFilter;
import io.apsaramqtt.permission.CurrentPermissions;
import io.apsaramqtt.permission.EffectivePermissions;
import io.apsaramqtt.permission.PermissionMode;
import io.apsaramqtt.permission.PermissionScope;
import io.apsaramqtt.permission.Permissions;
import io.apsaramqtt.permission.VerdictListener;
import io.apsaramqtt.policy.Policy;
import io.apsaramqtt.policy.PolicySet;
import io.apsaramqtt.resource.Dialect;
import io.apsaramqtt.resource.ServiceInstance;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * A session over a fake engine. Time stands still until a test lets it pass, tasks run in an order that the seed chooses, and
 * each random wait is as long as it may be.
 */
final class SessionFixture implements AutoCloseable {

    static final Duration LONG = Duration.ofHours(2);

    final ClientId clientId = ClientId.of("GID_session", "device");
    final SimulatedRuntime runtime;
    final FakeEngine engine;
    final Connections connections = new Connections();
    /** Each random wait, in milliseconds. */
    final List<Long> delays = new ArrayList<>();
    /** How often a connection was signed. */
    final AtomicInteger signed = new AtomicInteger();

    final AtomicInteger mismatches = new AtomicInteger();
    /** Of every call; each must have ended when the client is closed. */
    private final List<CompletableFuture<?>> calls = new ArrayList<>();

    EffectivePermissions granted = granted(Policy.system("AliyunMQFullAccess"));
    CurrentPermissions current = () -> granted;
    List<Endpoint> endpoints = List.of(Endpoint.parse("tcp://127.0.0.1:1"));
    Authentication authentication = id -> new SignedConnect(null, null, "LTAI****" + signed.incrementAndGet());
    ConnectionListener listener = connections;
    VerdictListener verdicts = (operation, topic, verdict) -> {};
    Profile profile = Profile.APSARAMQ;
    MqttVersion version = MqttVersion.V3_1_1;
    SessionSettings.Kept kept = new SessionSettings.Kept(true, Duration.ZERO);
    Duration connectTimeout = Duration.ofSeconds(10);
    Duration operationTimeout = Duration.ofSeconds(5);
    Duration deliveryTimeout = Duration.ofSeconds(30);
    Reconnecting reconnecting = Reconnecting.defaults();
    Quarantine quarantine = Quarantine.defaults();
    FlowControl flowControl = FlowControl.failing();
    int window = 100;
    int listenerCapacity = 1_000;
    Duration hold = Duration.ZERO;
    MessageListener p2p = message -> {};

    private @Nullable Session session;

    SessionFixture(long seed) {
        runtime = new SimulatedRuntime(seed);
        engine = new FakeEngine(runtime::runUntilIdle);
    }

    static EffectivePermissions granted(Policy... policies) {
        return EffectivePermissions.of(PolicySet.of(policies), Instant.EPOCH, "a test");
    }

    /** Only publishing and subscribing to {@code topic} is allowed. */
    static EffectivePermissions onlyFor(String topic) {
        return granted(Policy.parse("only", """
                {"Version": "1", "Statement": [{"Effect": "Allow", "Action": ["mq:PUB", "mq:SUB"], "Resource": [
                  "acs:mq:*:*:topic/post-cn-session/%s", "acs:mq:*:*:groupId/post-cn-session/GID_session"]}]}
                """.formatted(topic)));
    }

    /** The broker keeps the session, and QoS 2 is allowed in it. */
    void keepsSession() {
        profile = Profile.GENERIC;
        kept = new SessionSettings.Kept(false, Duration.ofHours(1));
    }

    Session session() {
        Session known = session;
        if (known == null) {
            known = create();
            session = known;
        }
        return known;
    }

    void run() {
        runtime.runUntilIdle();
    }

    void pass(Duration time) {
        runtime.advance(time);
    }

    /** Lets the client work on {@code call}. */
    <T> CompletableFuture<T> done(CompletableFuture<T> call) {
        calls.add(call);
        run();
        return call;
    }

    CompletableFuture<Void> connect() {
        return done(session().connect());
    }

    /** The transport of a session that is connected now. */
    FakeTransport connected() {
        connect();
        FakeTransport transport = engine.nextAccepted();
        assertState(ConnectionState.CONNECTED);
        return transport;
    }

    /** The transport of the next attempt, after the wait before it. */
    FakeTransport reconnecting() {
        pass(Duration.ofMillis(delays.get(delays.size() - 1)));
        return engine.next();
    }

    /** The next attempt, accepted by a broker that has forgotten the client. */
    FakeTransport reconnected() {
        FakeTransport transport = reconnecting();
        transport.accept();
        return transport;
    }

    /** The next attempt, accepted by a broker that still knows the client. */
    FakeTransport resumed() {
        FakeTransport transport = reconnecting();
        transport.accept(true, 65_535);
        return transport;
    }

    void assertState(ConnectionState state) {
        assertThat(session().state()).isEqualTo(state);
    }

    CompletableFuture<Void> publish(String topic) {
        return publish(Message.of(topic, "x"));
    }

    CompletableFuture<Void> publish(String topic, Qos qos) {
        return publish(Message.of(topic, "x").withQos(qos));
    }

    CompletableFuture<Void> publish(Message message) {
        return done(session().publish(message));
    }

    static Receiver receiver(MessageListener to) {
        return Receiver.of(to, ListenerOptions.defaults());
    }

    CompletableFuture<Void> subscribe(String filter) {
        return subscribe(filter, message -> {});
    }

    CompletableFuture<Void> subscribe(String filter, MessageListener to) {
        return done(session().subscribe(TopicFilter.of(filter), Qos.AT_LEAST_ONCE, receiver(to)));
    }

    /** Subscribes, and the broker grants it. */
    void subscribed(FakeTransport transport, String filter, MessageListener to) {
        CompletableFuture<Void> result = subscribe(filter, to);
        transport.grant(1);
        assertThat(result).isCompleted();
    }

    void subscribed(FakeTransport transport, String filter) {
        subscribed(transport, filter, message -> {});
    }

    void subscribeAtConnect(String filter) {
        session().subscribeAtConnect(TopicFilter.of(filter), Qos.AT_LEAST_ONCE, receiver(message -> {}));
    }

    CompletableFuture<Void> unsubscribe(String filter) {
        return done(session().unsubscribe(TopicFilter.of(filter)));
    }

    CompletableFuture<Undelivered> disconnect(Duration limit) {
        return done(session().disconnect(limit, false));
    }

    CompletableFuture<Undelivered> closeForGood(Duration limit) {
        return done(session().disconnect(limit, true));
    }

    private Session create() {
        Permissions permissions = new Permissions(
                new PermissionScope(
                        ServiceInstance.of("post-cn-session"), Optional.of("GID_session"), Dialect.AUTO, false),
                current,
                Optional::empty,
                runtime.clock());
        SessionSettings settings = new SessionSettings(
                endpoints,
                clientId,
                authentication,
                authentication.tokens(clientId),
                endpoint -> new UnusedSockets(),
                ServiceRules.of(profile),
                version,
                kept,
                new SessionSettings.Timing(Duration.ofSeconds(90), connectTimeout, operationTimeout, deliveryTimeout),
                reconnecting,
                quarantine,
                new SessionSettings.Flow(window, flowControl, listenerCapacity),
                null,
                listener,
                mismatches::incrementAndGet);
        return new Session(
                settings,
                new InboundChoice(
                        new InboundSettings(version, 4, listenerCapacity, hold, Duration.ofSeconds(3)), receiver(p2p)),
                new PermissionGate(permissions, PermissionMode.ENFORCE, false, verdicts),
                engine,
                new LongestWaits(runtime, delays));
    }

    @Override
    public void close() {
        closeForGood(Duration.ZERO);
        pass(LONG);
        session().release(Duration.ZERO);
        assertThat(calls)
                .as("calls that never end")
                .allSatisfy(call -> assertThat(call).isDone());
    }

    /** A simulated runtime but for its chance. */
    private record LongestWaits(ClientRuntime simulated, List<Long> delays) implements ClientRuntime {

        @Override
        public Clock clock() {
            return simulated.clock();
        }

        @Override
        public RandomGenerator random() {
            return new RandomGenerator() {
                @Override
                public long nextLong() {
                    throw new AssertionError("Only bounded chance is expected");
                }

                @Override
                public long nextLong(long bound) {
                    delays.add(bound - 1);
                    return bound - 1;
                }
            };
        }

        @Override
        public void execute(Runnable task) {
            simulated.execute(task);
        }

        @Override
        public Runnable after(Duration delay, Runnable task) {
            return simulated.after(delay, task);
        }

        @Override
        public void close(Duration limit) {
            simulated.close(limit);
        }
    }
}
