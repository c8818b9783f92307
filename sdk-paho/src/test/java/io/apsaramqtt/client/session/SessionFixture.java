package io.apsaramqtt.client.session;

import static org.awaitility.Awaitility.await;

import io.apsaramqtt.authentication.Authentication;
import io.apsaramqtt.client.Connections;
import io.apsaramqtt.client.connection.ConnectionListener;
import io.apsaramqtt.client.connection.ConnectionState;
import io.apsaramqtt.client.connection.Endpoint;
import io.apsaramqtt.client.connection.MessageListener;
import io.apsaramqtt.client.transport.Ack;
import io.apsaramqtt.mqtt.ClientId;
import io.apsaramqtt.mqtt.Message;
import io.apsaramqtt.mqtt.Profile;
import io.apsaramqtt.mqtt.Qos;
import io.apsaramqtt.mqtt.ServiceRules;
import io.apsaramqtt.mqtt.TopicFilter;
import io.apsaramqtt.permission.EffectivePermissions;
import io.apsaramqtt.permission.PermissionMode;
import io.apsaramqtt.permission.PermissionScope;
import io.apsaramqtt.permission.Permissions;
import io.apsaramqtt.policy.Policy;
import io.apsaramqtt.policy.PolicySet;
import io.apsaramqtt.resource.Dialect;
import io.apsaramqtt.resource.ServiceInstance;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** A session over a fake engine, with a clock that stands still and chance that always says "at once". */
final class SessionFixture implements AutoCloseable {

    private static final AtomicInteger SESSIONS = new AtomicInteger();

    final ClientId clientId = ClientId.of("GID_session", "device-" + SESSIONS.incrementAndGet());
    final FakeEngine engine = new FakeEngine();
    final Connections connections = new Connections();
    final FakeClock clock = new FakeClock();
    /** The bound of each random delay asked for, in milliseconds. */
    final List<Long> delayBounds = new CopyOnWriteArrayList<>();

    volatile EffectivePermissions granted = granted(Policy.system("AliyunMQFullAccess"));
    Authentication authentication = Authentication.anonymous();
    ConnectionListener listener = connections;
    Duration connectTimeout = Duration.ofSeconds(20);
    Duration operationTimeout = Duration.ofSeconds(20);
    Backoff backoff = new Backoff(Duration.ofMillis(100), Duration.ofSeconds(10));
    int window = 100;
    int listenerThreads = 4;

    private @Nullable Session session;

    static EffectivePermissions granted(Policy... policies) {
        return EffectivePermissions.of(PolicySet.of(policies), Instant.EPOCH, "a test");
    }

    Session session() {
        if (session == null) {
            session = create();
        }
        return session;
    }

    /** A connected session and its transport. */
    FakeTransport connected() throws InterruptedException {
        var connecting = session().connect();
        FakeTransport transport = engine.nextAccepted();
        connecting.join();
        return transport;
    }

    /** Waits until the session is connected for the nth time. */
    void awaitConnects(int count) {
        await().until(() -> connections.connects() >= count && session().state() == ConnectionState.CONNECTED);
    }

    /** Subscribes, and the broker grants it. */
    void subscribe(FakeTransport transport, String filter, MessageListener to) throws InterruptedException {
        var subscribing = session().subscribe(TopicFilter.of(filter), Qos.AT_LEAST_ONCE, to);
        FakeTransport.next(transport.subscribed).answer().complete(List.of(Ack.SUCCESS));
        subscribing.join();
    }

    Endpoint endpoint() {
        return Endpoint.parse("tcp://127.0.0.1:1");
    }

    static Message message(String topic, String text) {
        return Message.of(topic, text);
    }

    private Session create() {
        Permissions permissions = new Permissions(
                new PermissionScope(
                        ServiceInstance.of("post-cn-session"), Optional.of("GID_session"), Dialect.AUTO, false),
                () -> granted,
                Optional::empty,
                clock);
        SessionSettings settings = new SessionSettings(
                endpoint(),
                clientId,
                authentication,
                ServiceRules.of(Profile.APSARAMQ),
                new SessionSettings.Timing(Duration.ofSeconds(90), connectTimeout, operationTimeout, backoff),
                window,
                listenerThreads,
                null,
                null,
                listener);
        return new Session(
                settings,
                new PermissionGate(permissions, PermissionMode.ENFORCE, false, (operation, topic, verdict) -> {}),
                engine,
                new SessionRuntime(clientId.value(), clock, new AtOnce()));
    }

    @Override
    public void close() {
        session().close();
    }

    /** Says 0 whatever the bound, and keeps the bound. */
    private final class AtOnce implements RandomGenerator {

        @Override
        public long nextLong() {
            return 0;
        }

        @Override
        public long nextLong(long bound) {
            delayBounds.add(bound - 1);
            return 0;
        }
    }

    /** A clock that a test moves. */
    static final class FakeClock extends Clock {

        private volatile Instant now = Instant.EPOCH;

        void pass(Duration time) {
            now = now.plus(time);
        }

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
