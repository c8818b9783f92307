package io.apsaramqtt.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FilterContainmentTest {

    /** One more level, and one more name ("c"), than the filters have: what is true of these topics is true of all. */
    private static final List<TopicName> TOPICS =
            texts(4, List.of("", "a", "c", "$s")).stream().map(TopicName::of).toList();

    /** Every filter of up to three levels, and which of the topics it matches. */
    private static final Map<TopicFilter, BitSet> FILTERS = filters();

    @Test
    void aFilterCoversAnotherIfItMatchesEveryTopicThatTheOtherMatches() {
        assertThat(FILTERS).hasSizeGreaterThan(100);
        FILTERS.forEach((wide, ofWide) -> FILTERS.forEach((narrow, ofNarrow) -> {
            BitSet missed = (BitSet) ofNarrow.clone();
            missed.andNot(ofWide);
            if (wide.covers(narrow) != missed.isEmpty()) {
                throw new AssertionError(wide + " covers " + narrow + " should be " + missed.isEmpty());
            }
        }));
    }

    @Test
    void filtersOverlapIfThereIsATopicThatBothMatch() {
        FILTERS.forEach((one, ofOne) -> FILTERS.forEach((other, ofOther) -> {
            if (one.overlaps(other) != ofOne.intersects(ofOther)) {
                throw new AssertionError(one + " overlaps " + other + " should be " + ofOne.intersects(ofOther));
            }
        }));
    }

    @Test
    void twoFiltersCoverAnotherIfEachOfItsTopicsIsMatchedByOneOfThem() {
        FILTERS.forEach((one, ofOne) -> FILTERS.forEach((other, ofOther) -> {
            List<TopicFilter> both = List.of(one, other);
            FILTERS.forEach((narrow, ofNarrow) -> {
                BitSet missed = (BitSet) ofNarrow.clone();
                missed.andNot(ofOne);
                missed.andNot(ofOther);
                if (narrow.isCoveredBy(both) != missed.isEmpty()) {
                    throw new AssertionError(both + " cover " + narrow + " should be " + missed.isEmpty());
                }
            });
        }));
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            alarms/#,          alarms; alarms/+/#,                       true
            alarms/#,          alarms; alarms/+; alarms/+/+/#,           true
            alarms/#,          alarms/+/+/#; alarms/+; alarms,           true
            alarms/#,          alarms/+; alarms/+/#,                     false
            alarms/#,          alarms; alarms/+; alarms/+/+,             false
            alarms/#,          alarms; alarms/+/+/#,                     false
            alarms/#,          alarms; alarms/a/#; alarms/+/#,           true
            alarms/#,          alarms; alarms/a/#; alarms/b/#,           false
            alarms/+,          alarms/a; alarms/b,                       false
            alarms/+/x/#,      alarms/+/x; alarms/+/x/+/#,               true
            alarms/+/x/#,      alarms/+/x; alarms/a/x/+/#,               false
            #,                 +; +/+; +/+/+/#,                          true
            #,                 +; +/+/#; $SYS/#,                         true
            $SYS/#,            +; +/+/#,                                 false
            $share/g/alarms/#, alarms; $share/h/alarms/+/#,              true
            a/b/c/d/#,         a; a/b,                                   false
            a/b/c/d/#,         a/b; a/#,                                 true
            """)
    void filtersCoverTogetherWhatTheyMatchAtEveryLength(String narrow, String filters, boolean covered) {
        List<TopicFilter> wide =
                Arrays.stream(filters.split("; ", -1)).map(TopicFilter::of).toList();
        assertThat(TopicFilter.of(narrow).isCoveredBy(wide)).isEqualTo(covered);
        assertThat(TopicFilter.of(narrow).isCoveredBy(List.of())).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "$share/g/alarms/#, alarms/+, true, true",
        "alarms/#, $share/g/alarms/+, true, true",
        "$share/g/alarms/a, $share/h/alarms/+, false, true",
        "$share/g/alarms/a, alarms/b, false, false",
        "#, $share/g/$SYS/x, false, false"
    })
    void ofASharedSubscriptionTheFilterWithinCounts(String one, String other, boolean covers, boolean overlaps) {
        assertThat(TopicFilter.of(one).covers(TopicFilter.of(other))).isEqualTo(covers);
        assertThat(TopicFilter.of(one).overlaps(TopicFilter.of(other))).isEqualTo(overlaps);
    }

    private static Map<TopicFilter, BitSet> filters() {
        Map<TopicFilter, BitSet> filters = new LinkedHashMap<>();
        for (String start : texts(3, List.of("", "a", "$s", "+"))) {
            filters.put(TopicFilter.of(start), new BitSet());
        }
        for (String start : texts(2, List.of("", "a", "$s", "+"))) {
            filters.put(TopicFilter.of(start + "/#"), new BitSet());
        }
        filters.put(TopicFilter.of("/#"), new BitSet());
        filters.put(TopicFilter.of("#"), new BitSet());
        filters.forEach((filter, matched) -> {
            for (int i = 0; i < TOPICS.size(); i++) {
                matched.set(i, filter.matches(TOPICS.get(i)));
            }
        });
        return filters;
    }

    /** Every text of one to {@code most} levels but the empty one, which is no topic. */
    private static List<String> texts(int most, List<String> levels) {
        List<String> all = new ArrayList<>();
        List<String> longest = levels;
        for (int length = 1; length <= most; length++) {
            all.addAll(longest);
            longest = longest.stream()
                    .flatMap(start -> levels.stream().map(level -> start + "/" + level))
                    .toList();
        }
        all.remove("");
        return all;
    }
}
