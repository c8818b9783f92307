package io.apsaramqtt.client.inbound;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.List;
import org.slf4j.LoggerFactory;

/** Keeps what this package logs, off the console. */
final class Logged implements AutoCloseable {

    private final Logger logger = (Logger) LoggerFactory.getLogger(Logged.class.getPackageName());
    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();

    Logged() {
        this(Level.INFO);
    }

    /** Keeps, and makes, only lines of this level and above. */
    Logged(Level from) {
        logger.setLevel(from);
        lines.start();
        logger.setAdditive(false);
        logger.addAppender(lines);
    }

    /** The lines of this level so far. */
    List<String> at(Level level) {
        return List.copyOf(lines.list).stream()
                .filter(line -> line.getLevel() == level)
                .map(ILoggingEvent::getFormattedMessage)
                .toList();
    }

    @Override
    public void close() {
        logger.detachAppender(lines);
        logger.setAdditive(true);
        logger.setLevel(null);
    }
}
