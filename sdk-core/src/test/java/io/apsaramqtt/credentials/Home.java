package io.apsaramqtt.credentials;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** A home directory, and variables, of a test alone. */
final class Home {

    static final String SECRET = "kJ8sQz1SecretOfTheAccessKey";

    final Path directory;
    final Map<String, String> environment = new ConcurrentHashMap<>();
    final Map<String, String> properties = new ConcurrentHashMap<>();

    Home(Path directory) {
        this.directory = directory;
        properties.put("user.home", directory.toString());
    }

    Surroundings surroundings() {
        return new Surroundings(environment::get, properties::get);
    }

    EnvironmentIdentities identities() {
        return new EnvironmentIdentities(surroundings());
    }

    Home with(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    Path cli(String text) {
        return write(".aliyun/config.json", text);
    }

    Path ini(String text) {
        return write(".alibabacloud/credentials.ini", text);
    }

    /** For the owner's eyes, as the CLI writes it. */
    Path write(String name, String text) {
        try {
            Path file = directory.resolve(name);
            Files.createDirectories(file.getParent());
            Files.writeString(file, text);
            return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
