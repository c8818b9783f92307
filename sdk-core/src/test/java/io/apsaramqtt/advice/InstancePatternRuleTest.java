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

class InstancePatternRuleTest {

    @ParameterizedTest
    @CsvSource({
        "MQ_INST_1*,         acs:mq:*:*:MQ_INST_1 and acs:mq:*:*:MQ_INST_1%*",
        "inst*,              acs:mq:*:*:inst and acs:mq:*:*:inst%*",
        "topic/post-cn-x*,   acs:mq:*:*:topic/post-cn-x/*",
        "instance/post-cn-x*, acs:mq:*:*:instance/post-cn-x",
    })
    void anIdWithAStarBehindItCoversLongerIds(String resource, String better) {
        assertThat(Drafts.of(Rule.COVERS_LONGER_IDS, allow("mq:*", resource)))
                .singleElement()
                .satisfies(found -> {
                    assertThat(found.severity()).isEqualTo(Severity.ADVICE);
                    assertThat(found.message()).endsWith("Write " + better);
                });
    }

    @ParameterizedTest
    @CsvSource({
        "mq:*,   MQ_INST_1",
        "mq:*,   MQ_INST_1%*",
        "mq:*,   topic/post-cn-x/*",
        "mq:*,   instance/*",
        "mq:*,   *",
        "mq:PUB, alarms*",
    })
    void anIdThatEndsIsNotReported(String action, String resource) {
        assertThat(Drafts.of(Rule.COVERS_LONGER_IDS, allow(action, resource))).isEmpty();
    }

    @Test
    void anIdThatLooksLikeAnInstancesIsReportedWithAnyAction() {
        assertThat(Drafts.of(Rule.COVERS_LONGER_IDS, allow("mq:PUB", "MQ_INST_1*")))
                .hasSize(1);
        assertThat(Drafts.of(Rule.COVERS_LONGER_IDS, deny("mq:SUB", "post-cn-x*")))
                .hasSize(1);
    }

    @Test
    void betweenStarsTheInstanceItselfIsMissed() {
        assertThat(Drafts.of(Rule.MISSES_INSTANCE, allow("mq:*", "*/post-cn-x/*")))
                .singleElement()
                .satisfies(found -> {
                    assertThat(found.severity()).isEqualTo(Severity.WARNING);
                    assertThat(found.message()).endsWith("Add acs:mq:*:*:instance/post-cn-x");
                });
    }

    @Test
    void anInstanceThatIsGrantedTooIsNotMissed() {
        assertThat(Drafts.of(Rule.MISSES_INSTANCE, allow("mq:*", "*/post-cn-x/* instance/post-cn-x")))
                .isEmpty();
        assertThat(Drafts.of(
                        Rule.MISSES_INSTANCE,
                        allow("mq:*", "*/post-cn-x/*"),
                        allow("mq:MqttInstanceAccess", "instance/*")))
                .isEmpty();
        assertThat(Drafts.of(Rule.MISSES_INSTANCE, deny("mq:*", "*/post-cn-x/*")))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"post-cn-x", "post-cn-x*", "post-cn-x%*", "mqtt-cn-x"})
    void anMqttInstanceOfThePreviousEditionHoldsNoTopics(String resource) {
        assertThat(Drafts.of(Rule.COVERS_NO_TOPICS, allow("mq:*", resource)))
                .singleElement()
                .satisfies(found -> {
                    assertThat(found.severity()).isEqualTo(Severity.ADVICE);
                    assertThat(found.message()).contains("<store instance ID>%<topic>");
                });
    }

    @ParameterizedTest
    @CsvSource({
        "mq:*, MQ_INST_1*",
        "mq:MqttInstanceAccess, post-cn-x",
        "mq:*, instance/post-cn-x",
        "mq:*, topic/post-cn-x/*"
    })
    void anotherInstanceOrActionIsNotReported(String action, String resource) {
        assertThat(Drafts.of(Rule.COVERS_NO_TOPICS, allow(action, resource))).isEmpty();
    }

    @Test
    void topicsGrantedElsewhereAreEnough() {
        assertThat(Drafts.of(Rule.COVERS_NO_TOPICS, allow("mq:*", "post-cn-x*"), allow("mq:PUB", "MQ_INST_1%alarms")))
                .isEmpty();
        assertThat(Drafts.of(
                        Rule.COVERS_NO_TOPICS, allow("mq:*", "post-cn-x*"), allow("mq:SUB", "groupId/post-cn-x/GID_a")))
                .hasSize(1);
    }
}
