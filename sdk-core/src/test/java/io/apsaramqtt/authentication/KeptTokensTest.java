package io.apsaramqtt.authentication;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.apsaramqtt.mqtt.ClientId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

class KeptTokensTest {

    private static final ClientId CLIENT = ClientId.of("GID_demo", "device-1");
    private static final Tokens TOKENS =
            Tokens.of("LTAI5tExampleQx9", Token.of(TokenType.RW, "token", Instant.parse("2026-03-01T12:00:00Z")));

    private final Logger logger = (Logger) LoggerFactory.getLogger(KeptTokens.class);
    private final ListAppender<ILoggingEvent> appender = new ListAppender<>();

    @TempDir
    Path directory;

    @BeforeEach
    void listen() {
        appender.start();
        logger.addAppender(appender);
    }

    @AfterEach
    void stop() {
        logger.detachAppender(appender);
    }

    @Test
    void aFileOfTheMostBytesIsReadAndALongerOneIsNot() throws IOException {
        KeptTokens kept = new KeptTokens(directory);
        kept.write(CLIENT, TOKENS);
        String text = Files.readString(kept.file(CLIENT));
        Files.writeString(kept.file(CLIENT), text + " ".repeat((1 << 20) - text.length()));
        assertThat(kept.read(CLIENT)).contains(TOKENS);
        Files.writeString(kept.file(CLIENT), text + " ".repeat((1 << 20) + 1 - text.length()));
        assertThat(kept.read(CLIENT)).isEmpty();
        assertThat(appender.list)
                .singleElement()
                .satisfies(event -> assertThat(event.getFormattedMessage()).contains("is larger than 1048576 bytes"));
    }

    @Test
    void whatCannotBeReadIsWarnedOf() throws IOException {
        KeptTokens kept = new KeptTokens(directory);
        Files.createDirectory(kept.file(CLIENT));
        assertThat(kept.read(CLIENT)).isEmpty();
        assertThat(appender.list)
                .singleElement()
                .satisfies(event -> assertThat(event.getFormattedMessage()).contains("cannot be read: "));
    }

    @Test
    void itsTextNamesTheDirectoryAlone() {
        assertThat(new KeptTokens(Path.of("state"))).hasToString("tokens kept in [state]");
    }
}
