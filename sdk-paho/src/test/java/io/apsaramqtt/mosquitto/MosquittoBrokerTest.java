package io.apsaramqtt.mosquitto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.opentest4j.TestAbortedException;

/** A test that is not run must be seen not to run. */
class MosquittoBrokerTest {

    private static final String PROPERTY = "apsara.test.mosquitto";

    private final String before = System.getProperty(PROPERTY, "auto");
    private final PrintStream err = System.err;

    @AfterEach
    void restore() {
        System.setProperty(PROPERTY, before);
        System.setErr(err);
    }

    @Test
    void whatIsMissingIsSkippedLoudly() {
        System.setProperty(PROPERTY, "auto");
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        System.setErr(new PrintStream(printed, true, StandardCharsets.UTF_8));
        assertThatThrownBy(() -> MosquittoBroker.require("no-such-program")).isInstanceOf(TestAbortedException.class);
        assertThat(printed.toString(StandardCharsets.UTF_8).lines())
                .singleElement()
                .satisfies(line -> assertThat(line).contains("SKIPPED", "no-such-program"));
    }

    @Test
    void whatIsMissingFailsWhereItIsRequired() {
        System.setProperty(PROPERTY, "required");
        assertThatThrownBy(() -> MosquittoBroker.require("no-such-program"))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("Install mosquitto");
    }

    @Test
    void theBuildSaysWhetherItIsRequired() {
        assertThat(before).isIn("auto", "required");
        assertThat(System.getProperties()).containsKey(PROPERTY);
    }
}
