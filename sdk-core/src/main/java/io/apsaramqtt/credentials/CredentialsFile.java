package io.apsaramqtt.credentials;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A file with AccessKeys in it. What is wrong with it is said without a word of what it holds. */
record CredentialsFile(String source, Path path) {

    /** Far above any real file; what is larger is not a credentials file, and is not read into memory. */
    static final int MOST_BYTES = 1 << 20;

    private static final Logger log = LoggerFactory.getLogger(CredentialsFile.class);
    private static final Set<Path> WARNED_OF = ConcurrentHashMap.newKeySet();

    /** The whole text, without a byte order mark. Read anew at each call: a rotated AccessKey is seen at the next connect. */
    String read() {
        byte[] bytes;
        try {
            // A pipe would block for ever.
            if (!Files.readAttributes(path, BasicFileAttributes.class).isRegularFile()) {
                throw fault("is not a regular file");
            }
            try (InputStream in = Files.newInputStream(path)) {
                bytes = in.readNBytes(MOST_BYTES + 1);
            }
        } catch (NoSuchFileException e) {
            throw fault("does not exist");
        } catch (AccessDeniedException e) {
            throw fault("may not be read by this user; check the permissions of the file and its folder");
        } catch (IOException e) {
            throw fault("cannot be read: " + e.getClass().getSimpleName());
        }
        if (bytes.length > MOST_BYTES) {
            throw fault("is larger than " + MOST_BYTES + " bytes, so it is no credentials file");
        }
        warnIfOthersMayRead();
        return text(bytes);
    }

    private String text(byte[] bytes) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            return text.startsWith("\uFEFF") ? text.substring(1) : text;
        } catch (CharacterCodingException e) {
            throw fault("is not text in UTF-8");
        }
    }

    private void warnIfOthersMayRead() {
        try {
            if (Files.getPosixFilePermissions(path).contains(PosixFilePermission.OTHERS_READ)
                    && WARNED_OF.add(path.toAbsolutePath())) {
                log.warn(
                        "Credentials file [{}] may be read by every user of this machine; run: chmod 600 {}",
                        path,
                        path);
            }
        } catch (IOException | UnsupportedOperationException e) {
            log.debug("Permissions of credentials file [{}] are not known", path, e);
        }
    }

    /** That this file gives no AccessKey, because it {@code reason}. */
    CredentialsException fault(String reason) {
        return CredentialsException.of(source, "file [" + path + "] " + reason);
    }
}
