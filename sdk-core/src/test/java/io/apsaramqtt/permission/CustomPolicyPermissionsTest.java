package io.apsaramqtt.permission;

import static io.apsaramqtt.permission.Granted.allow;
import static io.apsaramqtt.permission.Granted.deny;
import static org.assertj.core.api.Assertions.assertThat;

import io.apsaramqtt.mqtt.ClientId;
import io.apsaramqtt.mqtt.TopicFilter;
import io.apsaramqtt.mqtt.TopicName;
import io.apsaramqtt.policy.Outcome;
import io.apsaramqtt.resource.Dialect;
import org.junit.jupiter.api.Test;

/** Policies as the page of the current edition writes them. */
class CustomPolicyPermissionsTest {

    private static final String INSTANCE = allow("mq:MqttInstanceAccess", "instance/post-cn-x");
    private static final String GROUP = allow("mq:SUB", "groupId/post-cn-x/GID_demo");

    @Test
    void whatIsAllowedIsAllowedBelowItsParentTopic() {
        Granted granted = Granted.byStatements(INSTANCE, allow("mq:PUB", "topic/post-cn-x/alarms"));
        assertThat(publish(granted, "alarms")).isEqualTo(Outcome.ALLOWED);
        assertThat(publish(granted, "alarms/a/b/c")).isEqualTo(Outcome.ALLOWED);
        assertThat(granted.permissions().checkPublish(TopicName.of("alarms")).dialect())
                .isEqualTo(Dialect.MQTT_UPGRADED);
    }

    @Test
    void whatNobodyAllowsIsDeniedImplicitly() {
        Granted granted = Granted.byStatements(INSTANCE, allow("mq:PUB", "topic/post-cn-x/alarms"));
        assertThat(publish(granted, "billing/x")).isEqualTo(Outcome.IMPLICIT_DENY);
        assertThat(subscribe(granted, "alarms/#")).isEqualTo(Outcome.IMPLICIT_DENY);
    }

    @Test
    void aDenyBeatsAnAllow() {
        Granted granted = Granted.byStatements(INSTANCE, allow("mq:*", "*"), deny("mq:PUB", "topic/post-cn-x/alarms"));
        assertThat(publish(granted, "alarms/x")).isEqualTo(Outcome.EXPLICIT_DENY);
        assertThat(publish(granted, "billing/x")).isEqualTo(Outcome.ALLOWED);
        assertThat(subscribe(granted, "alarms/x")).isEqualTo(Outcome.ALLOWED);
    }

    @Test
    void aSubscribeNeedsTopicAndGroup() {
        String topic = allow("mq:SUB", "topic/post-cn-x/alarms");
        assertThat(subscribe(Granted.byStatements(topic, GROUP), "alarms/#")).isEqualTo(Outcome.ALLOWED);
        assertThat(subscribe(Granted.byStatements(topic), "alarms/#")).isEqualTo(Outcome.IMPLICIT_DENY);
        assertThat(subscribe(Granted.byStatements(GROUP), "alarms/#")).isEqualTo(Outcome.IMPLICIT_DENY);
        assertThat(subscribe(
                        Granted.byStatements(topic, GROUP, deny("mq:SUB", "groupId/post-cn-x/GID_demo")), "alarms/#"))
                .isEqualTo(Outcome.EXPLICIT_DENY);
    }

    @Test
    void aMissingInstanceAccessDeniesOnlyWhereItIsRequired() {
        Granted granted = Granted.byStatements(allow("mq:PUB", "topic/post-cn-x/alarms"));
        assertThat(publish(granted, "alarms")).isEqualTo(Outcome.ALLOWED);
        assertThat(publish(granted.withInstanceAccessRequired(), "alarms")).isEqualTo(Outcome.IMPLICIT_DENY);
    }

    @Test
    void aDeniedInstanceAccessDeniesInAnyCase() {
        Granted granted = Granted.byStatements(allow("mq:*", "*"), deny("mq:MqttInstanceAccess", "instance/post-cn-x"));
        assertThat(publish(granted, "alarms")).isEqualTo(Outcome.EXPLICIT_DENY);
        assertThat(publish(granted.withInstanceAccessRequired(), "alarms")).isEqualTo(Outcome.EXPLICIT_DENY);
    }

    @Test
    void aP2pTopicIsGrantedByItsParentTopic() {
        Granted granted = Granted.byStatements(allow("mq:PUB", "topic/post-cn-x/alarms"));
        ClientId other = ClientId.of("GID_demo", "device-2");
        assertThat(publish(granted, TopicName.p2p("alarms", other).value())).isEqualTo(Outcome.ALLOWED);
        assertThat(publish(granted, TopicName.p2p("billing", other).value())).isEqualTo(Outcome.IMPLICIT_DENY);
    }

    @Test
    void aSharedSubscriptionIsJudgedByTheFilterWithin() {
        Granted granted = Granted.byStatements(allow("mq:SUB", "topic/post-cn-x/alarms"), GROUP);
        assertThat(subscribe(granted, "$share/workers/alarms/#")).isEqualTo(Outcome.ALLOWED);
        assertThat(subscribe(granted, "$share/workers/billing/#")).isEqualTo(Outcome.IMPLICIT_DENY);
    }

    private static Outcome publish(Granted granted, String topic) {
        return granted.permissions().checkPublish(TopicName.of(topic)).outcome();
    }

    private static Outcome subscribe(Granted granted, String filter) {
        return granted.permissions().checkSubscribe(TopicFilter.of(filter)).outcome();
    }
}
