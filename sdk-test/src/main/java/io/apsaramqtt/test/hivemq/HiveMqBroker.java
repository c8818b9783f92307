package io.apsaramqtt.test.hivemq;

import com.hivemq.embedded.EmbeddedExtension;
import com.hivemq.embedded.EmbeddedHiveMQ;
import com.hivemq.extension.sdk.api.client.parameter.Listener;
import com.hivemq.extension.sdk.api.services.Services;
import com.hivemq.extension.sdk.api.services.exception.NoSuchClientIdException;
import io.apsaramqtt.test.service.Instance;
import io.apsaramqtt.test.service.Instances;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The one HiveMQ of this JVM. To start it costs more than a second and to stop it four, so it is started when first needed
 * and ends with the JVM.
 *
 * <p>Thread-safe.
 */
public final class HiveMqBroker {

    private static final int MAX_WAIT_SECONDS = 60;
    private static final int MAX_FORGETTING = 500;

    private static @Nullable HiveMqBroker running;

    private final Instances instances;
    private final int port;

    private final TokenWatch watch;

    private HiveMqBroker(Instances instances, TokenWatch watch, int port) {
        this.instances = instances;
        this.watch = watch;
        this.port = port;
    }

    /**
     * The broker, started if it is not running yet. Blocks.
     *
     * @param port the port to listen on, 0 for any
     * @throws IllegalStateException if it cannot start, or runs on another port already
     */
    public static synchronized HiveMqBroker onPort(int port) {
        HiveMqBroker broker = running;
        if (broker == null) {
            broker = start(port);
            running = broker;
        }
        if (port != 0 && port != broker.port) {
            throw new IllegalStateException("The embedded broker of this JVM already listens on port " + broker.port
                    + " and cannot listen on port " + port + " too; ask for the port when it is first started");
        }
        return broker;
    }

    private static HiveMqBroker start(int port) {
        Instances instances = new Instances();
        TokenWatch watch = new TokenWatch();
        BrokerFolder folder = BrokerFolder.create(port);
        // HiveMQ takes four seconds to stop in good order; with everything in memory there is nothing to save by it.
        Runtime.getRuntime().addShutdownHook(new Thread(folder::delete, "apsara-mqtt-broker-folder"));
        EmbeddedHiveMQ hiveMq = EmbeddedHiveMQ.builder()
                .withConfigurationFolder(folder.configuration())
                .withDataFolder(folder.data())
                .withExtensionsFolder(folder.extensions())
                .withEmbeddedExtension(EmbeddedExtension.builder()
                        .withId("apsara-mqtt")
                        .withName("apsara-mqtt")
                        .withVersion("1")
                        .withAuthor("apsara-mqtt")
                        .withExtensionMain(new ServiceExtension(instances, watch))
                        .build())
                .withoutLoggingBootstrap()
                .build();
        await(hiveMq.start(), "start" + (port == 0 ? "" : " on port " + port + " (does another program have it?)"));
        int bound = Services.adminService().getServerInformation().getListener().stream()
                .map(Listener::getPort)
                .findFirst()
                .orElseThrow();
        return new HiveMqBroker(instances, watch, bound);
    }

    /** The instances that the broker serves. */
    public Instances instances() {
        return instances;
    }

    /** The port that it listens on, at 127.0.0.1. */
    public int port() {
        return port;
    }

    /** Ends the connections of an instance whose tokens are not valid any more; does not wait for it. */
    public void checkTokens(Instance instance) {
        watch.check(instance);
    }

    /** Cuts the connection of a client, as the broker's own doing; says whether it was connected. Blocks. */
    public boolean disconnect(String clientId) {
        return await(Services.clientService().disconnectClient(clientId), "disconnect [" + clientId + "]");
    }

    /**
     * Cuts the connection of a client, if there is one, and forgets its session, if there is one. Blocks. A client that is
     * disconnecting at this moment may write its session back once, so it is forgotten until it stays away.
     */
    public void forget(String clientId) {
        String what = "forget [" + clientId + "]";
        for (int attempt = 0; attempt < MAX_FORGETTING; attempt++) {
            await(
                    Services.clientService().invalidateSession(clientId).exceptionally(HiveMqBroker::falseIfNoSession),
                    what);
            if (await(Services.clientService().getSession(clientId), what).isEmpty()) {
                return;
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
        }
        throw new IllegalStateException("The embedded broker did not " + what + ": its session comes back each time");
    }

    private static boolean falseIfNoSession(Throwable failure) {
        Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
        if (cause instanceof NoSuchClientIdException) {
            return false;
        }
        throw new CompletionException(cause);
    }

    private static <T> T await(CompletableFuture<T> future, String what) {
        try {
            return future.get(MAX_WAIT_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while the embedded broker was to " + what, e);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("The embedded broker did not " + what + ": " + e.getMessage(), e);
        }
    }
}
