package io.apsaramqtt.client.listener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.apsaramqtt.mqtt.TopicName;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ListenerOptionsTest {

    private static final TopicName DEAD = TopicName.of("dead/letters");
    private static final DeadLetterHandler HANDLER = (message, failure) -> {};

    private static Duration millis(long millis) {
        return Duration.ofMillis(millis);
    }

    @Test
    void byDefaultAMessageIsGivenOnceAndGoesNowhere() {
        ListenerOptions options = ListenerOptions.defaults();
        assertThat(options.attempts()).isEqualTo(1);
        assertThat(options.deadLetterTopic()).isEmpty();
        assertThat(options.deadLetterHandler()).isEmpty();
        assertThat(options).hasToString("ListenerOptions[1 attempts, PT0S to PT0S, dead letters to the log]");
    }

    @Test
    void theDelayDoublesUpToTheLongest() {
        ListenerOptions options = ListenerOptions.defaults().withRetry(9, millis(100), millis(1_000));
        List<Long> delays = IntStream.rangeClosed(2, 9)
                .mapToObj(attempt -> options.delayBefore(attempt).toMillis())
                .toList();
        assertThat(delays).containsExactly(100L, 200L, 400L, 800L, 1_000L, 1_000L, 1_000L, 1_000L);
    }

    @Test
    void aDelayOfZeroStaysZero() {
        ListenerOptions options = ListenerOptions.defaults().withRetry(Integer.MAX_VALUE, millis(0), millis(1_000));
        assertThat(options.delayBefore(Integer.MAX_VALUE)).isZero();
    }

    @Test
    void theLongestDelayMayBeForEver() {
        Duration forEver = Duration.ofSeconds(Long.MAX_VALUE);
        ListenerOptions options = ListenerOptions.defaults().withRetry(Integer.MAX_VALUE, millis(1), forEver);
        assertThat(options.delayBefore(Integer.MAX_VALUE)).isEqualTo(forEver);
    }

    @ParameterizedTest
    @CsvSource({"0,0,0", "-1,0,0", "1,-1,0", "1,10,9", "1,-2,-1"})
    void whatCannotBeIsRefused(int attempts, long minMillis, long maxMillis) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ListenerOptions.defaults().withRetry(attempts, millis(minMillis), millis(maxMillis)))
                .withMessageContaining("[" + attempts + "] attempts")
                .withMessageContaining("use at least 1 attempt");
    }

    @Test
    void aDeadLetterGoesToATopicOrAHandler() {
        ListenerOptions topic = ListenerOptions.defaults().withDeadLetterTopic(DEAD);
        ListenerOptions handler = topic.withDeadLetterHandler(HANDLER);
        assertThat(topic.deadLetterTopic()).contains(DEAD);
        assertThat(topic.deadLetterHandler()).isEmpty();
        assertThat(handler.deadLetterTopic()).isEmpty();
        assertThat(handler.deadLetterHandler()).contains(HANDLER);
        assertThat(handler.withDeadLetterTopic(DEAD)).isEqualTo(topic);
        assertThat(topic).asString().endsWith("dead letters to dead/letters]");
        assertThat(handler).asString().endsWith("dead letters to a handler]");
    }

    @Test
    void retryAndDeadLettersDoNotForgetEachOther() {
        ListenerOptions one =
                ListenerOptions.defaults().withRetry(3, millis(1), millis(2)).withDeadLetterTopic(DEAD);
        ListenerOptions other =
                ListenerOptions.defaults().withDeadLetterTopic(DEAD).withRetry(3, millis(1), millis(2));
        assertThat(one).isEqualTo(other).hasSameHashCodeAs(other);
        assertThat(one.attempts()).isEqualTo(3);
        assertThat(one.deadLetterTopic()).contains(DEAD);
    }

    @Test
    void optionsThatDifferAreNotEqual() {
        ListenerOptions options = ListenerOptions.defaults().withRetry(3, millis(1), millis(2));
        assertThat(List.of(
                        ListenerOptions.defaults(),
                        ListenerOptions.defaults().withRetry(2, millis(1), millis(2)),
                        ListenerOptions.defaults().withRetry(3, millis(0), millis(2)),
                        ListenerOptions.defaults().withRetry(3, millis(1), millis(3)),
                        options.withDeadLetterTopic(DEAD),
                        options.withDeadLetterHandler(HANDLER)))
                .doesNotContain(options)
                .doesNotHaveDuplicates();
    }

    @Test
    void theGateIsKeptByEachChangeAndPartOfWhatIsEqual() {
        ListenerGate gate = ListenerGate.of(1);
        ListenerOptions gated = ListenerOptions.defaults().withGate(gate);
        assertThat(gated.withRetry(2, millis(1), millis(1))
                        .withDeadLetterTopic(DEAD)
                        .withDeadLetterHandler(HANDLER)
                        .gate())
                .containsSame(gate);
        assertThat(gated).isEqualTo(ListenerOptions.defaults().withGate(gate)).isNotEqualTo(ListenerOptions.defaults());
        assertThat(ListenerOptions.defaults().gate()).isEmpty();
    }
}
