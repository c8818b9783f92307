package io.apsaramqtt.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SystemPoliciesTest {

    @ParameterizedTest
    @CsvSource(useHeadersInDisplayName = true, textBlock = """
            policy,                 PUB, SUB, Ons, Query, Access, List, Meta
            AliyunMQFullAccess,     y,   y,   y,   y,     y,      y,    y
            AliyunMQPubOnlyAccess,  y,   n,   y,   n,     n,      n,    n
            AliyunMQSubOnlyAccess,  n,   y,   y,   n,     n,      n,    n
            AliyunMQReadOnlyAccess, n,   n,   y,   y,     n,      y,    n
            """)
    void grantsWhatItsPageSays(
            String policy, String pub, String sub, String ons, String query, String access, String list, String meta) {
        assertGrants(policy, "mq:PUB", pub);
        assertGrants(policy, "mq:SUB", sub);
        assertGrants(policy, "mq:OnsInstanceBaseInfo", ons);
        assertGrants(policy, "mq:QueryInstanceBaseInfo", query);
        assertGrants(policy, "mq:MqttInstanceAccess", access);
        assertGrants(policy, "mq:ListMqttInstance", list);
        assertGrants(policy, "mq:MqttMetaData", meta);
    }

    private static void assertGrants(String policy, String action, String expected) {
        ResourceName resource = ResourceName.of("acs:mq:cn-hangzhou:1234567890123456:topic/post-cn-x/alarms");
        assertThat(PolicySet.of(Policy.system(policy)).decide(action, resource).outcome())
                .as("%s on %s", policy, action)
                .isEqualTo(expected.equals("y") ? Outcome.ALLOWED : Outcome.IMPLICIT_DENY);
    }

    @Test
    void anotherNameIsRefusedWithTheKnownOnes() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Policy.system("AliyunOSSFullAccess"))
                .withMessage("System policy [AliyunOSSFullAccess] is not known here; known are [AliyunMQFullAccess,"
                        + " AliyunMQPubOnlyAccess, AliyunMQSubOnlyAccess, AliyunMQReadOnlyAccess]. Give its document"
                        + " instead");
    }
}
