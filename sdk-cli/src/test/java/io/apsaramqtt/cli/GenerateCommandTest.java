package io.apsaramqtt.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GenerateCommandTest {

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"AUTO", "MQTT_UPGRADED", "MQTT_PREVIOUS", "MQTT_2019", "MQ_2020", "MQ_2019"})
    void whatIsGeneratedIsAllowedByCheckAndNothingElseIs(String dialect) throws IOException {
        Run generated = Run.of(
                "generate",
                "--instance",
                "post-cn-x",
                "--store-instance",
                "MQ_INST_1",
                "--group",
                "GID_demo",
                "--dialect",
                dialect,
                "--publish",
                "alarms/device-1",
                "--subscribe",
                "commands/#");
        assertThat(generated.exit()).isZero();
        String policy = Files.writeString(folder.resolve("policy.json"), generated.out())
                .toString();

        assertThat(check(policy, "publish", "alarms/device-1")).isZero();
        assertThat(check(policy, "subscribe", "commands/#")).isZero();
        assertThat(check(policy, "publish", "commands/a")).isEqualTo(1);
        assertThat(check(policy, "subscribe", "alarms/#")).isEqualTo(1);
        assertThat(Run.of("lint", policy).exit()).isZero();
    }

    private static int check(String policy, String operation, String topic) {
        return Run.of(
                        "check",
                        "--policy",
                        policy,
                        "--instance",
                        "post-cn-x",
                        "--store-instance",
                        "MQ_INST_1",
                        "--group",
                        "GID_demo",
                        operation,
                        topic)
                .exit();
    }

    @Test
    void whatItGrantsBeyondIsToldBesideThePolicy() {
        Run run = Run.of("generate", "--instance", "post-cn-x", "--publish", "alarms/device-1");

        assertThat(run.out()).startsWith("{").endsWith("}\n");
        assertThat(run.err().lines())
                .isNotEmpty()
                .allSatisfy(line -> assertThat(line).startsWith("note: "));
        assertThat(run.err()).contains("alarms");
    }

    @Test
    void whatRamCannotNameIsWrongUsage() {
        Run run = Run.of("generate", "--instance", "post-cn-x", "--group", "GID_demo", "--subscribe", "#");

        assertThat(run.exit()).isEqualTo(64);
        assertThat(run.err()).contains("[#]");
        assertThat(run.out()).isEmpty();
    }

    @Test
    void aSubscriptionWithoutAGroupIsWrongUsage() {
        Run run = Run.of("generate", "--instance", "post-cn-x", "--subscribe", "alarms/#");

        assertThat(run.exit()).isEqualTo(64);
        assertThat(run.err()).containsIgnoringCase("group");
    }

    @Test
    void nothingAskedIsWrongUsage() {
        assertThat(Run.of("generate", "--instance", "post-cn-x").exit()).isEqualTo(64);
    }
}
