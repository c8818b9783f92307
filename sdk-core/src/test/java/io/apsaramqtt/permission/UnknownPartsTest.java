package io.apsaramqtt.permission;

import static io.apsaramqtt.permission.Granted.allow;
import static io.apsaramqtt.permission.Granted.deny;
import static io.apsaramqtt.permission.Granted.statement;
import static org.assertj.core.api.Assertions.assertThat;

import io.apsaramqtt.mqtt.TopicFilter;
import io.apsaramqtt.mqtt.TopicName;
import io.apsaramqtt.policy.Outcome;
import io.apsaramqtt.policy.Policy;
import io.apsaramqtt.resource.Dialect;
import io.apsaramqtt.resource.ServiceInstance;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class UnknownPartsTest {

    private static final String CONDITION = ",\"Condition\":{\"Bool\":{\"acs:SecureTransport\":\"true\"}}";
    private static final ServiceInstance HANGZHOU =
            ServiceInstance.of("post-cn-x").withRegionId("cn-hangzhou");

    @Test
    void aPatternWithARegionIsUnknownUntilTheRegionIsKnown() {
        Granted granted = Granted.byStatements("""
                {"Effect": "Allow", "Action": "mq:PUB", "Resource": "acs:mq:cn-hangzhou:*:topic/post-cn-x/alarms"}""");
        assertThat(publish(granted, "alarms")).isEqualTo(Outcome.UNKNOWN);
        assertThat(publish(granted, "billing")).isEqualTo(Outcome.IMPLICIT_DENY);
        assertThat(publish(granted.on(HANGZHOU), "alarms")).isEqualTo(Outcome.ALLOWED);
        assertThat(publish(granted.on(HANGZHOU.withRegionId("cn-shanghai")), "alarms"))
                .isEqualTo(Outcome.IMPLICIT_DENY);
    }

    @Test
    void aPatternWithAnAccountIsUnknownUntilTheAccountIsKnown() {
        Granted granted = Granted.byStatements("""
                {"Effect": "Allow", "Action": "mq:PUB", "Resource": "acs:mq:*:1234567890123456:topic/post-cn-x/alarms"}""");
        assertThat(publish(granted, "alarms")).isEqualTo(Outcome.UNKNOWN);
        assertThat(publish(granted.on(HANGZHOU.withAccountId("1234567890123456")), "alarms"))
                .isEqualTo(Outcome.ALLOWED);
        assertThat(publish(granted.on(HANGZHOU.withAccountId("6543210987654321")), "alarms"))
                .isEqualTo(Outcome.IMPLICIT_DENY);
    }

    @Test
    void anUnknownStoreInstanceIsUnknownOnlyWhereAPolicyNamesTheTopicUnderOne() {
        Granted granted = Granted.byStatements(
                        allow("mq:MqttInstanceAccess", "post-cn-x"), allow("mq:PUB", "MQ_INST_1%alarms"))
                .in(Dialect.MQTT_PREVIOUS);
        assertThat(publish(granted, "alarms")).isEqualTo(Outcome.UNKNOWN);
        assertThat(publish(granted, "billing")).isEqualTo(Outcome.IMPLICIT_DENY);
        assertThat(publish(granted.on(HANGZHOU.withStoreInstanceId("MQ_INST_1")), "alarms"))
                .isEqualTo(Outcome.ALLOWED);
        assertThat(publish(granted.on(HANGZHOU.withStoreInstanceId("MQ_INST_2")), "alarms"))
                .isEqualTo(Outcome.IMPLICIT_DENY);
    }

    @Test
    void anUnknownGroupIsUnknownOnlyWhereAPolicyNamesOne() {
        String topic = allow("mq:SUB", "topic/post-cn-x/alarms");
        Granted one = Granted.byStatements(topic, allow("mq:SUB", "groupId/post-cn-x/GID_demo"));
        assertThat(subscribe(one.withoutGroup(), "alarms")).isEqualTo(Outcome.UNKNOWN);
        Granted all = Granted.byStatements(topic, allow("mq:SUB", "groupId/post-cn-x/*"));
        assertThat(subscribe(all.withoutGroup(), "alarms")).isEqualTo(Outcome.ALLOWED);
        assertThat(subscribe(Granted.byStatements(topic).withoutGroup(), "alarms"))
                .isEqualTo(Outcome.IMPLICIT_DENY);
    }

    @ParameterizedTest
    @EnumSource
    void aWildcardInTheFirstLevelStandsForAnyParentTopic(FirstLevel wildcard) {
        String group = allow("mq:SUB", "groupId/post-cn-x/GID_demo");
        Granted one = Granted.byStatements(group, allow("mq:SUB", "topic/post-cn-x/alarms"));
        assertThat(subscribe(one, wildcard.filter)).isEqualTo(Outcome.UNKNOWN);
        Granted all = Granted.byStatements(group, allow("mq:SUB", "topic/post-cn-x/*"));
        assertThat(subscribe(all, wildcard.filter)).isEqualTo(Outcome.ALLOWED);
        Granted none = Granted.byStatements(group);
        assertThat(subscribe(none, wildcard.filter)).isEqualTo(Outcome.IMPLICIT_DENY);
        Granted allButOne =
                Granted.byStatements(group, allow("mq:SUB", "*"), deny("mq:SUB", "topic/post-cn-x/billing"));
        assertThat(subscribe(allButOne, wildcard.filter)).isEqualTo(Outcome.UNKNOWN);
    }

    enum FirstLevel {
        HASH("#"),
        PLUS("+/x"),
        SHARED("$share/workers/+/x");

        private final String filter;

        FirstLevel(String filter) {
            this.filter = filter;
        }
    }

    @Test
    void aConditionalAllowIsUnknown() {
        Granted granted = Granted.byStatements(statement("Allow", "mq:PUB", "topic/post-cn-x/alarms", CONDITION));
        assertThat(publish(granted, "alarms")).isEqualTo(Outcome.UNKNOWN);
        assertThat(publish(granted, "billing")).isEqualTo(Outcome.IMPLICIT_DENY);
    }

    @Test
    void aConditionalDenyOfOneGenerationIsNotOverlookedBecauseAnotherAllows() {
        Granted granted = fullAccessAnd(statement("Deny", "mq:PUB", "topic/post-cn-x/alarms", CONDITION));
        assertThat(publish(granted, "alarms")).isEqualTo(Outcome.UNKNOWN);
        assertThat(publish(granted, "billing")).isEqualTo(Outcome.ALLOWED);
        assertThat(granted.permissions().explainPublish("alarms"))
                .contains(
                        "policy \"deny\", statement 1 cannot be decided here (condition on acs:SecureTransport); the broker decides");
    }

    @Test
    void aDenyInOneRegionIsNotOverlookedWhileTheRegionIsUnknown() {
        Granted granted = fullAccessAnd("""
                {"Effect": "Deny", "Action": "mq:PUB", "Resource": "acs:mq:cn-shanghai:*:topic/post-cn-x/alarms"}""");
        assertThat(publish(granted, "alarms")).isEqualTo(Outcome.UNKNOWN);
        assertThat(publish(granted.on(HANGZHOU), "alarms")).isEqualTo(Outcome.ALLOWED);
        assertThat(publish(granted.on(HANGZHOU.withRegionId("cn-shanghai")), "alarms"))
                .isEqualTo(Outcome.EXPLICIT_DENY);
    }

    @Test
    void aDenyUnderAStoreInstanceIsNotOverlookedWhileThatIsUnknown() {
        Granted granted = fullAccessAnd(deny("mq:PUB", "MQ_INST_1%alarms"));
        assertThat(publish(granted, "alarms")).isEqualTo(Outcome.UNKNOWN);
        assertThat(publish(granted.in(Dialect.MQTT_UPGRADED), "alarms")).isEqualTo(Outcome.ALLOWED);
    }

    @Test
    void aConditionalDenyInAGenerationThatGrantsNothingIsNotOverlookedEither() {
        Granted granted = Granted.byStatements(
                allow("mq:OnsInstanceBaseInfo", "post-cn-x"),
                allow("mq:PUB", "post-cn-x%alarms"),
                statement("Deny", "mq:PUB", "topic/post-cn-x/alarms", CONDITION));
        assertThat(publish(granted, "alarms")).isEqualTo(Outcome.UNKNOWN);
        assertThat(granted.permissions().explainPublish("alarms"))
                .contains(
                        "unknown: policy \"p3\", statement 1 cannot be decided here (condition on acs:SecureTransport)");
    }

    @Test
    void aConditionalDenyOfInstanceAccessIsUnknown() {
        Granted granted = fullAccessAnd(statement("Deny", "mq:MqttInstanceAccess", "instance/post-cn-x", CONDITION));
        assertThat(publish(granted, "alarms")).isEqualTo(Outcome.UNKNOWN);
    }

    @Test
    void anOpenQuestionInOneGenerationIsNotClosedByWhatAnotherLacks() {
        Granted granted = Granted.byStatements(
                statement("Allow", "mq:PUB", "topic/post-cn-x/alarms", CONDITION), allow("mq:PUB", "post-cn-x%alarms"));
        assertThat(publish(granted, "alarms")).isEqualTo(Outcome.UNKNOWN);
    }

    @Test
    void whatWasNeverReadIsUnknown() {
        EffectivePermissions nothing = EffectivePermissions.unknown("nobody told", Granted.READ_AT, "nowhere");
        Permissions permissions = Granted.by().permissions(() -> nothing);
        assertThat(permissions.checkPublish(TopicName.of("alarms")).outcome()).isEqualTo(Outcome.UNKNOWN);
        assertThat(permissions.checkSubscribe(TopicFilter.of("alarms")).outcome())
                .isEqualTo(Outcome.UNKNOWN);
    }

    private static Granted fullAccessAnd(String statement) {
        return Granted.by(
                Policy.system("AliyunMQFullAccess"),
                Policy.parse("deny", "{\"Version\":\"1\",\"Statement\":[" + statement + "]}"));
    }

    private static Outcome publish(Granted granted, String topic) {
        return granted.permissions().checkPublish(TopicName.of(topic)).outcome();
    }

    private static Outcome subscribe(Granted granted, String filter) {
        return granted.permissions().checkSubscribe(TopicFilter.of(filter)).outcome();
    }
}
