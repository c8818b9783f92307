package io.apsaramqtt.spring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.read.ListAppender;
import io.apsaramqtt.client.ApsaraMqttClient;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class SecretsTest {

    private static final String SECRET = "dontPrintThisSecret";

    private static final ApplicationContextRunner RUNNER = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(ApsaraMqttAutoConfiguration.class))
            .withPropertyValues(
                    "apsara.mqtt.endpoint=tcp://127.0.0.1:" + Ports.CLOSED,
                    "apsara.mqtt.instance-id=post-cn-x",
                    "apsara.mqtt.group-id=GID_demo",
                    "apsara.mqtt.credentials.access-key-id=LTAI5tAbcdefghQx9",
                    "apsara.mqtt.credentials.access-key-secret=" + SECRET);

    private final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
    private final @Nullable Level level = root.getLevel();
    private final Appender<ILoggingEvent> console = root.getAppender("CONSOLE");

    @BeforeEach
    void logEverythingIntoAList() {
        lines.start();
        root.detachAppender(console);
        root.addAppender(lines);
        root.setLevel(Level.TRACE);
    }

    @AfterEach
    void logAsBefore() {
        root.setLevel(level);
        root.detachAppender(lines);
        root.addAppender(console);
    }

    @Test
    void thePropertiesMaskTheSecretAndTheMiddleOfTheId() {
        ApsaraMqttProperties properties = Bound.properties(Map.of(
                "apsara.mqtt.credentials.access-key-id",
                "LTAI5tAbcdefghQx9",
                "apsara.mqtt.credentials.access-key-secret",
                SECRET));
        assertThat(properties.toString())
                .contains("credentials=Credentials[accessKeyId=LTAI5t****Qx9, accessKeySecret=****]")
                .doesNotContain(SECRET);
        assertThat(Bound.properties(Map.of()).credentials())
                .hasToString("Credentials[accessKeyId=none, accessKeySecret=none]");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "apsara.mqtt.connect-on-start=required",
                "apsara.mqtt.endpoint=my_host",
                "apsara.mqtt.instance-id=",
                "apsara.mqtt.credentials.access-key-id=",
                "apsara.mqtt.credentials.access-key-id=STS.NUabcdef",
                "apsara.mqtt.window=many"
            })
    void noFailedStartPrintsTheSecret(String mistake) {
        RUNNER.withPropertyValues(mistake).run(context -> {
            StringWriter trace = new StringWriter();
            Objects.requireNonNull(context.getStartupFailure(), "started").printStackTrace(new PrintWriter(trace));
            assertThat(trace.toString()).contains("apsara").doesNotContain(SECRET);
        });
        assertNoLineHasTheSecret();
    }

    @Test
    void noLineOfAGoodStartPrintsTheSecret() {
        RUNNER.withPropertyValues("apsara.mqtt.connect-on-start=optional").run(context -> {
            assertThat(context).hasNotFailed();
            assertThat(context.getBean(ApsaraMqttClient.class).toString()).doesNotContain(SECRET);
        });
        assertNoLineHasTheSecret();
        assertThat(messages()).anyMatch(line -> line.startsWith("Started without a connection"));
    }

    private void assertNoLineHasTheSecret() {
        assertThat(messages()).hasSizeGreaterThan(10).noneMatch(line -> line.contains(SECRET));
    }

    private List<String> messages() {
        synchronized (lines) {
            return lines.list.stream().map(ILoggingEvent::getFormattedMessage).collect(Collectors.toList());
        }
    }
}
