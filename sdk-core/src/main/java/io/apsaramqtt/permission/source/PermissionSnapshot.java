package io.apsaramqtt.permission.source;

import io.apsaramqtt.permission.EffectivePermissions;
import io.apsaramqtt.permission.Grants;
import io.apsaramqtt.permission.Principal;
import io.apsaramqtt.policy.MalformedPolicyException;
import io.apsaramqtt.policy.PolicyLayers;
import io.apsaramqtt.policy.PolicySet;
import io.apsaramqtt.policy.UnreadLayer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Policies in a file of their own: a line that names the form, one each for the time, source and principal, one for each layer
 * that could not be read, then the policies as JSON. Written whole under another name and then moved, readable by the owner
 * alone where the file system knows owners; it holds no secret. A file that is corrupt, half-written or of another form counts
 * as none, and one that cannot be written costs a warning.
 */
record PermissionSnapshot(Path file) {

    private static final Logger log = LoggerFactory.getLogger(PermissionSnapshot.class);
    private static final String FORM = "apsara-mqtt permissions, form 2";
    private static final int FIRST_LINES = 4;
    private static final String UNREAD = "not read: ";

    void write(EffectivePermissions read, PolicyLayers layers) {
        List<String> lines = new ArrayList<>(List.of(
                FORM,
                read.readAt().toString(),
                oneLine(read.source()),
                oneLine(read.principal().toString())));
        layers.unread().forEach((layer, reason) -> lines.add(UNREAD + layer + " " + oneLine(reason)));
        lines.add(layers.account().document());
        String text = String.join("\n", lines);
        try {
            Path folder = Files.createDirectories(file.toAbsolutePath().getParent());
            Path written = Files.createTempFile(folder, file.getFileName().toString(), ".tmp");
            try {
                ownerOnly(written);
                Files.writeString(written, text);
                Files.move(written, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
            } finally {
                Files.deleteIfExists(written);
            }
        } catch (IOException e) {
            log.warn("{} cannot be written, the next start will not have it: {}", this, e.toString());
        }
    }

    Optional<EffectivePermissions> read() {
        try {
            List<String> lines = Files.readString(file).lines().toList();
            if (lines.size() <= FIRST_LINES || !FORM.equals(lines.get(0))) {
                log.warn("{} is not read: it is not of the form [{}]", this, FORM);
                return Optional.empty();
            }
            return Optional.of(new EffectivePermissions(
                    new Principal(lines.get(3)),
                    new Grants.Policies(layers(lines.subList(FIRST_LINES, lines.size()))),
                    Instant.parse(lines.get(1)),
                    "snapshot of " + lines.get(2)));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException | DateTimeException | MalformedPolicyException | IllegalArgumentException e) {
            log.warn("{} is not read: {}", this, e.toString());
            return Optional.empty();
        }
    }

    private PolicyLayers layers(List<String> lines) {
        List<String> unread =
                lines.stream().takeWhile(line -> line.startsWith(UNREAD)).toList();
        PolicyLayers layers = PolicyLayers.of(
                PolicySet.parse(file.toString(), String.join("\n", lines.subList(unread.size(), lines.size()))));
        for (String line : unread) {
            String[] parts = line.substring(UNREAD.length()).split(" ", 2);
            layers = layers.withUnread(UnreadLayer.valueOf(parts[0]), parts.length > 1 ? parts[1] : "");
        }
        return layers;
    }

    private static void ownerOnly(Path path) throws IOException {
        if (path.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-------"));
        }
    }

    private static String oneLine(String text) {
        return text.replace('\n', ' ').replace('\r', ' ');
    }

    @Override
    public String toString() {
        return "Permission snapshot [" + file + "]";
    }
}
