package io.apsaramqtt.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.apsaramqtt.mqtt.ServiceRuleException.Rule;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PublishRulesTest {

    private static final ServiceRules RULES = ServiceRules.of(Profile.APSARAMQ);

    @Test
    void sixtyFourCharactersOfTopicFitAndOneMoreDoesNot() {
        assertAccepted(RULES, Message.of("alarms/" + "x".repeat(57), "hot"));
        assertThat(refusal(RULES, Message.of("alarms/" + "x".repeat(58), "hot")))
                .hasMessageContaining("has 65 characters; the service allows 64, parent topic and subtopics together")
                .extracting(ServiceRuleException::rule)
                .isEqualTo(Rule.TOPIC_LENGTH);
    }

    @Test
    void aP2pTopicHasTheLongerLimit() {
        assertAccepted(RULES, Message.of("alarms/p2p/" + "x".repeat(117), "hot"));
        assertThat(refusal(RULES, Message.of("alarms/p2p/" + "x".repeat(118), "hot")))
                .hasMessageContaining("has 129 characters; the service allows 128")
                .extracting(ServiceRuleException::rule)
                .isEqualTo(Rule.TOPIC_LENGTH);
    }

    @Test
    void aP2pTopicForTheLongestClientIdFits() {
        ClientId longest = ClientId.of("GID_demo", "d".repeat(64 - 11));
        assertAccepted(RULES, Message.of(TopicName.p2p("alarms", longest), "hot"));
    }

    @Test
    void sixtyFourKilobytesFitAndOneByteMoreDoesNot() {
        assertAccepted(RULES, Message.of("alarms", new byte[65_536]));
        assertThat(refusal(RULES, Message.of("alarms", new byte[65_537])))
                .hasMessage("Payload of 65537 bytes for topic [alarms] is too large; the service allows 65536 bytes and"
                        + " cuts the connection above. Split it, or set ServiceLimits.withPayloadBytes if your edition"
                        + " allows more")
                .extracting(ServiceRuleException::rule)
                .isEqualTo(Rule.PAYLOAD_SIZE);
    }

    @ParameterizedTest
    @CsvSource({
        "/alarms,LEADING_SLASH",
        "/,LEADING_SLASH",
        "$SYS/x,DOLLAR_TOPIC",
        "$share/w/x,DOLLAR_TOPIC",
        "al arms/x,PARENT_TOPIC",
        "al.arms,PARENT_TOPIC",
        "al%arms,PARENT_TOPIC",
        "温度/x,PARENT_TOPIC",
        "*,PARENT_TOPIC"
    })
    void refusesATopicThatTheServiceCannotHave(String topic, Rule rule) {
        assertThat(refusal(RULES, Message.of(topic, "hot")))
                .hasMessageStartingWith("Topic name [" + topic + "]")
                .extracting(ServiceRuleException::rule)
                .isEqualTo(rule);
    }

    @Test
    void asksNothingOfTheCharactersBelowTheParentTopic() {
        assertAccepted(RULES, Message.of("alarms/温度/a b/$x/p2p/", "hot"));
    }

    @Test
    void refusesARetainedMessage() {
        assertThat(refusal(RULES, Message.of("alarms", "hot").withRetained(true)))
                .hasMessage("Message for topic [alarms] is retained; the service keeps no retained messages. Publish it"
                        + " without the flag")
                .extracting(ServiceRuleException::rule)
                .isEqualTo(Rule.RETAINED_MESSAGE);
    }

    @Test
    void refusesAnyWill() {
        ServiceRuleException e =
                catchThrowableOfType(ServiceRuleException.class, () -> RULES.requireWill(Message.of("alarms", "gone")));
        assertThat(e.rule()).isEqualTo(Rule.WILL);
        assertThat(e).hasMessageContaining("Will on topic [alarms]").hasMessageContaining("status notification rule");
    }

    @Test
    void theLimitsCanBeRaised() {
        ServiceRules raised = new ServiceRules(
                Profile.APSARAMQ,
                ServiceLimits.standard().withPayloadBytes(100_000).withTopicLength(100));
        assertAccepted(raised, Message.of("alarms/" + "x".repeat(93), new byte[100_000]));
        assertThat(refusal(raised, Message.of("alarms", new byte[100_001])).rule())
                .isEqualTo(Rule.PAYLOAD_SIZE);
        assertThat(refusal(raised, Message.of("alarms/" + "x".repeat(94), "hot"))
                        .rule())
                .isEqualTo(Rule.TOPIC_LENGTH);
    }

    private static void assertAccepted(ServiceRules rules, Message message) {
        assertThatCode(() -> rules.requirePublishable(message)).doesNotThrowAnyException();
    }

    private static ServiceRuleException refusal(ServiceRules rules, Message message) {
        return catchThrowableOfType(ServiceRuleException.class, () -> rules.requirePublishable(message));
    }
}
