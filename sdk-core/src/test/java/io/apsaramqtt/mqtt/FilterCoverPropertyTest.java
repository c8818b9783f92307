package io.apsaramqtt.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.statistics.Statistics;
import net.jqwik.api.statistics.StatisticsReport;

/** What several filters cover together, against every topic of a small alphabet. */
class FilterCoverPropertyTest {

    /** One level more, and one more name ("c"), than the filters have. */
    private static final List<TopicName> TOPICS = topics();

    /** Filters, and one that they may cover. */
    record Asked(List<TopicFilter> filters, TopicFilter narrow) {}

    @Property(tries = 1_500)
    @StatisticsReport(onFailureOnly = true)
    void filtersCoverAnotherTogetherIfEachOfItsTopicsIsMatchedByOne(@ForAll("asked") Asked asked) {
        TopicFilter narrow = asked.narrow();
        boolean together = TOPICS.stream()
                .filter(narrow::matches)
                .allMatch(topic -> asked.filters().stream().anyMatch(filter -> filter.matches(topic)));
        assertThat(narrow.isCoveredBy(asked.filters())).as("%s", asked).isEqualTo(together);
        boolean alone = asked.filters().stream().anyMatch(filter -> filter.covers(narrow));
        Statistics.collect(alone ? "alone" : together ? "together" : "not");
        Statistics.coverage(seen -> {
            seen.check("alone").percentage(share -> share > 5);
            seen.check("together").percentage(share -> share > 5);
            seen.check("not").percentage(share -> share > 5);
        });
    }

    @Property(tries = 1_000)
    void oneFilterMoreNeverCoversLess(@ForAll("asked") Asked asked, @ForAll("filters") TopicFilter another) {
        List<TopicFilter> more = new ArrayList<>(asked.filters());
        more.add(another);
        assertThat(asked.narrow().isCoveredBy(more) || !asked.narrow().isCoveredBy(asked.filters()))
                .isTrue();
    }

    @Provide
    Arbitrary<Asked> asked() {
        Arbitrary<Asked> unrelated =
                Combinators.combine(filters().list().ofMaxSize(5), filters()).as(Asked::new);
        Arbitrary<Asked> related = levels(0, 2)
                .flatMap(start -> Combinators.combine(
                                partOf(start).list().ofMinSize(1).ofMaxSize(6),
                                filters().list().ofMaxSize(2))
                        .as((parts, others) -> {
                            List<TopicFilter> filters = new ArrayList<>(parts);
                            filters.addAll(others);
                            return new Asked(filters, filter(start, 0, true));
                        }));
        return Arbitraries.oneOf(unrelated, related);
    }

    /** A filter of some of the topics below: of one length, or of all from one length on. */
    private static Arbitrary<TopicFilter> partOf(List<String> start) {
        return Combinators.combine(
                        Arbitraries.integers().between(0, start.size()),
                        Arbitraries.integers().between(0, 4 - start.size()),
                        Arbitraries.of(true, false))
                .as((wild, more, open) -> {
                    List<String> wider = new ArrayList<>(start);
                    for (int i = wild; i < start.size(); i++) {
                        wider.set(i, "+");
                    }
                    return filter(wider, start.isEmpty() && more == 0 ? 1 : more, open && more > 0);
                });
    }

    @Provide
    Arbitrary<TopicFilter> filters() {
        return Combinators.combine(levels(1, 3), Arbitraries.of(true, false))
                .as((start, open) -> filter(start, 0, open));
    }

    private static Arbitrary<List<String>> levels(int least, int most) {
        return Arbitraries.of("a", "a", "+", "+", "b", "", "$s")
                .list()
                .ofMinSize(least)
                .ofMaxSize(most)
                .filter(levels -> !levels.equals(List.of("")));
    }

    private static TopicFilter filter(List<String> start, int more, boolean open) {
        List<String> levels = new ArrayList<>(start);
        levels.addAll(Collections.nCopies(more, "+"));
        if (open) {
            levels.add("#");
        }
        return TopicFilter.of(String.join("/", levels));
    }

    private static List<TopicName> topics() {
        List<TopicName> all = new ArrayList<>();
        List<String> names = List.of("", "a", "b", "c", "$s");
        List<String> longest = names;
        for (int length = 1; length <= 5; length++) {
            longest.stream().filter(text -> !text.isEmpty()).map(TopicName::of).forEach(all::add);
            longest = longest.stream()
                    .flatMap(start -> names.stream().map(name -> start + "/" + name))
                    .toList();
        }
        return all;
    }
}
