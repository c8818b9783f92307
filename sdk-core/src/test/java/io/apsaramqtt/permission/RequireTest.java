package io.apsaramqtt.permission;

import static io.apsaramqtt.permission.Granted.allow;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.apsaramqtt.mqtt.InvalidMqttValueException;
import io.apsaramqtt.mqtt.TopicFilter;
import io.apsaramqtt.mqtt.TopicName;
import io.apsaramqtt.policy.Outcome;
import org.junit.jupiter.api.Test;

class RequireTest {

    @Test
    void aDenyIsThrownWithItsEvidence() {
        Permissions permissions = Granted.by().permissions();
        TopicName topic = TopicName.of("alarms/device-1");
        PermissionDeniedException e =
                catchThrowableOfType(PermissionDeniedException.class, () -> permissions.requirePublish(topic));
        assertThat(e.operation()).isEqualTo(Operation.PUBLISH);
        assertThat(e.topic()).isEqualTo("alarms/device-1");
        assertThat(e.verdict()).isSameAs(permissions.checkPublish(topic));
        assertThat(e).hasMessage(permissions.explainPublish("alarms/device-1"));
    }

    @Test
    void aDeniedSubscribeIsThrownToo() {
        Permissions permissions = Granted.by().permissions();
        TopicFilter filter = TopicFilter.of("alarms/#");
        PermissionDeniedException e =
                catchThrowableOfType(PermissionDeniedException.class, () -> permissions.requireSubscribe(filter));
        assertThat(e.operation()).isEqualTo(Operation.SUBSCRIBE);
        assertThat(e.topic()).isEqualTo("alarms/#");
        assertThat(e).hasMessage(permissions.explainSubscribe("alarms/#"));
    }

    @Test
    void onlyACertainDenyStopsACall() {
        Permissions unknown = Granted.byStatements("""
                {"Effect": "Allow", "Action": "mq:*", "Resource": "*", "Condition": {"Bool": {"a": "true"}}}""").permissions();
        assertThat(unknown.requirePublish(TopicName.of("alarms")).outcome()).isEqualTo(Outcome.UNKNOWN);
        assertThat(unknown.requireSubscribe(TopicFilter.of("alarms")).outcome()).isEqualTo(Outcome.UNKNOWN);
        Permissions allowed = Granted.byStatements(allow("mq:*", "*")).permissions();
        assertThat(allowed.requirePublish(TopicName.of("alarms")).outcome()).isEqualTo(Outcome.ALLOWED);
    }

    @Test
    void explainRefusesWhatIsNoTopic() {
        Permissions permissions = Granted.by().permissions();
        assertThat(catchThrowableOfType(InvalidMqttValueException.class, () -> permissions.explainPublish("a/#")))
                .isNotNull();
        assertThat(catchThrowableOfType(InvalidMqttValueException.class, () -> permissions.explainSubscribe("a#")))
                .isNotNull();
    }
}
