package io.apsaramqtt.permission;

import static io.apsaramqtt.permission.Granted.allow;
import static org.assertj.core.api.Assertions.assertThat;

import io.apsaramqtt.mqtt.TopicFilter;
import io.apsaramqtt.mqtt.TopicName;
import io.apsaramqtt.policy.Outcome;
import io.apsaramqtt.policy.PolicySet;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class VerdictReuseTest {

    @Test
    void oneVerdictServesEveryTopicUnderAParentTopic() {
        Permissions permissions = Granted.byStatements(allow("mq:*", "*")).permissions();
        Verdict verdict = permissions.checkPublish(TopicName.of("alarms/a"));
        assertThat(permissions.checkPublish(TopicName.of("alarms/b/c"))).isSameAs(verdict);
        assertThat(permissions.requirePublish(TopicName.of("alarms"))).isSameAs(verdict);
        Verdict subscribe = permissions.checkSubscribe(TopicFilter.of("alarms/#"));
        assertThat(permissions.requireSubscribe(TopicFilter.of("alarms/+/x"))).isSameAs(subscribe);
        assertThat(subscribe).isNotEqualTo(verdict);
        assertThat(permissions.checkPublish(TopicName.of("billing"))).isNotSameAs(verdict);
    }

    @Test
    void newPermissionsMakeNewVerdicts() {
        AtomicReference<EffectivePermissions> current = new AtomicReference<>(read(Granted.by()));
        Permissions permissions = Granted.by().permissions(() -> Objects.requireNonNull(current.get()));
        assertThat(permissions.checkPublish(TopicName.of("alarms")).outcome()).isEqualTo(Outcome.IMPLICIT_DENY);
        current.set(read(Granted.byStatements(allow("mq:*", "*"))));
        assertThat(permissions.checkPublish(TopicName.of("alarms")).outcome()).isEqualTo(Outcome.ALLOWED);
        current.set(read(Granted.by()));
        assertThat(permissions.checkPublish(TopicName.of("alarms")).outcome()).isEqualTo(Outcome.IMPLICIT_DENY);
    }

    @Test
    void namesMadeUpWithoutEndAreAnsweredAndNotKept() {
        Permissions permissions = Granted.byStatements(allow("mq:*", "*")).permissions();
        Verdict kept = permissions.checkPublish(TopicName.of("t0"));
        for (int i = 1; i < 10_000; i++) {
            permissions.checkPublish(TopicName.of("t" + i));
        }
        TopicName tooMany = TopicName.of("t10000");
        assertThat(permissions.checkPublish(tooMany).outcome()).isEqualTo(Outcome.ALLOWED);
        assertThat(permissions.checkPublish(tooMany)).isNotSameAs(permissions.checkPublish(tooMany));
        assertThat(permissions.checkPublish(TopicName.of("t0"))).isSameAs(kept);
    }

    private static EffectivePermissions read(Granted granted) {
        PolicySet policies = granted.policies();
        return EffectivePermissions.of(policies, Granted.READ_AT, "policy.json");
    }
}
