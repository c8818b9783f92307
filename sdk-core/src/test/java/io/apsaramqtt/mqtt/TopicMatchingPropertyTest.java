package io.apsaramqtt.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** Matching against a second one, written from the specification's text over lists of levels. */
class TopicMatchingPropertyTest {

    @Property(tries = 5_000)
    void agreesWithTheNaiveOracle(@ForAll("filters") String filter, @ForAll("topics") String topic) {
        assertThat(TopicFilter.of(filter).matches(TopicName.of(topic)))
                .as("%s matches %s", filter, topic)
                .isEqualTo(oracle(filter, topic));
    }

    @Property(tries = 2_000)
    void aFilterMadeFromATopicByWideningItMatchesIt(
            @ForAll("topics") String topic, @ForAll List<Boolean> widen, @ForAll @IntRange(max = 6) int keep) {
        List<String> levels = new ArrayList<>(List.of(topic.split("/", -1)));
        for (int i = 0; i < levels.size() && i < widen.size(); i++) {
            if (widen.get(i)) {
                levels.set(i, "+");
            }
        }
        if (keep < levels.size()) {
            levels = new ArrayList<>(levels.subList(0, keep));
            levels.add("#");
        }
        String filter = String.join("/", levels);
        boolean hidden = topic.startsWith("$") && (filter.startsWith("+") || filter.startsWith("#"));
        assertThat(TopicFilter.of(filter).matches(TopicName.of(topic)))
                .as("%s matches %s", filter, topic)
                .isEqualTo(!hidden);
        assertThat(oracle(filter, topic)).isEqualTo(!hidden);
    }

    private static boolean oracle(String filter, String topic) {
        if (topic.startsWith("$") && (filter.startsWith("+") || filter.startsWith("#"))) {
            return false;
        }
        return oracle(List.of(filter.split("/", -1)), List.of(topic.split("/", -1)));
    }

    private static boolean oracle(List<String> filter, List<String> topic) {
        if (filter.isEmpty()) {
            return topic.isEmpty();
        }
        String level = filter.get(0);
        if (level.equals("#")) {
            return true;
        }
        return !topic.isEmpty()
                && (level.equals("+") || level.equals(topic.get(0)))
                && oracle(filter.subList(1, filter.size()), topic.subList(1, topic.size()));
    }

    @Provide
    Arbitrary<String> topics() {
        return levels("", "a", "b", "ab", "$SYS").filter(topic -> !topic.isEmpty());
    }

    @Provide
    Arbitrary<String> filters() {
        Arbitrary<String> open = levels("", "a", "b", "ab", "$SYS", "+", "+");
        Arbitrary<String> tail = Arbitraries.of("", "", "/#");
        return Arbitraries.oneOf(
                open.flatMap(start -> tail.map(end -> start + end)).filter(filter -> !filter.isEmpty()),
                Arbitraries.just("#"));
    }

    private static Arbitrary<String> levels(String... levels) {
        return Arbitraries.of(levels).list().ofMinSize(1).ofMaxSize(5).map(chosen -> String.join("/", chosen));
    }
}
