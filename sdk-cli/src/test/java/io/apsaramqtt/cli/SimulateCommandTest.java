package io.apsaramqtt.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

class SimulateCommandTest {

    /** The corpora of the core, read where they are: a copy would fall behind. */
    private static final Path CORPORA = Path.of("..", "sdk-core", "src", "test", "resources");

    private static final String ALARMS = "acs:mq:cn-hangzhou:123:topic/post-cn-x/alarms";
    private static final String ALLOW = """
            {"Version": "1", "Statement": [
              {"Effect": "Allow", "Action": "mq:PUB", "Resource": "acs:mq:*:*:topic/post-cn-x/alarms"}]}""";

    @TempDir
    private Path folder;

    private Path suite;

    @BeforeEach
    void nameTheSuite() {
        suite = folder.resolve("suite.json");
    }

    private Run simulate(String text, String... more) throws IOException {
        Files.writeString(suite, text);
        return run(suite, more);
    }

    private static Run run(Path suite, String... more) {
        String[] args = Arrays.copyOf(new String[] {"simulate", "--suite", suite.toString()}, 3 + more.length);
        System.arraycopy(more, 0, args, 3, more.length);
        return Run.of(args);
    }

    /** A case on {@link #ALARMS} with these members beside. */
    private static String oneCase(String id, String members) {
        return "{\"id\": \"" + id + "\", \"action\": \"mq:PUB\", \"resource\": \"" + ALARMS + "\", " + members + "}";
    }

    private static String vectors(String... cases) {
        return "{\"vectors\": [\n" + String.join(",\n", cases) + "\n]}";
    }

    @Test
    void theWholeCorpusPasses() {
        Run run = run(CORPORA.resolve("ram-vectors.json"));

        assertThat(run.out()).isEqualTo("158 passed, 0 failed\n");
        assertThat(run.exit()).isZero();
    }

    @Test
    void theCorpusOfWhatCannotBeKnownPasses() {
        Run run = run(CORPORA.resolve("unknown-vectors.json"));

        assertThat(run.out()).isEqualTo("55 passed, 0 failed\n");
        assertThat(run.exit()).isZero();
    }

    @Test
    void plantedFailuresAreShownAndNothingElse() throws IOException {
        String deny = ALLOW.replace("Allow", "Deny");
        Run run = simulate(vectors(
                oneCase("right", "\"policies\": [" + ALLOW + "], \"expected\": \"ALLOWED\""),
                oneCase("wrong allow", "\"policies\": [" + ALLOW + "], \"expected\": \"IMPLICIT_DENY\""),
                oneCase("wrong deny", "\"policies\": [" + ALLOW + ", " + deny + "], \"expected\": \"ALLOW\""),
                oneCase(
                        "wrong silence",
                        "\"policies\": [" + ALLOW.replace("alarms", "sensors")
                                + "], \"expected\": \"EXPLICIT_DENY\", \"accept\": [\"UNKNOWN\"]")));

        assertThat(run.exit()).isEqualTo(1);
        String on = ": mq:PUB on " + ALARMS + ": ";
        assertThat(run.out().lines())
                .containsExactly(
                        "FAILED wrong allow (" + suite + ":4): expected implicit deny, was allowed" + on
                                + "allowed, Allow at " + suite + ":5",
                        "FAILED wrong deny (" + suite + ":6): expected allowed, was explicit deny" + on
                                + "explicit deny, Deny at " + suite + ":8",
                        "FAILED wrong silence (" + suite + ":9): expected explicit deny or unknown, was implicit deny"
                                + on + "implicit deny, no Allow matches; the nearest is at " + suite + ":10",
                        "1 passed, 3 failed");
    }

    @Test
    void anIdWithLineBreaksStaysOnItsLine() throws IOException {
        Run run = simulate(
                vectors(oneCase("a\\n9 passed, 0 failed\\u001b", "\"policies\": [], \"expected\": \"ALLOWED\"")));

        assertThat(run.out().lines()).hasSize(2).first().asString().startsWith("FAILED a?9 passed, 0 failed? (");
    }

    @Test
    void anAcceptedOutcomePasses() throws IOException {
        Run run = simulate(
                vectors(oneCase("a", "\"policies\": [], \"expected\": \"UNKNOWN\", \"accept\": [\"IMPLICIT_DENY\"]")));

        assertThat(run.out()).isEqualTo("1 passed, 0 failed\n");
    }

    @Test
    void severalChecksAreAllowedOnlyTogether() throws IOException {
        String checks = "\"checks\": [{\"action\": \"mq:PUB\", \"resource\": \"" + ALARMS
                + "\"}, {\"action\": \"mq:SUB\", \"resource\": \"" + ALARMS + "\"}]";
        String denySub = ALLOW.replace("Allow", "Deny").replace("PUB", "SUB");
        String both = ALLOW.replace("mq:PUB", "mq:*");
        Run run = simulate("{\"compound\": ["
                + "{\"id\": \"one missing\", \"policies\": [" + ALLOW + "], " + checks
                + ", \"expected\": \"IMPLICIT_DENY\"},"
                + "{\"id\": \"one denied\", \"policies\": [" + denySub + "], " + checks
                + ", \"expected\": \"EXPLICIT_DENY\"},"
                + "{\"id\": \"both\", \"policies\": [" + both + "], " + checks + ", \"expected\": \"ALLOWED\"}]}");

        assertThat(run.out()).isEqualTo("3 passed, 0 failed\n");
    }

    @Test
    void whatIsNotListedIsAbsentAndWhatIsUnknowableMayBeAnything() throws IOException {
        String onVpc =
                ALLOW.replace("\"}]}", "\", \"Condition\": {\"StringEquals\": {\"acs:SourceVpc\": \"vpc-1\"}}}]}");
        String policies = "\"policies\": [" + onVpc + "], ";
        Run run = simulate(vectors(
                oneCase("absent", policies + "\"expected\": \"IMPLICIT_DENY\""),
                oneCase(
                        "present",
                        policies
                                + "\"context\": {\"acs:SourceVpc\": [\"vpc-2\", \"vpc-1\"]}, \"expected\": \"ALLOWED\""),
                oneCase("unknowable", policies + "\"unknowable\": [\"acs:SourceVpc\"], \"expected\": \"UNKNOWN\""),
                oneCase(
                        "another unknowable",
                        policies + "\"unknowable\": [\"acs:SourceIp\"], \"expected\": \"IMPLICIT_DENY\""),
                oneCase(
                        "unknowable, and wrong",
                        policies + "\"unknowable\": [\"acs:SourceVpc\"], \"expected\": \"ALLOWED\"")));

        assertThat(run.out().lines())
                .containsExactly(
                        "FAILED unknowable, and wrong (" + suite + ":10): expected allowed, was unknown: mq:PUB on "
                                + ALARMS
                                + ": unknown, Allow at " + suite
                                + ":11 (cannot be decided here: condition on acs:SourceVpc)",
                        "4 passed, 1 failed");
    }

    @Test
    void aKeyThatDiffersByCaseAloneFromAKnownOneIsNotAbsent() throws IOException {
        String onVpc =
                ALLOW.replace("\"}]}", "\", \"Condition\": {\"StringEquals\": {\"acs:sourcevpc\": \"vpc-1\"}}}]}");
        Run run = simulate(vectors(oneCase(
                "case",
                "\"policies\": [" + onVpc + "], \"context\": {\"acs:SourceVpc\": \"vpc-1\"},"
                        + " \"unknowable\": [\"acs:SourceIp\"], \"expected\": \"UNKNOWN\"")));

        assertThat(run.out()).isEqualTo("1 passed, 0 failed\n");
    }

    @Test
    void layersBesideTheAccountsOwnTakeAway() throws IOException {
        String policies = "\"policies\": [" + ALLOW + "], ";
        Run run = simulate(vectors(
                oneCase("controlled", policies + "\"control_policies\": [], \"expected\": \"IMPLICIT_DENY\""),
                oneCase("unread", policies + "\"unread_layers\": [\"session_policies\"], \"expected\": \"UNKNOWN\""),
                oneCase("wrong", policies + "\"session_policies\": [], \"expected\": \"ALLOWED\""),
                oneCase(
                        "possible",
                        policies + "\"expected\": \"ALLOWED\", \"possible\": [\"ALLOWED\", \"IMPLICIT_DENY\"]")));

        assertThat(run.out())
                .contains("implicit deny, not allowed by the session policy")
                .contains("FAILED possible", "expected as possible allowed and implicit deny, was allowed: mq:PUB")
                .endsWith("2 passed, 2 failed\n");
    }

    @Test
    void policiesMayStandInFilesBesideTheSuiteOrBeSystemPolicies() throws IOException {
        Files.writeString(folder.resolve("alarms.json"), "\n" + ALLOW);
        Run run = simulate(vectors(
                oneCase("file", "\"policies\": [\"alarms.json\"], \"expected\": \"ALLOWED\""),
                oneCase("wrong", "\"policies\": [\"alarms.json\"], \"expected\": \"UNKNOWN\""),
                oneCase("system", "\"policies\": [\"AliyunMQPubOnlyAccess\"], \"expected\": \"UNKNOWN\""),
                oneCase("none", "\"policies\": [\"sensors.json\"], \"expected\": \"ALLOWED\"")));

        assertThat(run.out())
                .contains("Allow at " + folder.resolve("alarms.json") + ":3")
                .contains("Allow at system policy \"AliyunMQPubOnlyAccess\", statement 1")
                .contains("Policy file [" + folder.resolve("sensors.json") + "] does not exist")
                .endsWith("1 passed, 3 failed\n");
    }

    @Test
    void aMalformedCaseFailsAloneWithItsReason() throws IOException {
        Run run = simulate(vectors(
                oneCase("right", "\"policies\": [], \"expected\": \"IMPLICIT_DENY\""),
                oneCase("a", "\"policies\": [], \"expected\": \"DENY\""),
                oneCase("b", "\"policies\": [], \"expeted\": \"IMPLICIT_DENY\""),
                oneCase("c", "\"policies\": [], \"contxt\": {}, \"expected\": \"IMPLICIT_DENY\""),
                oneCase(
                        "d",
                        "\"policies\": [\"AliyunMQFullAccess\", {\"Version\": \"2\"}], \"expected\": \"IMPLICIT_DENY\""),
                oneCase("right", "\"policies\": [], \"expected\": \"IMPLICIT_DENY\""),
                oneCase("e", "\"expected\": \"IMPLICIT_DENY\""),
                oneCase("f", "\"policies\": [], \"unread_layers\": [\"policies\"], \"expected\": \"UNKNOWN\""),
                oneCase("g", "\"policies\": [], \"expected\": \"IMPLICIT_DENY\"")
                        .replace("acs:mq", "mq"),
                oneCase("h", "\"policies\": [], \"checks\": [], \"expected\": \"IMPLICIT_DENY\""),
                "{\"id\": \"i\", \"policies\": [], \"checks\": [], \"expected\": \"IMPLICIT_DENY\"}",
                "{\"policies\": []}",
                "7",
                oneCase("k", "\"policies\": [], \"context\": {\"a\": null}, \"expected\": \"IMPLICIT_DENY\""),
                oneCase("l", "\"policies\": {}, \"expected\": \"IMPLICIT_DENY\""),
                oneCase(
                        "m",
                        "\"policies\": [], \"context\": {\"a\": \"1\"}, \"unknowable\": [\"a\"], \"expected\": \"UNKNOWN\""),
                oneCase(
                        "n",
                        "\"policies\": [], \"control_policies\": [], \"unread_layers\": [\"control_policies\"],"
                                + " \"expected\": \"UNKNOWN\""),
                oneCase("o", "\"policies\": [], \"expected\": true")));

        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.out().lines())
                .satisfiesExactly(
                        line -> assertThat(line)
                                .startsWith("FAILED a (" + suite + ":3): Suite [" + suite + "], line 3, column ")
                                .contains(
                                        "expected [DENY] is no outcome; allowed are ALLOWED (or ALLOW), EXPLICIT_DENY"),
                        line -> assertThat(line).contains("b (", "line 4, column", "unknown member [expeted]"),
                        line -> assertThat(line).contains("c (", "unknown member [contxt] of a case; allowed are"),
                        line -> assertThat(line)
                                .contains(
                                        "d (",
                                        "policies[1]], line 6, column 141 (/Version): Version [2] does not exist"),
                        line -> assertThat(line).contains("right (", "id [right] is that of the case in line 2 too"),
                        line -> assertThat(line).contains("e (", "policies is missing"),
                        line -> assertThat(line)
                                .contains("f (", "[policies] is no layer; allowed are [control_policies,"),
                        line -> assertThat(line).contains("g (", "Resource name [mq:", "is not of the form acs:"),
                        line -> assertThat(line).contains("h (", "either checks, or action and resource"),
                        line -> assertThat(line).contains("i (", "checks is empty"),
                        line -> assertThat(line).contains("without ID (", "id is missing"),
                        line -> assertThat(line)
                                .contains("without ID (", "line 14, column 1: a case must be an object"),
                        line -> assertThat(line).contains("k (", "the value of a must be a string"),
                        line -> assertThat(line).contains("l (", "policies must be an array"),
                        line -> assertThat(line).contains("m (", "key [a] is listed twice"),
                        line -> assertThat(line).contains("n (", "control_policies is both given and unread"),
                        line -> assertThat(line).contains("o (", "expected must be a string"),
                        line -> assertThat(line).isEqualTo("1 passed, 17 failed"));
    }

    @Test
    void aFileThatIsNoSuiteExitsWith65AndSaysWhere() throws IOException {
        assertBadInput(simulate("{\"vectors\": [\n  {\"id\": }]}"), "line 2, column ", "not valid JSON: ");
        assertBadInput(simulate("{\"vectors\": [],\n \"vectors\": []}"), "line 2, column ", "Duplicate");
        assertBadInput(simulate("{\"vectors\": []}"), "line 1, column 1: the suite holds no case");
        assertBadInput(simulate("{\n\"cases\": []}"), "line 2, column 10: unknown member [cases] of a suite");
        assertBadInput(simulate("[]"), "line 1, column 1: the suite must be an object");
        assertBadInput(simulate(""), "line 1, column 1: the file is empty");
        assertBadInput(simulate("{} {}"), "there is text after the end of the document");
        assertBadInput(simulate("{\"vectors\": 7}"), "line 1, column 13: vectors must be an array");
    }

    private void assertBadInput(Run run, String... reasons) {
        assertThat(run.exit()).isEqualTo(65);
        assertThat(run.out()).isEmpty();
        assertThat(run.err())
                .startsWith("Suite [" + suite + "]")
                .contains(reasons)
                .hasLineCount(1);
    }

    @Test
    void aSuiteThatCannotBeReadExitsWith65() throws IOException {
        Run missing = run(suite);
        assertThat(missing.exit()).isEqualTo(65);
        assertThat(missing.err()).isEqualTo("Suite [" + suite + "] does not exist (looked in " + folder + ")\n");

        Files.write(suite, new byte[] {'{', (byte) 0xff});
        assertThat(run(suite).exit()).isEqualTo(65);
        assertThat(run(suite).err()).isEqualTo("Suite [" + suite + "] is not text in UTF-8\n");
        assertThat(run(folder).exit()).isEqualTo(65);
        assertThat(run(folder).err()).contains("cannot be read");
    }

    @Test
    void wrongUsageExitsWith64() {
        assertThat(Run.of("simulate").exit()).isEqualTo(64);
        assertThat(Run.of("simulate").err()).contains("--suite=FILE", "Usage: apsara-mqtt simulate");
        assertThat(run(suite, "--format", "xml").exit()).isEqualTo(64);
        assertThat(run(suite, "--format", "xml").err()).contains("--format", "xml");
    }

    @Test
    void theResultForProgramsHoldsEveryCaseAndItsStatements() throws IOException {
        Run run = simulate(
                vectors(
                        oneCase("right", "\"policies\": [" + ALLOW + "], \"expected\": \"ALLOW\""),
                        oneCase("wrong", "\"policies\": [], \"expected\": \"ALLOWED\", \"accept\": [\"UNKNOWN\"]"),
                        oneCase("malformed", "\"policies\": []")),
                "--format",
                "json");

        assertThat(run.exit()).isEqualTo(1);
        JsonNode json = new ObjectMapper().readTree(run.out());
        assertThat(json.get("passed").asInt()).isEqualTo(1);
        assertThat(json.get("failed").asInt()).isEqualTo(2);
        JsonNode right = json.get("cases").get(0);
        assertThat(right.get("passed").asBoolean()).isTrue();
        assertThat(right.get("actual").asString()).isEqualTo("ALLOWED");
        assertThat(right.at("/checks/0/statements/0/file").asString()).isEqualTo(suite.toString());
        assertThat(right.at("/checks/0/statements/0/line").asInt()).isEqualTo(3);
        assertThat(right.at("/checks/0/statements/0/effect").asString()).isEqualTo("Allow");
        JsonNode wrong = json.get("cases").get(1);
        assertThat(wrong.get("expected").toString()).isEqualTo("[\"ALLOWED\",\"UNKNOWN\"]");
        assertThat(wrong.get("actual").asString()).isEqualTo("IMPLICIT_DENY");
        assertThat(wrong.get("failure").asString()).startsWith("expected allowed or unknown, was implicit deny");
        JsonNode malformed = json.get("cases").get(2);
        assertThat(malformed.has("actual")).isFalse();
        assertThat(malformed.get("failure").asString()).contains("expected is missing");
    }
}
