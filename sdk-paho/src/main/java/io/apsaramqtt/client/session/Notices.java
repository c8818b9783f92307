package io.apsaramqtt.client.session;

import io.apsaramqtt.ApsaraMqttException;
import io.apsaramqtt.authentication.TokenNotice;
import io.apsaramqtt.authentication.Tokens;
import io.apsaramqtt.client.connection.ConnectFailedException;
import io.apsaramqtt.client.connection.ConnectFailedException.Reason;
import io.apsaramqtt.client.connection.ConnectionListener;
import io.apsaramqtt.client.connection.ConnectionLostException;
import io.apsaramqtt.client.connection.Endpoint;
import io.apsaramqtt.client.connection.OperationTimeoutException;
import io.apsaramqtt.mqtt.TopicFilter;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells the connection listener what happened, on workers, one notice at a time and in order. Thread-safe. */
final class Notices {

    private static final Logger log = LoggerFactory.getLogger(Notices.class);

    private final ConnectionListener listener;
    private final Executor workers;
    private final Queue<Runnable> queue = new ArrayDeque<>();
    private boolean running;

    Notices(ConnectionListener listener, Executor workers) {
        this.listener = listener;
        this.workers = workers;
    }

    void connected() {
        tell(listener::connected);
    }

    void lost(ConnectionLostException loss) {
        tell(() -> listener.connectionLost(loss));
    }

    void reconnectFailed(Endpoint endpoint, Throwable failure) {
        ConnectFailedException told = failure instanceof ConnectFailedException known
                ? known
                : new ConnectFailedException(
                        endpoint, reason(failure), null, "could not be made: " + failure.getMessage(), failure);
        tell(() -> listener.reconnectFailed(told));
    }

    void gaveUp(ApsaraMqttException why) {
        tell(() -> listener.gaveUp(why));
    }

    void subscriptionLost(TopicFilter filter, ApsaraMqttException why) {
        tell(() -> listener.subscriptionLost(filter, why));
    }

    void topicQuarantined(String topic, ApsaraMqttException why) {
        tell(() -> listener.topicQuarantined(topic, why));
    }

    void tokensRenewed(Tokens tokens) {
        tell(() -> listener.tokensRenewed(tokens));
    }

    void tokenRenewalFailed(ApsaraMqttException why, Instant expiresAt) {
        tell(() -> listener.tokenRenewalFailed(why, expiresAt));
    }

    void tokenNotice(TokenNotice notice) {
        tell(() -> listener.tokenNotice(notice));
    }

    /** Anything unknown came from the user's credentials or permissions. */
    private static Reason reason(Throwable failure) {
        return failure instanceof ConnectionLostException
                ? Reason.CLOSED_BY_BROKER
                : failure instanceof OperationTimeoutException ? Reason.TIMEOUT : Reason.NOT_SIGNED;
    }

    private void tell(Runnable notice) {
        synchronized (queue) {
            queue.add(notice);
            if (running) {
                return;
            }
            running = true;
        }
        workers.execute(this::run);
    }

    private void run() {
        while (true) {
            Runnable notice;
            synchronized (queue) {
                notice = queue.poll();
                if (notice == null) {
                    running = false;
                    return;
                }
            }
            try {
                notice.run();
            } catch (RuntimeException | Error e) {
                log.error("Connection listener failed", e);
            }
        }
    }
}
