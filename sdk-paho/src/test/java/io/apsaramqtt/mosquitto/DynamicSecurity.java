package io.apsaramqtt.mosquitto;

import io.apsaramqtt.mosquitto.MosquittoBroker.User;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** A Mosquitto that answers what it refuses with codes, where its password and ACL files are silent. */
final class DynamicSecurity {

    private static final String PLUGIN = "mosquitto_dynamic_security.so";

    private DynamicSecurity() {}

    private static Optional<Path> plugin() {
        try (Stream<Path> folders = Stream.of("/usr/lib", "/usr/local/lib", "/opt/homebrew/lib")
                .map(Path::of)
                .filter(Files::isDirectory)) {
            return folders.flatMap(DynamicSecurity::filesOf)
                    .filter(file -> file.endsWith(PLUGIN))
                    .findFirst();
        }
    }

    private static Stream<Path> filesOf(Path folder) {
        File[] inner = folder.toFile().listFiles();
        return inner == null
                ? Stream.of()
                : Stream.of(inner)
                        .flatMap(file -> Stream.of(file.toPath(), file.toPath().resolve(PLUGIN)))
                        .filter(Files::isRegularFile);
    }

    /** A broker where {@code user} may do everything below alarms/ and nothing else. */
    static MosquittoBroker start(User user) {
        MosquittoBroker.require("mosquitto", "mosquitto_ctrl");
        Optional<Path> plugin = plugin();
        if (plugin.isEmpty()) {
            String line = "######## SKIPPED: no " + PLUGIN + " on this machine ########";
            System.err.println(line);
            Assumptions.abort(line);
            throw new AssertionError(line);
        }
        try {
            Path folder = Files.createTempDirectory("apsara-mqtt-mosquitto");
            Path rules = folder.resolve("dynamic-security.json");
            MosquittoBroker.run(
                    MosquittoBroker.path("mosquitto_ctrl"), "dynsec", "init", rules.toString(), "admin", "admin");
            MosquittoBroker broker = MosquittoBroker.start(
                    folder,
                    List.of("allow_anonymous false", "plugin " + plugin.get(), "plugin_opt_config_file " + rules));
            control(broker, "createClient", user.name(), "-p", user.password());
            control(broker, "createRole", "device");
            for (String kind : List.of("publishClientSend", "publishClientReceive", "subscribePattern")) {
                control(broker, "addRoleACL", "device", kind, "alarms/#", "allow");
            }
            control(broker, "addRoleACL", "device", "unsubscribePattern", "#", "allow");
            control(broker, "addClientRole", user.name(), "device");
            return broker;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void control(MosquittoBroker broker, String... arguments) throws IOException {
        MosquittoBroker.run(Stream.concat(
                        Stream.of(
                                MosquittoBroker.path("mosquitto_ctrl"),
                                "-h",
                                "127.0.0.1",
                                "-p",
                                String.valueOf(broker.port()),
                                "-u",
                                "admin",
                                "-P",
                                "admin",
                                "dynsec"),
                        Stream.of(arguments))
                .toArray(String[]::new));
    }
}
