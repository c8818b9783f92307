package io.apsaramqtt.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LintCommandTest {

    private static final String GOOD = """
            {"Version": "1", "Statement": [
              {"Effect": "Allow", "Action": "mq:PUB", "Resource": "acs:mq:*:*:topic/post-cn-x/alarms"},
              {"Effect": "Allow", "Action": "mq:MqttInstanceAccess", "Resource": "acs:mq:*:*:instance/post-cn-x"}]}
            """;

    private static final String BAD = """
            {"Version": "1", "Statement": [
              {"Effect": "Allow",
               "Action": "mq:PUBLISH",
               "Resource": "acs:mq:*:*:topic/{instanceId}/alarms"}]}
            """;

    @TempDir
    private Path folder;

    private String file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text).toString();
    }

    @Test
    void aGoodPolicyIsLeftAlone() throws IOException {
        Run run = Run.of("lint", file("good.json", GOOD));

        assertThat(run.exit()).isZero();
        assertThat(run.out()).isEqualTo("0 errors, 0 warnings, 0 advice\n");
    }

    @Test
    void aBadPolicyIsToldWithLineAndColumnOfEachFinding() throws IOException {
        String bad = file("bad.json", BAD);
        Run run = Run.of("lint", file("good.json", GOOD), bad);

        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.out())
                .contains(bad + ":3:14: warning: ", "[mq:PUBLISH]", "[unknown-action]")
                .contains(bad + ":4:16: error: ", "{instanceId}", "[placeholder]")
                .endsWith("1 errors, 1 warnings, 0 advice\n");
    }

    @Test
    void adviceAloneIsNoFailure() throws IOException {
        Run run = Run.of(
                "lint", file("advice.json", GOOD.replace("\"mq:PUB\"", "[\"mq:PUB\", \"mq:OnsIntanceUpdate\"]")));

        assertThat(run.exit()).isZero();
        assertThat(run.out()).contains(": advice: ", "[misspelled-by-vendor]").endsWith(" advice\n");
    }

    @ParameterizedTest
    @CsvSource({
        "2000, 0, '', '0 errors, 0 warnings, 0 advice'",
        "5000, 0, ': advice: Size [', '0 errors, 0 warnings, 1 advice'",
        "9000, 1, ': warning: Size [', '0 errors, 1 warnings, 0 advice'"
    })
    void theSizeOfADocumentIsToldAndCountsAsItsSeverityDoes(int sid, int exit, String finding, String numbers)
            throws IOException {
        String document = file(
                "long.json",
                GOOD.replaceFirst("\"Effect\"", "\"Sid\": \"" + "x".repeat(sid - GOOD.length()) + "\", \"Effect\""));
        Run run = Run.of("lint", document);

        assertThat(run.exit()).isEqualTo(exit);
        assertThat(run.out()).contains(finding).endsWith(numbers + "\n");
    }

    @Test
    void programsGetOneLineOfJson() throws IOException {
        Run run = Run.of("lint", "--format", "json", file("bad.json", BAD));

        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.out().lines())
                .singleElement()
                .asString()
                .startsWith("{\"findings\":[{\"severity\":\"")
                .contains("\"rule\":\"unknown-action\"", "\"line\":3,\"column\":14");
    }

    @Test
    void resourcesOfAnotherInstanceAreReportedWhereOneIsNamed() throws IOException {
        String good = file("good.json", GOOD);

        assertThat(Run.of("lint", "--instance", "post-cn-x", good).out()).doesNotContain("other-instance");
        assertThat(Run.of("lint", "--instance", "post-cn-y", good).out()).contains("[other-instance]");
    }

    @Test
    void aFileThatIsNotThereIsNotTakenForAFinding() {
        Run run = Run.of("lint", folder.resolve("missing.json").toString());

        assertThat(run.exit()).isEqualTo(65);
        assertThat(run.err()).contains("missing.json] does not exist");
    }

    @Test
    void withoutAFileTheUsageIsShown() {
        assertThat(Run.of("lint").exit()).isEqualTo(64);
    }
}
