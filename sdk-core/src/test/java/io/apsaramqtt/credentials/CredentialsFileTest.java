package io.apsaramqtt.credentials;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.spi.FileSystemProvider;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

class CredentialsFileTest {

    @TempDir
    Path directory;

    private final Logger logger = (Logger) LoggerFactory.getLogger(CredentialsFile.class);
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();

    @BeforeEach
    void listen() {
        log.start();
        logger.addAppender(log);
    }

    @AfterEach
    void stopListening() {
        logger.detachAppender(log);
    }

    private static CredentialsFile file(Path path) {
        return new CredentialsFile("a file", path);
    }

    private static AbstractThrowableAssert<?, ? extends Throwable> assertFault(Path path, String reason) {
        return assertThatThrownBy(file(path)::read)
                .isInstanceOf(CredentialsException.class)
                .hasNoCause()
                .hasMessageContaining("Tried [a file: file [" + path + "] " + reason + "].");
    }

    @Test
    void aFileThatIsNotThereIsNamed() {
        assertFault(directory.resolve("absent"), "does not exist");
        assertFault(directory, "is not a regular file");
    }

    @Test
    void aFileThatMayNotBeReadIsNamed() throws IOException {
        // A superuser may read what mode 000 keeps from all others: the refusal must come from below.
        assertFault(
                failing(new AccessDeniedException("x")),
                "may not be read by this user; check the permissions of the file and its folder");
    }

    @Test
    void anyOtherFailureIsNamed() throws IOException {
        // Which paths fail so, one below a file for example, is not the same in all versions of Java.
        assertFault(failing(new FileSystemException("x")), "cannot be read: FileSystemException");
    }

    private static Path failing(IOException failure) throws IOException {
        FileSystemProvider provider = mock();
        FileSystem system = mock();
        Path path = mock();
        when(path.getFileSystem()).thenReturn(system);
        when(system.provider()).thenReturn(provider);
        when(provider.readAttributes(any(Path.class), eq(BasicFileAttributes.class), any(LinkOption[].class)))
                .thenThrow(failure);
        return path;
    }

    @Test
    void aFileOfTenMegabytesIsNotReadToItsEnd() throws IOException {
        assertFault(
                Files.write(directory.resolve("large"), new byte[10 << 20]),
                "is larger than 1048576 bytes, so it is no credentials file");
        assertThat(file(Files.write(directory.resolve("largest"), new byte[1 << 20]))
                        .read())
                .hasSize(1 << 20);
    }

    @Test
    void otherEncodingsAreNamed() throws IOException {
        assertFault(
                Files.write(directory.resolve("utf-16"), new byte[] {(byte) 0xFF, (byte) 0xFE, 'a', 0}),
                "is not text in UTF-8");
    }

    @Test
    void aByteOrderMarkIsNoPartOfTheText() throws IOException {
        assertThat(file(Files.writeString(directory.resolve("bom"), "\uFEFFtext"))
                        .read())
                .isEqualTo("text");
    }

    @Test
    void whatOthersMayReadIsWarnedOfOnce() throws IOException {
        Path open = Files.writeString(directory.resolve("open"), Home.SECRET);
        Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rw-r--r--"));
        Path closed = Files.writeString(directory.resolve("closed"), Home.SECRET);
        Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("rw-r-----"));
        for (int i = 0; i < 3; i++) {
            assertThat(file(open).read()).isEqualTo(Home.SECRET);
            assertThat(file(closed).read()).isEqualTo(Home.SECRET);
        }
        assertThat(log.list).singleElement().satisfies(event -> {
            assertThat(event.getLevel()).isEqualTo(Level.WARN);
            assertThat(event.getFormattedMessage())
                    .isEqualTo("Credentials file [" + open
                            + "] may be read by every user of this machine; run: chmod 600 " + open);
        });
    }
}
