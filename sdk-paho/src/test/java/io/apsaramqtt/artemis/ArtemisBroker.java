package io.apsaramqtt.artemis;

import io.apsaramqtt.faults.PortReservation;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;
import org.apache.activemq.artemis.core.config.Configuration;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.server.JournalType;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;
import org.apache.activemq.artemis.core.settings.impl.AddressSettings;

/**
 * An Artemis in this JVM, on a free port of 127.0.0.1: the second broker that needs no installation. MQTT 3.1.1 and 5 on the
 * same port. Sessions and messages are in a folder of its own and survive a restart; the folder is deleted at the end.
 */
public final class ArtemisBroker implements AutoCloseable {

    private static final int UNLIMITED = -1;

    private final PortReservation port = PortReservation.ofFreePort();
    private final ArtemisSecurity security;
    private final Path folder;
    private EmbeddedActiveMQ server;

    private ArtemisBroker(ArtemisSecurity security) throws IOException {
        this.security = security;
        this.folder = Files.createTempDirectory("apsara-mqtt-artemis");
        this.server = launch();
    }

    /** A broker that lets anybody do anything. */
    public static ArtemisBroker start() {
        return start(new ArtemisSecurity());
    }

    /** A broker with these users and denials. */
    public static ArtemisBroker start(ArtemisSecurity security) {
        try {
            return new ArtemisBroker(security);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private EmbeddedActiveMQ launch() {
        try {
            EmbeddedActiveMQ launched =
                    new EmbeddedActiveMQ().setConfiguration(configuration()).setSecurityManager(security);
            launched.start();
            return launched;
        } catch (Exception e) {
            throw new AssertionError("Artemis does not start", e);
        }
    }

    private Configuration configuration() throws Exception {
        return new ConfigurationImpl()
                .setJournalDirectory(folder + "/journal")
                .setBindingsDirectory(folder + "/bindings")
                .setLargeMessagesDirectory(folder + "/large")
                .setPagingDirectory(folder + "/paging")
                .setJournalType(JournalType.NIO)
                // A crash of the machine is not what tests are about, and waiting for the disk is slow.
                .setJournalDatasync(false)
                .setMaxDiskUsage(UNLIMITED)
                .setJMXManagementEnabled(false)
                .setSecurityInvalidationInterval(0)
                // Else a message would be thrown away after its tenth redelivery.
                .addAddressSetting("#", new AddressSettings().setMaxDeliveryAttempts(UNLIMITED))
                .addAcceptorConfiguration("mqtt", "tcp://127.0.0.1:" + port() + "?protocols=MQTT");
    }

    /** The port at 127.0.0.1. */
    public int port() {
        return port.port();
    }

    /** Where clients connect to. */
    public String endpoint() {
        return "tcp://127.0.0.1:" + port();
    }

    /** Users and denials, which can be changed. */
    public ArtemisSecurity security() {
        return security;
    }

    /** Stops it, which cuts all connections. The port stays reserved. */
    public void stop() {
        try {
            server.stop();
        } catch (Exception e) {
            throw new AssertionError("Artemis does not stop", e);
        }
    }

    /** Starts it again on the same port and folder, after a {@link #stop()} where it still runs. */
    public void restart() {
        stop();
        server = launch();
    }

    /** Stops it and deletes its folder. */
    @Override
    public void close() {
        stop();
        port.close();
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
