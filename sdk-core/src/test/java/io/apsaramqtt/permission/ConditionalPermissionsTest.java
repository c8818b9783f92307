package io.apsaramqtt.permission;

import static io.apsaramqtt.permission.Granted.allow;
import static io.apsaramqtt.permission.Granted.deny;
import static io.apsaramqtt.permission.Granted.statement;
import static org.assertj.core.api.Assertions.assertThat;

import io.apsaramqtt.mqtt.TopicFilter;
import io.apsaramqtt.mqtt.TopicName;
import io.apsaramqtt.policy.Outcome;
import io.apsaramqtt.policy.Policy;
import io.apsaramqtt.policy.PolicySet;
import io.apsaramqtt.policy.RequestContext;
import io.apsaramqtt.resource.Dialect;
import io.apsaramqtt.resource.ServiceInstance;
import io.apsaramqtt.time.ManualClock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What is known of a request, and when it is made. */
class ConditionalPermissionsTest {

    private static final TopicName ALARMS = TopicName.of("alarms");
    private static final TopicName BILLING = TopicName.of("billing");
    private static final String UNTIL_2027 =
            ",\"Condition\":{\"DateLessThan\":{\"acs:CurrentTime\":\"2027-01-01T08:00:00+08:00\"}}";
    private static final Instant LAST_MOMENT = Instant.parse("2026-12-31T23:59:59.999Z");
    private static final Instant FIRST_MOMENT = Instant.parse("2027-01-01T00:00:00Z");

    @Test
    void theTimeIsComparedAtEachDecision() {
        ManualClock clock = new ManualClock(LAST_MOMENT);
        Permissions permissions = Granted.byStatements(
                        statement("Allow", "mq:PUB", "topic/post-cn-x/alarms", UNTIL_2027),
                        allow("mq:PUB", "topic/post-cn-x/billing"))
                .at(clock)
                .permissions();
        assertThat(permissions.checkPublish(ALARMS).outcome()).isEqualTo(Outcome.ALLOWED);
        clock.moveTo(FIRST_MOMENT);
        assertThat(permissions.checkPublish(ALARMS).outcome()).isEqualTo(Outcome.IMPLICIT_DENY);
        clock.moveTo(LAST_MOMENT);
        assertThat(permissions.checkPublish(ALARMS).outcome()).isEqualTo(Outcome.ALLOWED);
    }

    @Test
    void aDenyThatBeginsIsSeenWhenItBegins() {
        ManualClock clock = new ManualClock(LAST_MOMENT);
        Permissions permissions = Granted.byStatements(
                        allow("mq:*", "*"),
                        statement(
                                "Deny",
                                "mq:SUB",
                                "topic/post-cn-x/alarms",
                                UNTIL_2027.replace("DateLessThan", "DateGreaterThanEquals")))
                .at(clock)
                .permissions();
        TopicFilter filter = TopicFilter.of("alarms/#");
        assertThat(permissions.checkSubscribe(filter).outcome()).isEqualTo(Outcome.ALLOWED);
        clock.moveTo(FIRST_MOMENT);
        assertThat(permissions.checkSubscribe(filter).outcome()).isEqualTo(Outcome.EXPLICIT_DENY);
    }

    @Test
    void onlyVerdictsThatChangeWithTimeAreNotRemembered() {
        Permissions permissions = Granted.byStatements(
                        statement("Allow", "mq:PUB", "topic/post-cn-x/alarms", UNTIL_2027),
                        allow("mq:SUB", "topic/post-cn-x/*"),
                        allow("mq:SUB", "groupId/post-cn-x/*"))
                .permissions();
        Verdict timed = permissions.checkPublish(ALARMS);
        assertThat(timed.changesWithTime()).isTrue();
        assertThat(permissions.checkPublish(ALARMS)).isNotSameAs(timed);
        Verdict untimed = permissions.checkSubscribe(TopicFilter.of("alarms"));
        assertThat(untimed.changesWithTime()).isFalse();
        assertThat(permissions.checkSubscribe(TopicFilter.of("alarms"))).isSameAs(untimed);
    }

    @Test
    void aTimeInAnotherGenerationKeepsTheVerdictFromBeingRemembered() {
        ManualClock clock = new ManualClock(LAST_MOMENT);
        Permissions permissions = Granted.byStatements(
                        allow("mq:OnsInstanceBaseInfo", "post-cn-x"),
                        allow("mq:PUB", "post-cn-x%alarms"),
                        statement(
                                "Deny",
                                "mq:PUB",
                                "topic/post-cn-x/alarms",
                                UNTIL_2027.replace("DateLessThan", "DateGreaterThanEquals")))
                .at(clock)
                .permissions();
        assertThat(permissions.checkPublish(ALARMS).outcome()).isEqualTo(Outcome.ALLOWED);
        assertThat(permissions.checkPublish(ALARMS).dialect()).isEqualTo(Dialect.MQ_2019);
        clock.moveTo(FIRST_MOMENT);
        assertThat(permissions.checkPublish(ALARMS).outcome()).isEqualTo(Outcome.EXPLICIT_DENY);
    }

    @Test
    void aTimedPrerequisiteKeepsADenyInTheWordsOfAnotherGenerationFromBeingRemembered() {
        ManualClock clock = new ManualClock(FIRST_MOMENT);
        Permissions permissions = Granted.byStatements(
                        statement("Allow", "mq:OnsInstanceBaseInfo", "post-cn-x", UNTIL_2027),
                        allow("mq:PUB", "post-cn-x%alarms"))
                .on(ServiceInstance.of("post-cn-x").withStoreInstanceId("MQ_INST_1"))
                .at(clock)
                .permissions();
        Verdict denied = permissions.checkPublish(ALARMS);
        assertThat(denied.outcome()).isEqualTo(Outcome.IMPLICIT_DENY);
        assertThat(denied.dialect()).isEqualTo(Dialect.MQ_2020);
        assertThat(denied.changesWithTime()).isTrue();
        clock.moveTo(LAST_MOMENT);
        assertThat(permissions.checkPublish(ALARMS).outcome()).isEqualTo(Outcome.ALLOWED);
    }

    @Test
    void aSessionPolicyThatEndsIsNotRememberedEither() {
        ManualClock clock = new ManualClock(LAST_MOMENT);
        PolicySet session = PolicySet.of(Policy.parse(
                "session", "{\"Version\":\"1\",\"Statement\":[" + statement("Allow", "mq:*", "*", UNTIL_2027) + "]}"));
        Permissions permissions = Granted.byStatements(allow("mq:*", "*"))
                .under(layers -> layers.withSessionPolicy(session))
                .at(clock)
                .permissions();
        assertThat(permissions.checkPublish(ALARMS).outcome()).isEqualTo(Outcome.ALLOWED);
        clock.moveTo(FIRST_MOMENT);
        assertThat(permissions.checkPublish(ALARMS).outcome()).isEqualTo(Outcome.IMPLICIT_DENY);
    }

    @Test
    void whatIsKnownOfTheRequestsDecides() {
        Granted granted = Granted.byStatements(
                statement(
                        "Allow",
                        "mq:PUB",
                        "topic/post-cn-x/alarms",
                        ",\"Condition\":{\"Bool\":{\"acs:SecureTransport\":\"true\"}}"),
                statement(
                        "Allow",
                        "mq:PUB",
                        "topic/post-cn-x/billing",
                        ",\"Condition\":{\"Bool\":{\"acs:MFAPresent\":\"true\"}}"));
        assertThat(publish(granted, ALARMS)).isEqualTo(Outcome.UNKNOWN);
        assertThat(publish(granted, BILLING)).isEqualTo(Outcome.UNKNOWN);
        Granted secure = granted.knowing(
                RequestContext.partial(Map.of("acs:SecureTransport", List.of("true")), Set.of("acs:MFAPresent")));
        assertThat(publish(secure, ALARMS)).isEqualTo(Outcome.ALLOWED);
        assertThat(publish(secure, BILLING)).isEqualTo(Outcome.IMPLICIT_DENY);
        Granted plain =
                granted.knowing(RequestContext.partial(Map.of("acs:SecureTransport", List.of("false")), Set.of()));
        assertThat(publish(plain, ALARMS)).isEqualTo(Outcome.IMPLICIT_DENY);
        assertThat(publish(plain, BILLING)).isEqualTo(Outcome.UNKNOWN);
    }

    @Test
    void aLayerThatCannotBeReadLeavesAnAllowOpenAndADenyAsItIs() {
        Granted granted = Granted.byStatements(
                        allow("mq:*", "topic/post-cn-x/alarms"), deny("mq:*", "topic/post-cn-x/billing"))
                .under(layers -> layers.withUnreadSessionPolicy("a role session does not tell it"));
        assertThat(publish(granted, ALARMS)).isEqualTo(Outcome.UNKNOWN);
        assertThat(publish(granted, BILLING).isDenied()).isTrue();
        assertThat(publish(granted, TopicName.of("orders"))).isEqualTo(Outcome.IMPLICIT_DENY);
    }

    private static Outcome publish(Granted granted, TopicName topic) {
        return granted.permissions().checkPublish(topic).outcome();
    }
}
