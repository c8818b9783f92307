package io.apsaramqtt.spring.autoconfigure;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;

/** A file that keeps a device ID over restarts. Immutable. */
record DeviceIdFile(Path path) {

    private static final int LENGTH = 16;

    /** The device ID in the file; makes the file with a random one if there is none. */
    String readOrCreate() {
        try {
            if (!Files.exists(path)) {
                create();
            }
            String id = Files.readString(path).strip();
            if (id.isEmpty()) {
                throw new MqttPropertyException(
                        "device-id-file", "names [" + path + "], which is empty; delete the file");
            }
            return id;
        } catch (IOException e) {
            throw new MqttPropertyException(
                    "device-id-file",
                    "names [" + path + "], which can neither be read nor made: " + e
                            + ". Use a folder of the application" + " that outlives a restart");
        }
    }

    /** Whole or not at all: a file that is half written would be another device. */
    private void create() throws IOException {
        Path absolute = path.toAbsolutePath();
        Path folder = Files.createDirectories(absolute.getParent());
        Path whole = Files.createTempFile(folder, "device-id", ".tmp");
        try {
            String id = UUID.randomUUID().toString().replace("-", "").substring(0, LENGTH);
            Files.write(whole, id.getBytes(StandardCharsets.UTF_8));
            Files.createLink(absolute, whole);
        } catch (FileAlreadyExistsException | UnsupportedOperationException e) {
            // Another process was first, or the file system has no links.
            if (!Files.exists(absolute)) {
                Files.move(whole, absolute);
            }
        } finally {
            Files.deleteIfExists(whole);
        }
    }
}
