package io.apsaramqtt.advice;

import static io.apsaramqtt.advice.Drafts.allow;
import static io.apsaramqtt.advice.Drafts.deny;
import static org.assertj.core.api.Assertions.assertThat;

import io.apsaramqtt.advice.Finding.Rule;
import io.apsaramqtt.advice.Finding.Severity;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PrerequisiteRuleTest {

    @ParameterizedTest
    @CsvSource({
        "mq:PUB,                MQ_INST_1%alarms, mq:OnsInstanceBaseInfo",
        "mq:SUB,                MQ_INST_1%alarms, mq:QueryInstanceBaseInfo",
        "mq:*,                  MQ_INST_1%*,      acs:mq:*:*:MQ_INST_1",
        "mq:PUB,                alarms,           mq:OnsInstanceBaseInfo",
        "mq:OnsMqttMessageSend, MQ_INST_1%alarms, mq:OnsMqttInstanceBaseInfo",
    })
    void whereTheBrokerCertainlyRefusesItIsAnError(String action, String resource, String missing) {
        assertThat(Drafts.of(Rule.MISSING_PREREQUISITE, allow(action, resource)))
                .singleElement()
                .satisfies(found -> {
                    assertThat(found.severity()).isEqualTo(Severity.ERROR);
                    assertThat(found.message()).contains(missing);
                });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"topic/post-cn-x/alarms", "groupId/post-cn-x/GID_a", "post-cn-x%GID_a", "topic/post-cn-x/*"})
    void wherePagesDisagreeItIsAdvice(String resource) {
        assertThat(Drafts.of(Rule.MISSING_PREREQUISITE, allow("mq:SUB", resource)))
                .singleElement()
                .satisfies(found -> {
                    assertThat(found.severity()).isEqualTo(Severity.ADVICE);
                    assertThat(found.message()).contains("mq:MqttInstanceAccess");
                });
    }

    @ParameterizedTest
    @CsvSource({
        "mq:MqttInstanceAccess,      instance/post-cn-x, topic/post-cn-x/alarms",
        "mq:MqttInstanceAccess,      instance/*,         topic/post-cn-x/alarms",
        "mq:*,                       *,                  topic/post-cn-x/alarms",
        "mq:MqttInstanceAccess,      post-cn-x,          MQ_INST_1%alarms",
        "mq:OnsMqttInstanceBaseInfo, post-cn-x,          MQ_INST_1%alarms",
        "mq:OnsInstanceBaseInfo,     MQ_INST_1,          MQ_INST_1%alarms",
        "mq:QueryInstanceBaseInfo,   MQ_INST_*,          MQ_INST_1%alarms",
        "mq:OnsInstanceBaseInfo,     MQ_INST_1,          alarms",
    })
    void aPrerequisiteAnywhereInTheDocumentIsEnough(String action, String instance, String topic) {
        assertThat(Drafts.of(Rule.MISSING_PREREQUISITE, allow("mq:PUB", topic), allow(action, instance)))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "mq:MqttInstanceAccess,  instance/post-cn-y, topic/post-cn-x/alarms",
        "mq:MqttInstanceAccess,  instance/post-cn-x, topic/*",
        "mq:MqttInstanceAccess,  post-cn-x,          topic/post-cn-x/alarms",
        "mq:OnsInstanceBaseInfo, MQ_INST_2,          MQ_INST_1%alarms",
        "mq:OnsInstanceBaseInfo, MQ_INST_1%alarms,   MQ_INST_1%alarms",
    })
    void aPrerequisiteOnAnotherResourceIsNot(String action, String instance, String topic) {
        assertThat(Drafts.of(Rule.MISSING_PREREQUISITE, allow("mq:PUB", topic), allow(action, instance)))
                .isNotEmpty();
    }

    @Test
    void aDenyNeedsNoneAndGrantsNone() {
        assertThat(Drafts.of(Rule.MISSING_PREREQUISITE, deny("mq:PUB", "MQ_INST_1%alarms")))
                .isEmpty();
        assertThat(Drafts.of(
                        Rule.MISSING_PREREQUISITE,
                        allow("mq:PUB", "MQ_INST_1%alarms"),
                        deny("mq:OnsInstanceBaseInfo", "MQ_INST_1")))
                .hasSize(1);
    }

    @Test
    void theInstanceItselfNeedsNone() {
        assertThat(Drafts.of(Rule.MISSING_PREREQUISITE, allow("mq:ListMqttInstance", "instance/post-cn-x")))
                .isEmpty();
    }
}
