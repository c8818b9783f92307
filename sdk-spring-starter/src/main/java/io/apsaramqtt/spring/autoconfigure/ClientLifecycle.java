package io.apsaramqtt.spring.autoconfigure;

import io.apsaramqtt.client.ApsaraMqttClient;
import io.apsaramqtt.client.connection.ConnectFailedException;
import io.apsaramqtt.client.connection.OperationTimeoutException;
import io.apsaramqtt.spring.autoconfigure.ApsaraMqttProperties.ConnectOnStart;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Connects the client when the application starts and closes it when the application stops. A closed client stays closed:
 * a stopped application context cannot be started again. Thread-safe.
 */
final class ClientLifecycle implements SmartLifecycle {

    /**
     * Below the phases of web servers and of what listens: those start when there is a connection, and what they still
     * publish while they stop has one.
     */
    static final int PHASE = DEFAULT_PHASE - 4096;

    private static final Duration OPTIONAL_WAIT = Duration.ofSeconds(2);

    private static final Logger log = LoggerFactory.getLogger(ClientLifecycle.class);

    private final ApsaraMqttClient client;
    private final ConnectOnStart connectOnStart;

    ClientLifecycle(ApsaraMqttClient client, ConnectOnStart connectOnStart) {
        this.client = client;
        this.connectOnStart = connectOnStart;
    }

    /**
     * Connects. Blocks up to the client's connect time-out, and longer only where credentials or permissions come from
     * afar. Throws what {@link ApsaraMqttClient#connect()} throws; but for a connection that may fail it waits two seconds,
     * and the client goes on trying in the background.
     */
    @Override
    public void start() {
        if (connectOnStart != ConnectOnStart.OPTIONAL) {
            client.connect();
            return;
        }
        try {
            client.connect(OPTIONAL_WAIT);
        } catch (OperationTimeoutException e) {
            log.warn(
                    "Started without a connection, since apsara.mqtt.connect-on-start is 'optional'; the client goes on"
                            + " trying: {}",
                    e.getMessage());
        } catch (ConnectFailedException e) {
            log.error(
                    "Started without a connection, and trying on would not help; nothing is published or received before"
                            + " ApsaraMqttClient.connect() is called: {}",
                    e.getMessage());
        }
    }

    /** Closes the client for good; blocks up to its operation time-out for what is pending. */
    @Override
    public void stop() {
        client.close();
    }

    /** Whether the client is connected, or on the way to it. */
    @Override
    public boolean isRunning() {
        return switch (client.state()) {
            case CONNECTING, CONNECTED, RECONNECTING -> true;
            case DISCONNECTED, CLOSED -> false;
        };
    }

    @Override
    public boolean isAutoStartup() {
        return connectOnStart != ConnectOnStart.OFF;
    }

    /** No: the tests of Spring 7 pause a cached context and start it again, which a closed client could not follow. */
    @Override
    public boolean isPauseable() {
        return false;
    }

    @Override
    public int getPhase() {
        return PHASE;
    }
}
