package io.apsaramqtt.tls;

import io.apsaramqtt.mosquitto.TlsBroker;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** Tests on one {@link TlsBroker}, which runs as long as their class does. */
abstract class WithTlsBroker {

    @TempDir
    private static Path certificates = Path.of("");

    private static @Nullable TlsBroker broker;

    @BeforeAll
    static void start() {
        broker = TlsBroker.start(certificates);
    }

    @AfterAll
    static void stop() {
        if (broker != null) {
            broker.close();
        }
    }

    static TlsBroker broker() {
        return Objects.requireNonNull(broker);
    }
}
