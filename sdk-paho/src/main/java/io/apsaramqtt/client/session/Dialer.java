package io.apsaramqtt.client.session;

import io.apsaramqtt.authentication.SignedConnect;
import io.apsaramqtt.client.connection.ConnectFailedException;
import io.apsaramqtt.client.connection.ConnectionLostException;
import io.apsaramqtt.client.connection.Endpoint;
import io.apsaramqtt.client.runtime.ClientRuntime;
import io.apsaramqtt.client.transport.ConnectAck;
import io.apsaramqtt.client.transport.ConnectFailures;
import io.apsaramqtt.client.transport.ConnectPacket;
import io.apsaramqtt.client.transport.Subscription;
import io.apsaramqtt.client.transport.TransportFactory;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import javax.net.SocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * Makes one attempt after the other: each signs afresh, reads the TLS files afresh, and has a transport of its own that is
 * thrown away if it fails. Guarded by the session, where not said otherwise.
 */
final class Dialer {

    private final SessionSettings settings;
    private final TransportFactory transports;
    private final ClientRuntime runtime;
    private final Guard guard;
    private final ConnectionOwner owner;
    private final Caller caller;
    private final Endpoints endpoints;

    private volatile Optional<SignedConnect> signed = Optional.empty();
    /** Counts attempts, so that what comes of one that was stopped is ignored. */
    private int attempt;

    private @Nullable Link trying;

    /** Who is told what came of an attempt, with the lock. */
    interface Caller {

        /** The broker accepted the connection. */
        void opened(Link link, ConnectAck ack, List<Subscription> wanted);

        /** There is no connection. */
        void failed(Endpoint endpoint, Throwable failure);

        /** A connection that was opened is gone. */
        void lost(Link link, ConnectionLostException loss);
    }

    Dialer(
            SessionSettings settings,
            TransportFactory transports,
            ClientRuntime runtime,
            Guard guard,
            ConnectionOwner owner,
            Caller caller) {
        this.settings = settings;
        this.transports = transports;
        this.runtime = runtime;
        this.guard = guard;
        this.owner = owner;
        this.caller = caller;
        this.endpoints = new Endpoints(settings.endpoints());
    }

    /** With what the last attempt was signed; may be asked without the lock. */
    Optional<SignedConnect> signed() {
        return signed;
    }

    /** Whether every endpoint had its turn. */
    boolean isRoundOver() {
        return endpoints.isRoundOver();
    }

    /** The first endpoint comes next. */
    void reset() {
        endpoints.reset();
    }

    /** Whether another attempt may do better: not where the user's own code or files failed. */
    boolean isWorthRetrying(Throwable failure) {
        return failure instanceof ConnectFailedException;
    }

    /** Makes an attempt after {@code delay}; the result calls it off, if it has not begun. */
    Runnable dial(Duration delay) {
        int mine = ++attempt;
        return delay.isZero() ? now(mine) : runtime.after(delay, () -> begin(mine));
    }

    private Runnable now(int mine) {
        runtime.execute(() -> begin(mine));
        return () -> {};
    }

    /** On a worker, without the lock: credentials and certificates may come from a file or the network. */
    private void begin(int mine) {
        Optional<Endpoint> endpoint =
                guard.get(() -> mine == attempt ? Optional.of(endpoints.next()) : Optional.<Endpoint>empty());
        endpoint.ifPresent(to -> {
            try {
                SignedConnect sign = settings.authentication().sign(settings.clientId());
                SocketFactory sockets = settings.sockets().apply(to);
                guard.run(() -> connect(mine, to, sign, sockets));
            } catch (RuntimeException | Error e) {
                // Credentials are the user's code: an Error swallowed here would leave the caller waiting for ever.
                guard.run(() -> failed(mine, to, e));
            }
        });
    }

    private void connect(int mine, Endpoint to, SignedConnect sign, SocketFactory sockets) {
        if (mine != attempt) {
            return;
        }
        signed = Optional.of(sign);
        Link link = new Link(to, sign, transports, owner, this::lost);
        trying = link;
        Duration limit = settings.timing().connectTimeout();
        CompletableFuture<ConnectAck> ack = link.transport().connect(packet(sign), sockets);
        Runnable cancel = runtime.after(limit, () -> ack.completeExceptionally(ConnectFailures.timedOut(to, limit)));
        ack.whenComplete((accepted, failure) -> {
            cancel.run();
            runtime.execute(() -> answered(mine, link, accepted, failure));
        });
    }

    /** On a worker, without the lock. */
    private void answered(int mine, Link link, @Nullable ConnectAck accepted, @Nullable Throwable failure) {
        List<Subscription> wanted;
        try {
            wanted = accepted == null ? List.of() : owner.wanted(accepted.sessionPresent());
        } catch (RuntimeException | Error e) {
            // Permissions may come from the user's code too: the attempt must end whatever it does.
            guard.run(() -> answered(mine, link, null, e, List.of()));
            return;
        }
        guard.run(() -> answered(mine, link, accepted, failure, wanted));
    }

    private ConnectPacket packet(SignedConnect sign) {
        return new ConnectPacket(
                sign,
                settings.timing().keepAlive(),
                settings.timing().connectTimeout(),
                settings.kept().clean(),
                settings.kept().expiry(),
                settings.flow().receiveMaximum(),
                settings.will());
    }

    private void answered(
            int mine,
            Link link,
            @Nullable ConnectAck accepted,
            @Nullable Throwable failure,
            List<Subscription> wanted) {
        if (link.equals(trying)) {
            trying = null;
        }
        if (mine != attempt || failure != null || accepted == null) {
            link.end();
            runtime.execute(link.transport()::close);
        }
        if (mine != attempt) {
            return;
        }
        if (accepted == null) {
            failed(mine, link.endpoint(), failure == null ? new IllegalStateException("No answer") : failure);
        } else {
            caller.opened(link, accepted, wanted);
            link.earlyLoss().ifPresent(loss -> caller.lost(link, loss));
        }
    }

    private void failed(int mine, Endpoint endpoint, Throwable failure) {
        if (mine == attempt) {
            caller.failed(endpoint, Failures.unwrap(failure));
        }
    }

    /** On a thread of the engine. */
    private void lost(Link link, ConnectionLostException loss) {
        runtime.execute(() -> guard.run(() -> gone(link, loss)));
    }

    /** The connection is gone, or no use; that may be told before its CONNACK is. */
    void gone(Link link, ConnectionLostException loss) {
        if (link.equals(trying)) {
            link.lostEarly(loss);
        } else {
            caller.lost(link, loss);
        }
    }

    /** Calls off the attempt in progress. */
    void stop() {
        attempt++;
        Link dropped = trying;
        trying = null;
        if (dropped != null) {
            dropped.end();
            runtime.execute(dropped.transport()::close);
        }
    }
}
