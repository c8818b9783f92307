package io.apsaramqtt.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.apsaramqtt.resource.Dialect;
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

class CheckCommandTest {

    private static final String ALARMS = "acs:mq:*:*:topic/post-cn-x/alarms";

    @TempDir
    private Path folder;

    private Path policy;

    @BeforeEach
    void writeThePolicy() throws IOException {
        policy = write("policy.json", """
                {"Version": "1", "Statement": [
                  // the gateway's own topic
                  {"Effect": "Allow", "Action": ["mq:PUB", "mq:SUB"], "Resource": "acs:mq:*:*:topic/post-cn-x/alarms"},
                  {"Effect": "Allow", "Action": "mq:SUB", "Resource": "acs:mq:*:*:groupId/post-cn-x/GID_demo"},
                  {"Effect": "Allow", "Action": "mq:MqttInstanceAccess", "Resource": "acs:mq:*:*:instance/post-cn-x"},
                  {"Effect": "Deny", "Action": "mq:SUB", "Resource": "*",
                   "Condition": {"NotIpAddress": {"acs:SourceIp": "10.0.0.0/8"}}}
                ]}
                """);
    }

    private Path write(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    private Run check(String... args) {
        List<String> all = new ArrayList<>(
                List.of("check", "--policy", policy.toString(), "--instance", "post-cn-x", "--group", "GID_demo"));
        all.addAll(List.of(args));
        return Run.of(all.toArray(String[]::new));
    }

    /** Asks a policy of one statement that has this condition. */
    private Run underCondition(String condition, String... args) throws IOException {
        policy = write("condition.json", """
                {"Version": "1", "Statement": [
                  {"Effect": "Allow", "Action": "*", "Resource": "*", "Condition": %s}]}""".formatted(condition));
        return check(args);
    }

    @Test
    void anAllowedPublishExitsWith0AndNamesTheLines() {
        Run run = check("publish", "alarms/device-1");

        assertThat(run.exit()).isZero();
        assertThat(run.out()).isEqualTo("""
                Permitted: publish to 'alarms/device-1' (mq:PUB on topic/post-cn-x/alarms)
                  outcome    allowed by policy "FILE", statement 1
                  principal  not known by name
                  read at    2026-11-21T16:00:00Z from FILE (fresh, 0 s old)
                  evidence   Allow at FILE:3, for mq:PUB on topic/post-cn-x/alarms
                             Allow at FILE:5, for mq:MqttInstanceAccess on instance/post-cn-x
                """.replace("FILE", policy.toString()));
    }

    @Test
    void anImplicitlyDeniedPublishExitsWith1AndNamesTheNearestAllow() {
        Run run = check("publish", "sensors");

        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.out())
                .startsWith("Not permitted: publish to 'sensors'")
                .contains("to allow   {\"Effect\":\"Allow\",\"Action\":\"mq:PUB\"")
                .endsWith("  evidence   no Allow matches; the nearest is at " + policy + ":3, for mq:PUB on"
                        + " topic/post-cn-x/sensors\n");
    }

    @Test
    void anExplicitDenyExitsWith1AndNamesTheDeny() {
        Run run = check("--context", "acs:SourceIp=192.0.2.1", "subscribe", "alarms/#");

        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.out())
                .contains("explicit deny by policy")
                .contains("  evidence   Deny at " + policy + ":6, for mq:SUB on topic/post-cn-x/alarms\n");
    }

    @Test
    void whatDependsOnAnUnknownKeyExitsWith2AndSaysOnWhich() {
        Run run = check("subscribe", "alarms/#");

        assertThat(run.exit()).isEqualTo(2);
        assertThat(run.out())
                .startsWith("Not known: subscribe to 'alarms/#'")
                .contains("Deny at " + policy + ":6 (cannot be decided here: condition on acs:SourceIp)");
    }

    @Test
    void aGivenKeyDecidesWhatWasUnknown() {
        assertThat(check("--context", "acs:SourceIp=10.0.0.1", "subscribe", "alarms/#")
                        .exit())
                .isZero();
    }

    @Test
    void severalPoliciesHoldTogether() throws IOException {
        Path deny = write("deny.json", """
                {"policies": [{"name": "no-alarms", "document": {"Version": "1", "Statement": [
                  {"Effect": "Deny", "Action": "mq:PUB", "Resource": "acs:mq:*:*:topic/post-cn-x/alarms"}]}},
                  {"name": "AliyunMQReadOnlyAccess"}]}""");
        Run behind = check("publish", "alarms", "--policy", deny.toString());
        assertThat(behind.exit()).isEqualTo(1);
        assertThat(behind.out())
                .contains("explicit deny by policy \"no-alarms\", statement 1")
                .contains("Deny at " + deny + ":2, for");
        assertThat(behind.out()).contains("from " + policy + ", " + deny);
        Run inOneOption = Run.of(
                "check",
                "--policy",
                policy.toString(),
                deny.toString(),
                "--instance",
                "post-cn-x",
                "publish",
                "alarms");
        assertThat(inOneOption).isEqualTo(behind);
    }

    @Test
    void aKeyIsAbsentWhereItIsSaidToBe() throws IOException {
        assertThat(check("--absent", "acs:SourceIp", "subscribe", "alarms/#").exit())
                .as("the negated operator of the Deny is met")
                .isEqualTo(1);
        assertThat(check("action", "mq:SUB", ALARMS, "--absent", "acs:SourceIp").exit())
                .isEqualTo(1);

        String vpc = "{\"StringEquals\": {\"acs:SourceVpc\": \"vpc-1\"}}";
        assertThat(underCondition(vpc, "publish", "alarms").exit()).isEqualTo(2);
        assertThat(underCondition(vpc, "publish", "alarms", "--absent", "acs:SourceVpc")
                        .exit())
                .isEqualTo(1);
        assertThat(underCondition(vpc, "--absent", "acs:SourceIp", "publish", "alarms", "--absent", "acs:SourceVpc")
                        .exit())
                .as("both sides of the operation")
                .isEqualTo(1);
        assertThat(underCondition(vpc, "publish", "alarms", "--absent", "acs:sourcevpc")
                        .exit())
                .as("no page says whether case makes another key")
                .isEqualTo(2);
    }

    @Test
    void whatIsKnownWithoutBeingToldCanBeSaidToBeAbsent() throws IOException {
        String secure = "{\"Bool\": {\"acs:SecureTransport\": \"true\"}}";

        assertThat(underCondition(secure, "publish", "alarms").exit()).isZero();
        assertThat(underCondition(secure, "--absent", "acs:SecureTransport", "publish", "alarms")
                        .exit())
                .isEqualTo(1);
        assertThat(underCondition(
                                "{\"Bool\": {\"acs:MFAPresent\": \"false\"}}",
                                "--absent",
                                "acs:MFAPresent",
                                "publish",
                                "alarms")
                        .exit())
                .isEqualTo(1);
    }

    @Test
    void aMissingInstanceAccessDeniesWhereItIsRequired() {
        policy = Path.of("AliyunMQPubOnlyAccess");
        Run noted = check("--dialect", "mqtt-upgraded", "publish", "alarms");
        assertThat(noted.exit()).isZero();
        assertThat(noted.out()).contains("  note       mq:MqttInstanceAccess on instance/post-cn-x is missing");

        Run denied = check("--dialect", "mqtt-upgraded", "--instance-access-required", "publish", "alarms");
        assertThat(denied.exit()).isEqualTo(1);
        assertThat(denied.out())
                .contains("(mq:MqttInstanceAccess on instance/post-cn-x)")
                .contains("evidence   no Allow matches, for mq:MqttInstanceAccess on instance/post-cn-x");
        assertThat(check("--dialect", "mqtt-upgraded", "publish", "alarms", "--instance-access-required"))
                .isEqualTo(denied);
    }

    @Test
    void aGrantedInstanceAccessIsEnoughWhereItIsRequired() {
        assertThat(check("--instance-access-required", "publish", "alarms").exit())
                .isZero();
    }

    @Test
    void theNameOfASystemPolicyStandsForIt() {
        Run run = Run.of("check", "--policy", "AliyunMQPubOnlyAccess", "--instance", "post-cn-x", "publish", "alarms");

        assertThat(run.exit()).isZero();
        assertThat(run.out()).contains("evidence   Allow at system policy \"AliyunMQPubOnlyAccess\", statement 1, for");
        assertThat(Run.of("check", "--policy", "AliyunMQSubOnlyAccess", "--instance", "post-cn-x", "publish", "alarms")
                        .exit())
                .isEqualTo(1);
    }

    @Test
    void aSystemPolicyThatASetNamesStandsInNoFile() throws IOException {
        policy = write("set.json", "{\"policies\": [{\"name\": \"AliyunMQPubOnlyAccess\"}]}");

        assertThat(check("publish", "alarms").out())
                .contains("evidence   Allow at system policy \"AliyunMQPubOnlyAccess\", statement 1, for");
    }

    @Test
    void theEvidenceOfADenyLeavesOutWhatTheClientMayDoWithout() {
        policy = Path.of("AliyunMQSubOnlyAccess");
        Run run = check("--dialect", "mqtt-upgraded", "publish", "alarms");

        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.out())
                .contains("evidence   no Allow matches, for mq:PUB on topic/post-cn-x/alarms")
                .doesNotContain("for mq:MqttInstanceAccess on");
    }

    @Test
    void anUndecidedDenyOfWhatTheClientMayDoWithoutIsEvidence() throws IOException {
        policy = write("advised.json", """
                {"Version": "1", "Statement": [
                  {"Effect": "Allow", "Action": "mq:PUB", "Resource": "acs:mq:*:*:topic/post-cn-x/alarms"},
                  {"Effect": "Deny", "Action": "mq:MqttInstanceAccess", "Resource": "*",
                   "Condition": {"StringEquals": {"acs:SourceVpc": "vpc-1"}}}]}""");
        Run run = check("publish", "alarms");

        assertThat(run.exit()).isEqualTo(2);
        assertThat(run.out())
                .contains("evidence   Deny at " + policy + ":3 (cannot be decided here: condition on acs:SourceVpc)");
    }

    @Test
    void anyActionCanBeAskedFor() {
        Run allowed = check("action", "mq:PUB", ALARMS);
        assertThat(allowed.exit()).isZero();
        assertThat(allowed.out())
                .isEqualTo("Permitted: mq:PUB on " + ALARMS + "\n  outcome    allowed\n" + "  evidence   Allow at "
                        + policy + ":3\n");
        assertThat(check("action", "mq:OnsTopicCreate", ALARMS).exit()).isEqualTo(1);
        assertThat(check("action", "mq:SUB", ALARMS).exit()).isEqualTo(2);
    }

    @Test
    void aStarForRegionOrAccountIsWhatIsGivenElseUnknown() throws IOException {
        policy = write("region.json", """
                {"Version": "1", "Statement": [
                  {"Effect": "Allow", "Action": "mq:PUB", "Resource": "acs:mq:cn-hangzhou:123:*"}]}""");
        assertThat(check("action", "mq:PUB", ALARMS).exit()).isEqualTo(2);
        assertThat(check("action", "mq:PUB", ALARMS).out()).contains("part of the resource name is not known");
        assertThat(check("--region", "cn-hangzhou", "action", "mq:PUB", ALARMS).exit())
                .isEqualTo(2);
        assertThat(check("--region", "cn-hangzhou", "--account", "123", "action", "mq:PUB", ALARMS)
                        .exit())
                .isZero();
        assertThat(check("--region", "cn-beijing", "action", "mq:PUB", ALARMS).exit())
                .isEqualTo(1);
        assertThat(check("--region", "cn-hangzhou", "--account", "123", "publish", "a")
                        .exit())
                .isZero();
        assertThat(check("--region", "cn-beijing", "--account", "123", "publish", "a")
                        .exit())
                .isEqualTo(1);
    }

    @Test
    void storeInstanceAndDialectSayHowPoliciesNameTopics() throws IOException {
        policy = write("previous.json", """
                {"Version": "1", "Statement": [
                  {"Effect": "Allow", "Action": "mq:PUB", "Resource": "acs:mq:*:*:MQ_INST_1%alarms"}]}""");
        assertThat(check("publish", "alarms").exit()).isEqualTo(2);
        assertThat(check("--store-instance", "MQ_INST_1", "publish", "alarms").exit())
                .isZero();
        assertThat(check("--store-instance", "MQ_INST_2", "publish", "alarms").exit())
                .isEqualTo(1);
        assertThat(check("--dialect", "mqtt-upgraded", "--store-instance", "MQ_INST_1", "publish", "alarms")
                        .exit())
                .isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    {"Bool": {"acs:SecureTransport": "true"}}                          |                                            | 0
                    {"Bool": {"acs:SecureTransport": "true"}}                          | acs:SecureTransport=false                  | 1
                    {"Bool": {"acs:MFAPresent": "true"}}                               |                                            | 1
                    {"Bool": {"acs:MFAPresent": "true"}}                               | acs:MFAPresent=true                        | 0
                    {"DateLessThan": {"acs:CurrentTime": "2026-11-21T16:00:01Z"}}      |                                            | 0
                    {"DateLessThan": {"acs:CurrentTime": "2026-11-21T16:00:00Z"}}      |                                            | 1
                    {"DateLessThan": {"acs:CurrentTime": "2026-11-21T16:00:00Z"}}      | acs:CurrentTime=2026-11-21T23:59:59+08:00  | 0
                    {"StringEquals": {"acs:SourceVpc": "vpc-1"}}                       |                                            | 2
                    {"StringEquals": {"acs:SourceVpc": "vpc=1"}}                       | acs:SourceVpc=vpc=1                        | 0
                    """)
    void whatIsKnownOfARequestWithoutBeingTold(String condition, String context, int exit) throws IOException {
        String[] publish = context == null
                ? new String[] {"publish", "alarms"}
                : new String[] {"--context", context, "publish", "alarms"};
        String[] action = context == null
                ? new String[] {"action", "mq:PUB", ALARMS}
                : new String[] {"--context", context, "action", "mq:PUB", ALARMS};
        assertThat(underCondition(condition, publish).exit()).isEqualTo(exit);
        assertThat(underCondition(condition, action).exit()).isEqualTo(exit);
    }

    @Test
    void aKeyGivenTwiceHasTwoValues() throws IOException {
        String condition = "{\"StringEquals\": {\"acs:SourceVpc\": \"vpc-1\"}}";

        assertThat(underCondition(
                                condition,
                                "--context",
                                "acs:SourceVpc=vpc-1",
                                "--context",
                                "acs:SourceVpc=vpc-2",
                                "publish",
                                "a")
                        .exit())
                .isZero();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    publish /alarms            | begins with '/'
                    publish alarms/#           | contains the wildcard '#'
                    publish al.arms            | letters, digits, '-' and '_'
                    subscribe #                | has a wildcard in its first level
                    subscribe $share/g/alarms  | is a shared subscription
                    subscribe alarms/#/a       | must be the whole last level
                    action mq:PUB topic/alarms | is not of the form acs:<service>:
                    --context nothing publish a                       | Context [nothing] is not KEY=VALUE
                    --context acs:CurrentTime=noon publish a          | acs:CurrentTime [noon] is no time in ISO 8601
                    --dialect mqtt publish a   | [mqtt] is no dialect; allowed are AUTO, MQTT_UPGRADED
                    --instance=x publish a     | option '--instance' (ID) should be specified only once
                    publish                    | Missing required parameter: 'TOPIC'
                    publish a b                | Unmatched argument at index
                    --region cn-hangzhou       | Missing required subcommand
                    publish a --instance y     | option '--instance' should be specified only once, before the operation or behind it
                    --format text publish a --format json | option '--format' should be specified only once
                    --context acs:SourceIp=10.0.0.1 --absent acs:SourceIp publish a | Condition key [acs:SourceIp] is given as present and as absent; remove it from --context or from --absent
                    --absent acs:sourceip publish a --context acs:SourceIp=10.0.0.1 | Condition key [acs:sourceip] is given as present and as absent
                    --absent acs:SourceIp=10.0.0.1 publish a | Absent key [acs:SourceIp=10.0.0.1] is no condition key; write the key alone
                    --absent= publish a        | Absent key [] is no condition key
                    --absent acs:CurrentTime publish a | Absent key [acs:CurrentTime] is part of every request
                    publish a --absent         | Missing required parameter for option '--absent' (KEY)
                    publish a --control-policy | Missing required parameter for option '--control-policy'
                    publish a --session-policy | Missing required parameter for option '--session-policy' (FILE)
                    publish a --resource-group-policy | Missing required parameter for option '--resource-group-policy'
                    publish a --session-policy x --session-policy y | option '--session-policy' (FILE) should be specified only once
                    --session-policy x publish a --session-policy y | option '--session-policy' should be specified only once, before
                    --instance-access-required=maybe publish a | is not a boolean
                    """)
    void wrongUsageExitsWith64AndTheReasonOnTheFirstLine(String args, String reason) {
        Run run = check(args.split(" "));

        assertThat(run.exit()).isEqualTo(64);
        assertThat(run.out()).isEmpty();
        assertThat(run.err().lines().findFirst()).get().asString().contains(reason);
        assertThat(run.err()).contains("Try 'apsara-mqtt check");
    }

    @Test
    void aPolicyAndForTopicsAnInstanceAreRequired() {
        Run withoutInstance = Run.of("check", "--policy", policy.toString(), "publish", "alarms");
        assertThat(withoutInstance.exit()).isEqualTo(64);
        assertThat(withoutInstance.err()).startsWith("Missing required option: '--instance=ID'");
        Run withoutPolicy = Run.of("check", "--instance", "post-cn-x", "publish", "alarms");
        assertThat(withoutPolicy.exit()).isEqualTo(64);
        assertThat(withoutPolicy.err()).startsWith("Missing required option: '--policy=FILE'");
        Run blank = Run.of("check", "--policy", policy.toString(), "--instance", " ", "publish", "alarms");
        assertThat(blank.exit()).isEqualTo(64);
        assertThat(blank.err()).startsWith("Instance ID is empty");
        assertThat(Run.of("check", "--policy", policy.toString(), "action", "mq:PUB", ALARMS)
                        .exit())
                .isZero();
    }

    @Test
    void aMalformedPolicyExitsWith65WithLineColumnAndPointer() throws IOException {
        policy = write("bad.json", "{\"Version\": \"1\", \"Statement\": [\n  {\"Effect\": \"allow\"}]}");
        Run run = check("publish", "alarms");

        assertThat(run.exit()).isEqualTo(65);
        assertThat(run.out()).isEmpty();
        assertThat(run.err())
                .startsWith("Policy [" + policy + "], line 2, column 14 (/Statement/0/Effect): Effect [allow]")
                .hasLineCount(1);
    }

    @Test
    void aPolicyThatCannotBeReadExitsWith65() {
        policy = folder.resolve("none.json");
        Run run = check("publish", "alarms");

        assertThat(run.exit()).isEqualTo(65);
        assertThat(run.err()).isEqualTo("Policy file [" + policy + "] does not exist (looked in " + folder + ")\n");
    }

    @Test
    void theAnswerForProgramsHoldsOutcomePartsAndPlaces() {
        Run run = check("subscribe", "alarms/#", "--format", "json");

        assertThat(run.exit()).isEqualTo(2);
        JsonNode json = new ObjectMapper().readTree(run.out());
        assertThat(json.get("operation").asString()).isEqualTo("subscribe");
        assertThat(json.get("subject").asString()).isEqualTo("alarms/#");
        assertThat(json.get("outcome").asString()).isEqualTo("UNKNOWN");
        assertThat(json.get("dialect").asString()).isEqualTo("MQTT_UPGRADED");
        assertThat(json.at("/checks/0/possible").toString()).isEqualTo("[\"ALLOWED\",\"EXPLICIT_DENY\"]");
        assertThat(json.at("/checks/0/statements/0/line").asInt()).isEqualTo(6);
        assertThat(json.at("/checks/0/statements/0/file").asString()).isEqualTo(policy.toString());
        assertThat(json.at("/checks/2/required").asBoolean()).isFalse();
        assertThat(json.get("explanation").asString()).startsWith("Not known: subscribe to 'alarms/#'");
    }

    @Test
    void theHelpNamesEveryDialect() {
        String help = Run.of("check", "--help").out();

        for (Dialect dialect : Dialect.values()) {
            assertThat(help).contains(dialect.name());
        }
    }
}
