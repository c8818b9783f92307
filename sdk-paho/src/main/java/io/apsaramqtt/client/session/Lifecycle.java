package io.apsaramqtt.client.session;

import io.apsaramqtt.ApsaraMqttException;
import io.apsaramqtt.authentication.SignedConnect;
import io.apsaramqtt.client.connection.ConnectionLostException;
import io.apsaramqtt.client.connection.ConnectionState;
import io.apsaramqtt.client.connection.Endpoint;
import io.apsaramqtt.client.connection.NotConnectedException;
import io.apsaramqtt.client.runtime.ClientRuntime;
import io.apsaramqtt.client.transport.ConnectAck;
import io.apsaramqtt.client.transport.Subscription;
import io.apsaramqtt.client.transport.TransportFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The state machine of docs/connection.md: connects, comes back, gives up. Guarded by the session, where not said otherwise. */
final class Lifecycle {

    private static final Logger log = LoggerFactory.getLogger(Lifecycle.class);

    private final SessionSettings settings;
    private final ClientRuntime runtime;
    private final Guard guard;
    private final Dialer dialer;
    private final ConnectionOwner owner;
    private final Notices notices;
    private final Counters counters;
    private final Attempts attempts;

    private volatile ConnectionState state = ConnectionState.DISCONNECTED;
    private CompletableFuture<Void> connected = new CompletableFuture<>();
    private Runnable cancelNext = () -> {};
    /** Accepted by the broker, perhaps not restored yet. */
    private @Nullable Link current;

    Lifecycle(
            SessionSettings settings,
            TransportFactory transports,
            ClientRuntime runtime,
            Guard guard,
            Counters counters,
            Notices notices,
            ConnectionOwner owner) {
        this.settings = settings;
        this.runtime = runtime;
        this.guard = guard;
        this.owner = owner;
        this.counters = counters;
        this.notices = notices;
        this.attempts =
                new Attempts(settings.reconnecting(), settings.quarantine().suspicion());
        this.dialer = new Dialer(settings, transports, runtime, guard, owner, new Dialer.Caller() {
            @Override
            public void opened(Link link, ConnectAck ack, List<Subscription> wanted) {
                Lifecycle.this.opened(link, ack, wanted);
            }

            @Override
            public void failed(Endpoint endpoint, Throwable failure) {
                Lifecycle.this.failed(endpoint, failure);
            }

            @Override
            public void lost(Link link, ConnectionLostException loss) {
                Lifecycle.this.lost(link, loss);
            }
        });
    }

    /** What the connection is doing; may be asked without the lock. */
    ConnectionState state() {
        return state;
    }

    /** The masked ID of the AccessKey that signed the last connection; may be asked without the lock. */
    Optional<String> accessKeyId() {
        return dialer.signed().flatMap(SignedConnect::maskedAccessKeyId);
    }

    Optional<Link> link() {
        return state == ConnectionState.CONNECTED ? Optional.ofNullable(current) : Optional.empty();
    }

    /** Connects; where it is being done already, completes with that. */
    CompletableFuture<Void> connect() {
        if (state == ConnectionState.CLOSED) {
            return CompletableFuture.failedFuture(new NotConnectedException("connect", state));
        }
        if (state == ConnectionState.DISCONNECTED) {
            state = ConnectionState.CONNECTING;
            connected = new CompletableFuture<>();
            attempts.reset();
            dialer.reset();
            cancelNext = dialer.dial(Duration.ZERO);
        }
        return connected.copy();
    }

    private void opened(Link link, ConnectAck ack, List<Subscription> wanted) {
        attempts.opened();
        link.opened(ack, now());
        current = link;
        owner.restore(link, wanted, () -> restored(link));
    }

    private void restored(Link link) {
        if (!link.equals(current)) {
            return;
        }
        state = ConnectionState.CONNECTED;
        dialer.reset();
        counters.connects.increment();
        CompletableFuture<Void> told = connected;
        notices.connected();
        log.info("Connected to [{}] as [{}]", link.endpoint(), settings.clientId());
        owner.ready(link);
        runtime.execute(() -> told.complete(null));
        guard.changed();
    }

    private void failed(Endpoint endpoint, Throwable failure) {
        counters.failedAttempts.increment();
        owner.notConnected(failure);
        Optional<ApsaraMqttException> hopeless = attempts.failed(failure, dialer.isRoundOver());
        boolean once = state == ConnectionState.CONNECTING
                && (!settings.reconnecting().firstConnectRetried() || !dialer.isWorthRetrying(failure));
        if (once && (dialer.isRoundOver() || hopeless.isPresent())) {
            disconnected(failure);
        } else if (hopeless.isPresent()) {
            giveUp(hopeless.get());
        } else {
            Duration delay = dialer.isRoundOver() ? attempts.delay(runtime.random()) : Duration.ZERO;
            log.warn("Not connected, next attempt in {} ms: {}", delay.toMillis(), failure.getMessage());
            notices.reconnectFailed(endpoint, failure);
            cancelNext = dialer.dial(delay);
        }
    }

    /** The first attempt failed: whoever called is told, and may call again. */
    private void disconnected(Throwable failure) {
        state = ConnectionState.DISCONNECTED;
        CompletableFuture<Void> told = connected;
        runtime.execute(() -> told.completeExceptionally(failure));
        guard.changed();
    }

    private void giveUp(ApsaraMqttException why) {
        log.error("Connecting again would not help, so the client stays disconnected: {}", why.getMessage());
        owner.abandon(why);
        disconnected(why);
        notices.gaveUp(why);
    }

    /** This side ends a connection that is no use, and makes another. */
    void drop(Link link, ConnectionLostException why) {
        link.endFor(why);
        dialer.gone(link, why);
    }

    private void lost(Link link, ConnectionLostException seen) {
        if (!link.equals(current)) {
            return;
        }
        current = null;
        counters.losses.increment();
        link.end();
        runtime.execute(link.transport()::close);
        Lost lost = owner.lost(link, Causes.named(link.reasonOr(seen)));
        Optional<ApsaraMqttException> hopeless = attempts.lost(lost, Duration.between(link.openedAt(), now()));
        ConnectionLostException loss = lost.idle() && attempts.diesIdle()
                ? Causes.diedIdle(lost.loss(), settings.clientId(), link.endpoint())
                : lost.loss();
        notices.lost(loss);
        if (state == ConnectionState.CONNECTING && !settings.reconnecting().firstConnectRetried()) {
            disconnected(loss);
        } else if (hopeless.isPresent()) {
            giveUp(hopeless.get());
        } else {
            if (state == ConnectionState.CONNECTED) {
                state = ConnectionState.RECONNECTING;
                connected = new CompletableFuture<>();
            }
            Duration delay = attempts.delay(runtime.random());
            log.warn("{}; connecting again in {} ms", loss.getMessage(), delay.toMillis());
            cancelNext = dialer.dial(delay);
        }
        guard.changed();
    }

    /** Ends the attempts and returns the connection, still open, for its end; {@code to} is what the client is then. */
    Optional<Link> leave(ConnectionState to) {
        cancelNext.run();
        dialer.stop();
        owner.leaving();
        Optional<Link> open = Optional.ofNullable(current);
        current = null;
        boolean waiting = state == ConnectionState.CONNECTING || state == ConnectionState.RECONNECTING;
        state = to;
        if (waiting) {
            CompletableFuture<Void> told = connected;
            runtime.execute(() -> told.completeExceptionally(new NotConnectedException("go on connecting", to)));
        }
        guard.changed();
        return open;
    }

    private Instant now() {
        return runtime.clock().instant();
    }
}
