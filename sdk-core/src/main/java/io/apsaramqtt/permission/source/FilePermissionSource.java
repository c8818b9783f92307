package io.apsaramqtt.permission.source;

import io.apsaramqtt.permission.EffectivePermissions;
import io.apsaramqtt.policy.PolicySet;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;

/** Policies in a file, read again at each load. */
record FilePermissionSource(Path path, Clock clock) implements PermissionSource {

    @Override
    public EffectivePermissions load() {
        String name = String.valueOf(path.getFileName());
        return EffectivePermissions.of(PolicySet.parse(name, read()), clock.instant(), name);
    }

    private String read() {
        try {
            return Files.readString(path);
        } catch (NoSuchFileException e) {
            throw new PermissionSourceException(
                    path.toString(),
                    "does not exist (looked in " + path.toAbsolutePath().getParent()
                            + "). Create it, or choose another PermissionSource",
                    e);
        } catch (CharacterCodingException e) {
            throw new PermissionSourceException(path.toString(), "is not text in UTF-8", e);
        } catch (IOException e) {
            throw new PermissionSourceException(path.toString(), "cannot be read: " + e, e);
        }
    }
}
