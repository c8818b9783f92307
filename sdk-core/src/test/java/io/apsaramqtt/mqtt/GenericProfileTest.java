package io.apsaramqtt.mqtt;

import static org.assertj.core.api.Assertions.assertThatCode;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GenericProfileTest {

    private static final ServiceRules RULES = ServiceRules.of(Profile.GENERIC);

    @ParameterizedTest
    @ValueSource(strings = {"device-1", "any/thing: at all", "x@@@y@@@z"})
    void carriesAnyClientId(String value) {
        assertThatCode(() -> RULES.requireClientId(ClientId.of(value))).doesNotThrowAnyException();
        assertThatCode(() -> RULES.requireClientId(ClientId.of("x".repeat(65)))).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/a", "$SYS/x", "a b", "温度"})
    void carriesAnyTopicName(String value) {
        Message message = Message.of(value, new byte[65_537]).withRetained(true);
        assertThatCode(() -> RULES.requirePublishable(message)).doesNotThrowAnyException();
        assertThatCode(() -> RULES.requirePublishable(Message.of("x".repeat(65), "y")))
                .doesNotThrowAnyException();
        assertThatCode(() -> RULES.requireWill(message)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"#", "+/x", "/a", "$SYS/#", "$share/w/a", "a b"})
    void carriesAnyTopicFilter(String value) {
        assertThatCode(() -> RULES.requireSubscribable(TopicFilter.of(value))).doesNotThrowAnyException();
        assertThatCode(() -> RULES.requireSubscribable(TopicFilter.of("x".repeat(65))))
                .doesNotThrowAnyException();
    }

    @Test
    void carriesAnyNumberOfSubscriptions() {
        List<TopicFilter> held = IntStream.range(0, 200)
                .mapToObj(i -> TopicFilter.of("a/" + i + "/#"))
                .toList();
        assertThatCode(() -> RULES.requireRoom(held, TopicFilter.of("a/new/#"))).doesNotThrowAnyException();
    }
}
