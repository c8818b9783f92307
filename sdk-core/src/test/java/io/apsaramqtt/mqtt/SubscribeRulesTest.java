package io.apsaramqtt.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.apsaramqtt.mqtt.ServiceRuleException.Rule;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SubscribeRulesTest {

    private static final ServiceRules RULES = ServiceRules.of(Profile.APSARAMQ);

    @ParameterizedTest
    @ValueSource(strings = {"alarms", "alarms/#", "alarms/+/x", "alarms/温 度/+"})
    void acceptsAFilterUnderAParentTopic(String filter) {
        assertThatCode(() -> RULES.requireSubscribable(TopicFilter.of(filter))).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource({
        "#,WILDCARD_IN_FIRST_LEVEL",
        "+,WILDCARD_IN_FIRST_LEVEL",
        "+/x,WILDCARD_IN_FIRST_LEVEL",
        "/#,LEADING_SLASH",
        "/alarms,LEADING_SLASH",
        "$SYS/#,DOLLAR_TOPIC",
        "a b/#,PARENT_TOPIC",
        "温度,PARENT_TOPIC"
    })
    void refusesAFilterThatTheServiceWouldNotServe(String filter, Rule rule) {
        assertThat(refusal(filter))
                .hasMessageStartingWith("Topic filter [" + filter + "]")
                .extracting(ServiceRuleException::rule)
                .isEqualTo(rule);
    }

    @Test
    void refusesASharedSubscriptionAndNamesTheFilterWithin() {
        assertThat(refusal("$share/workers/alarms/#"))
                .hasMessage(
                        "Topic filter [$share/workers/alarms/#] is a shared subscription, which the service does not"
                                + " support. Subscribe to [alarms/#] or consume through a RocketMQ rule")
                .extracting(ServiceRuleException::rule)
                .isEqualTo(Rule.SHARED_SUBSCRIPTION);
    }

    @Test
    void sixtyFourCharactersFitAndOneMoreDoesNot() {
        assertThatCode(() -> RULES.requireSubscribable(TopicFilter.of("alarms/" + "x".repeat(57))))
                .doesNotThrowAnyException();
        assertThat(refusal("alarms/" + "x".repeat(58)).rule()).isEqualTo(Rule.TOPIC_LENGTH);
    }

    @Test
    void thirtySubscriptionsFitAndOneMoreDoesNot() {
        TopicFilter added = TopicFilter.of("alarms/new");
        assertThatCode(() -> RULES.requireRoom(plain(29), added)).doesNotThrowAnyException();
        ServiceRuleException e =
                catchThrowableOfType(ServiceRuleException.class, () -> RULES.requireRoom(plain(30), added));
        assertThat(e.rule()).isEqualTo(Rule.SUBSCRIPTIONS);
        assertThat(e).hasMessageContaining("would be subscription 31 of this client; the service allows 30");
    }

    @Test
    void aFilterThatIsHeldAlreadyTakesNoRoom() {
        List<TopicFilter> held = plain(30);
        assertThatCode(() -> RULES.requireRoom(held, held.get(7))).doesNotThrowAnyException();
    }

    @Test
    void aHundredWildcardsUnderOneParentTopicFitAndOneMoreDoesNot() {
        ServiceRules rules =
                new ServiceRules(Profile.APSARAMQ, ServiceLimits.standard().withSubscriptions(1_000));
        TopicFilter added = TopicFilter.of("alarms/new/#");
        assertThatCode(() -> rules.requireRoom(wildcards(99), added)).doesNotThrowAnyException();
        ServiceRuleException e =
                catchThrowableOfType(ServiceRuleException.class, () -> rules.requireRoom(wildcards(100), added));
        assertThat(e.rule()).isEqualTo(Rule.WILDCARD_SUBSCRIPTIONS);
        assertThat(e)
                .hasMessageContaining("would be wildcard subscription 101 under the parent topic [alarms]; the service"
                        + " honours 100");
    }

    @Test
    void onlyWildcardsUnderTheSameParentTopicCount() {
        ServiceRules rules =
                new ServiceRules(Profile.APSARAMQ, ServiceLimits.standard().withSubscriptions(1_000));
        assertThatCode(() -> {
                    rules.requireRoom(wildcards(100), TopicFilter.of("alarms/plain"));
                    rules.requireRoom(wildcards(100), TopicFilter.of("billing/#"));
                    rules.requireRoom(plain(100), TopicFilter.of("alarms/#"));
                })
                .doesNotThrowAnyException();
    }

    private static List<TopicFilter> plain(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> TopicFilter.of("alarms/" + i))
                .toList();
    }

    private static List<TopicFilter> wildcards(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> TopicFilter.of("alarms/" + i + "/#"))
                .toList();
    }

    private static ServiceRuleException refusal(String filter) {
        return catchThrowableOfType(
                ServiceRuleException.class, () -> RULES.requireSubscribable(TopicFilter.of(filter)));
    }
}
