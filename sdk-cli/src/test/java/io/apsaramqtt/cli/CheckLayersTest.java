package io.apsaramqtt.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** The layers of policies beside the account's own. */
class CheckLayersTest {

    private static final String ALARMS = "acs:mq:*:*:topic/post-cn-x/alarms";

    @TempDir
    private Path folder;

    private String allowAlarms = "";
    private String allowEverything = "";
    private String allowNothing = "";
    private String denyPublishing = "";

    @BeforeEach
    void writeThePolicies() throws IOException {
        allowAlarms = write("alarms.json", "Allow", "mq:PUB", ALARMS);
        allowEverything = write("all.json", "Allow", "*", "*");
        allowNothing = write("nothing.json", "Allow", "mq:SUB", "acs:mq:*:*:topic/post-cn-x/other");
        denyPublishing = write("deny.json", "Deny", "mq:PUB", "*");
    }

    private String write(String name, String effect, String action, String resource) throws IOException {
        return Files.writeString(
                        folder.resolve(name),
                        "{\"Version\": \"1\", \"Statement\": [\n  {\"Effect\": \"" + effect + "\", \"Action\": \""
                                + action + "\", \"Resource\": \"" + resource + "\"}]}")
                .toString();
    }

    private String file(String name) {
        return folder.resolve(name + ".json").toString();
    }

    private static Run publish(String... options) {
        List<String> all = new ArrayList<>(List.of("check", "--instance", "post-cn-x", "--dialect", "mqtt-upgraded"));
        all.addAll(List.of(options));
        all.addAll(List.of("publish", "alarms"));
        return Run.of(all.toArray(String[]::new));
    }

    /** Control policies and a session policy only take away; a resource group is asked where the account is silent. */
    @ParameterizedTest
    @CsvSource({
        "alarms,  --control-policy,        all,     0",
        "alarms,  --control-policy,        alarms,  0",
        "alarms,  --control-policy,        nothing, 1",
        "alarms,  --control-policy,        deny,    1",
        "nothing, --control-policy,        all,     1",
        "alarms,  --session-policy,        all,     0",
        "alarms,  --session-policy,        alarms,  0",
        "alarms,  --session-policy,        nothing, 1",
        "alarms,  --session-policy,        deny,    1",
        "nothing, --session-policy,        all,     1",
        "alarms,  --resource-group-policy, nothing, 0",
        "alarms,  --resource-group-policy, deny,    0",
        "nothing, --resource-group-policy, alarms,  0",
        "nothing, --resource-group-policy, nothing, 1",
        "nothing, --resource-group-policy, deny,    1",
        "deny,    --resource-group-policy, alarms,  1",
    })
    void aLayerHasItsPlaceInTheOrder(String account, String option, String layer, int exit) {
        assertThat(publish("--policy", file(account), option, file(layer)).exit())
                .isEqualTo(exit);
        assertThat(Run.of("check", "--policy", file(account), "action", "mq:PUB", ALARMS, option, file(layer))
                        .exit())
                .isEqualTo(exit);
    }

    @Test
    void whatALayerDoesNotAllowIsToldWithItsName() {
        assertThat(publish("--policy", allowAlarms, "--control-policy", allowNothing)
                        .out())
                .contains("the control policies do not allow it")
                .contains("evidence   not allowed by the control policies, for mq:PUB on topic/post-cn-x/alarms")
                .contains("from " + allowAlarms + ", " + allowNothing + " (control policies) (fresh");
        assertThat(publish("--policy", allowAlarms, "--session-policy", allowNothing)
                        .out())
                .contains("the session policy does not allow it")
                .contains("evidence   not allowed by the session policy")
                .contains("from " + allowAlarms + ", " + allowNothing + " (session policy) (fresh");
    }

    @Test
    void theStatementOfALayerIsToldWithFileAndLine() {
        assertThat(publish("--policy", allowAlarms, "--control-policy", denyPublishing)
                        .out())
                .contains("explicit deny")
                .contains("Deny at " + denyPublishing + ":2, for mq:PUB");
        assertThat(publish("--policy", allowNothing, "--resource-group-policy", allowAlarms)
                        .out())
                .contains("Allow at " + allowAlarms + ":2, for mq:PUB")
                .contains(allowAlarms + " (resource group policies)");
    }

    @Test
    void theNearestAllowMayBeOneOfTheResourceGroup() throws IOException {
        String other = write("other.json", "Allow", "mq:PUB", "acs:mq:*:*:topic/post-cn-x/alarm");

        assertThat(publish("--policy", allowNothing, "--resource-group-policy", other)
                        .out())
                .contains("no Allow matches; the nearest is at " + other + ":2, for mq:PUB");
    }

    @Test
    void policiesOfOneLayerHoldTogetherWhereverTheyStand() {
        assertThat(publish("--policy", allowAlarms, "--control-policy", allowNothing, allowEverything)
                        .exit())
                .isZero();
        assertThat(publish(
                                "--policy",
                                allowAlarms,
                                "--control-policy",
                                allowEverything,
                                "--control-policy",
                                denyPublishing)
                        .exit())
                .isEqualTo(1);
        for (String option : List.of("--control-policy", "--resource-group-policy")) {
            Run run = Run.of(
                    "check",
                    "--policy",
                    option.equals("--control-policy") ? allowAlarms : allowNothing,
                    option,
                    denyPublishing,
                    "action",
                    "mq:PUB",
                    ALARMS,
                    option,
                    allowEverything);
            assertThat(run.exit()).as(option).isEqualTo(1);
            assertThat(run.out()).contains("Deny at " + denyPublishing + ":2");
        }
    }

    @Test
    void allLayersAtOnceAreAskedInOrder() {
        assertThat(publish(
                                "--policy",
                                allowNothing,
                                "--control-policy",
                                allowEverything,
                                "--session-policy",
                                allowAlarms,
                                "--resource-group-policy",
                                allowAlarms)
                        .exit())
                .isZero();
        assertThat(publish(
                                "--policy",
                                allowNothing,
                                "--control-policy",
                                allowEverything,
                                "--session-policy",
                                allowNothing,
                                "--resource-group-policy",
                                allowAlarms)
                        .exit())
                .isEqualTo(1);
    }

    @Test
    void aConditionOfALayerMakesTheAnswerUnknown() throws IOException {
        String conditional =
                Files.writeString(folder.resolve("conditional.json"), """
                {"Version": "1", "Statement": [
                  {"Effect": "Allow", "Action": "*", "Resource": "*",
                   "Condition": {"StringEquals": {"acs:SourceVpc": "vpc-1"}}}]}""").toString();
        for (String option : List.of("--control-policy", "--session-policy")) {
            Run run = publish("--policy", allowAlarms, option, conditional);
            assertThat(run.exit()).as(option).isEqualTo(2);
            assertThat(run.out())
                    .contains("Allow at " + conditional + ":2 (cannot be decided here: condition on acs:SourceVpc)");
            assertThat(publish("--policy", allowAlarms, option, conditional, "--absent", "acs:SourceVpc")
                            .exit())
                    .isEqualTo(1);
        }
    }

    @Test
    void programsAreToldTheLayerThatLimits() {
        Run run = publish("--policy", allowAlarms, "--session-policy", allowNothing, "--format", "json");

        assertThat(run.exit()).isEqualTo(1);
        JsonNode json = new ObjectMapper().readTree(run.out());
        assertThat(json.at("/checks/0/limitedBy").asString()).isEqualTo("session policy");
        assertThat(json.get("outcome").asString()).isEqualTo("IMPLICIT_DENY");
    }

    @ParameterizedTest
    @CsvSource({"--control-policy", "--session-policy", "--resource-group-policy"})
    void aLayerMayBeASystemPolicyAndMustBeReadable(String option) throws IOException {
        assertThat(publish("--policy", allowAlarms, option, "AliyunMQFullAccess")
                        .exit())
                .isZero();
        Run missing = publish("--policy", allowAlarms, option, file("missing"));
        assertThat(missing.exit()).isEqualTo(65);
        assertThat(missing.err()).startsWith("Policy file [" + file("missing") + "] does not exist");
        Files.writeString(folder.resolve("bad.json"), "{\"Version\": \"1\"}");
        Run bad = publish("--policy", allowAlarms, option, file("bad"));
        assertThat(bad.exit()).isEqualTo(65);
        assertThat(bad.err()).contains("Policy [" + file("bad") + "], line 1");
    }

    @Test
    void aLayerAloneIsNoPolicyOfThePrincipal() {
        Run run = publish("--control-policy", allowEverything);

        assertThat(run.exit()).isEqualTo(64);
        assertThat(run.err()).startsWith("Missing required option: '--policy=FILE");
    }

    @Test
    void theHelpTellsThatALayerIsNotInForceUnlessGiven() {
        assertThat(Run.of("check", "--help").out())
                .contains(
                        "--control-policy=FILE...",
                        "--session-policy=FILE",
                        "--resource-group-policy=FILE...",
                        "--absent=KEY",
                        "--instance-access-required",
                        "none in force");
    }
}
