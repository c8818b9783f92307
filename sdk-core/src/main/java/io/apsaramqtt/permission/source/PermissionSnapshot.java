package io.apsaramqtt.permission.source;

import io.apsaramqtt.permission.EffectivePermissions;
import io.apsaramqtt.permission.Grants;
import io.apsaramqtt.permission.Principal;
import io.apsaramqtt.policy.MalformedPolicyException;
import io.apsaramqtt.policy.PolicyLayers;
import io.apsaramqtt.policy.PolicySet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Policies in a file of their own: a line that names the form, one each for the time, source and principal, then the policies
 * as JSON. Written whole under another name and then moved, readable by the owner alone where the file system knows owners;
 * it holds no secret. A file that is corrupt, half-written or of another form counts as none, and one that cannot be written
 * costs a warning.
 */
record PermissionSnapshot(Path file) {

    private static final Logger log = LoggerFactory.getLogger(PermissionSnapshot.class);
    private static final String FORM = "apsara-mqtt permissions, form 1";
    private static final int LINES_BEFORE_POLICIES = 4;

    void write(EffectivePermissions read, PolicySet policies) {
        String text = String.join(
                "\n",
                FORM,
                read.readAt().toString(),
                oneLine(read.source()),
                oneLine(read.principal().toString()),
                policies.document());
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
            String[] lines = Files.readString(file).split("\n", LINES_BEFORE_POLICIES + 1);
            if (lines.length <= LINES_BEFORE_POLICIES || !FORM.equals(lines[0])) {
                log.warn("{} is not read: it is not of the form [{}]", this, FORM);
                return Optional.empty();
            }
            PolicySet policies = PolicySet.parse(file.toString(), lines[LINES_BEFORE_POLICIES]);
            return Optional.of(new EffectivePermissions(
                    new Principal(lines[3]),
                    new Grants.Policies(PolicyLayers.of(policies)),
                    Instant.parse(lines[1]),
                    "snapshot of " + lines[2]));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException | DateTimeException | MalformedPolicyException e) {
            log.warn("{} is not read: {}", this, e.toString());
            return Optional.empty();
        }
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
