package io.apsaramqtt.test.hivemq;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** The temporary folder that HiveMQ wants for its configuration, data and extensions. */
record BrokerFolder(Path root) {

    /**
     * Everything in memory, so that nothing is left behind and start is fast; where HiveMQ has limits of its own they are
     * out of the way. Packet size, receive maximum, topic aliases and keep-alive are what the service announces in its
     * CONNACK (service page "MQTT 5.0 overview"); of a full queue the oldest message is dropped (service page "Limits").
     */
    private static final String CONFIGURATION = """
            <?xml version="1.0"?>
            <hivemq>
              <listeners>
                <tcp-listener><port>%d</port><bind-address>127.0.0.1</bind-address></tcp-listener>
              </listeners>
              <mqtt>
                <queued-messages>
                  <max-queue-size>1000000</max-queue-size>
                  <strategy>discard-oldest</strategy>
                </queued-messages>
                <topic-alias><enabled>true</enabled><max-per-client>30</max-per-client></topic-alias>
                <keep-alive><max-keep-alive>480</max-keep-alive></keep-alive>
                <packets><max-packet-size>131072</max-packet-size></packets>
                <receive-maximum><server-receive-maximum>65535</server-receive-maximum></receive-maximum>
              </mqtt>
              <anonymous-usage-statistics><enabled>false</enabled></anonymous-usage-statistics>
              <persistence><mode>in-memory</mode></persistence>
            </hivemq>
            """;

    static BrokerFolder create(int port) {
        try {
            BrokerFolder folder = new BrokerFolder(Files.createTempDirectory("apsara-mqtt-broker"));
            Files.createDirectories(folder.configuration());
            Files.createDirectories(folder.data());
            Files.createDirectories(folder.extensions());
            Files.writeString(folder.configuration().resolve("config.xml"), CONFIGURATION.formatted(port));
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException("The embedded broker found no room for its temporary folder", e);
        }
    }

    Path configuration() {
        return root.resolve("conf");
    }

    Path data() {
        return root.resolve("data");
    }

    Path extensions() {
        return root.resolve("extensions");
    }

    void delete() {
        try (Stream<Path> files = Files.walk(root)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        } catch (IOException e) {
            // The system cleans its temporary folder itself some day; nobody is left to tell.
            root.toFile().deleteOnExit();
        }
    }
}
