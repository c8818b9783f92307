package io.apsaramqtt.authentication;

import io.apsaramqtt.mqtt.ClientId;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The last tokens of each client in a file of its own, which is readable by its owner alone where the file system knows owners.
 * Written whole to the disk under another name, then moved: a loss of power leaves the old one or the new one. A file that is
 * corrupt counts as none, and each thing that goes wrong with a file costs one warning until it goes well again.
 */
final class KeptTokens {

    /** Far above tokens for three times a hundred topics. */
    private static final int MOST_BYTES = 1 << 20;

    private static final Logger log = LoggerFactory.getLogger(KeptTokens.class);

    private final Path directory;
    private final Set<Path> faulty = ConcurrentHashMap.newKeySet();

    KeptTokens(Path directory) {
        this.directory = directory;
    }

    /** The client ID hashed: it may hold what no file name may, and be longer. */
    Path file(ClientId clientId) {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256").digest(clientId.value().getBytes(StandardCharsets.UTF_8));
            return directory.resolve("apsara-mqtt-tokens-" + HexFormat.of().formatHex(digest) + ".json");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java runtime has SHA-256", e);
        }
    }

    Optional<Tokens> read(ClientId clientId) {
        Path file = file(clientId);
        try {
            if (Files.size(file) > MOST_BYTES) {
                throw new MalformedTokensException("is larger than " + MOST_BYTES + " bytes");
            }
            Tokens read = TokensJson.read(clientId, Files.readString(file));
            faulty.remove(file);
            return Optional.of(read);
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (MalformedTokensException e) {
            warn(file, "is not read: it " + e.getMessage());
            return Optional.empty();
        } catch (IOException e) {
            warn(file, "cannot be read: " + e);
            return Optional.empty();
        }
    }

    synchronized void write(ClientId clientId, Tokens tokens) {
        Path file = file(clientId);
        Path written = file.resolveSibling(file.getFileName() + ".tmp");
        try {
            Files.createDirectories(directory);
            // What an interrupted run left may have other permissions.
            Files.deleteIfExists(written);
            try {
                writeWhole(written, TokensJson.write(clientId, tokens));
                Files.move(written, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
            } finally {
                Files.deleteIfExists(written);
            }
            faulty.remove(file);
        } catch (IOException e) {
            warn(file, "cannot be written, the next start may not have them: " + e);
        }
    }

    private static void writeWhole(Path file, String text) throws IOException {
        ByteBuffer bytes = StandardCharsets.UTF_8.encode(text);
        try (FileChannel channel = FileChannel.open(
                file, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), ownerOnly(file))) {
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
    }

    private static FileAttribute<?>[] ownerOnly(Path file) {
        return file.getFileSystem().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
    }

    private void warn(Path file, String problem) {
        if (faulty.add(file)) {
            log.warn("File of tokens [{}] {}", file, problem);
        }
    }

    /** The directory. */
    @Override
    public String toString() {
        return "tokens kept in [" + directory + "]";
    }
}
