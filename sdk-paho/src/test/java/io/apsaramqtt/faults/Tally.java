package io.apsaramqtt.faults;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What became of numbers.
 *
 * @param accepted how many the client accepted
 * @param refused how many it did not, which is no loss
 * @param acknowledged how many of the accepted the broker acknowledged
 * @param failed how many of the accepted failed, as the client said: whether they arrive is open
 * @param pending the accepted ones of which the client never said how they ended, which must not be
 * @param lost the acknowledged ones that were never received
 * @param duplicated what was received more than once, as often as it was too many
 * @param strange what was received and never accepted
 */
public record Tally(
        int accepted,
        int refused,
        int acknowledged,
        int failed,
        List<Integer> pending,
        List<Integer> lost,
        List<Integer> duplicated,
        List<Integer> strange) {

    /** How a number ended at the publisher. */
    enum Outcome {
        PENDING,
        ACKNOWLEDGED,
        FAILED,
        REFUSED
    }

    static Tally of(Map<Integer, Outcome> published, List<Integer> received) {
        Set<Integer> distinct = new HashSet<>();
        List<Integer> duplicated = new ArrayList<>();
        List<Integer> strange = new ArrayList<>();
        for (Integer number : received) {
            if (published.getOrDefault(number, Outcome.REFUSED) == Outcome.REFUSED) {
                strange.add(number);
            } else if (!distinct.add(number)) {
                duplicated.add(number);
            }
        }
        List<Integer> acknowledged = numbers(published, Outcome.ACKNOWLEDGED);
        int refused = numbers(published, Outcome.REFUSED).size();
        return new Tally(
                published.size() - refused,
                refused,
                acknowledged.size(),
                numbers(published, Outcome.FAILED).size(),
                numbers(published, Outcome.PENDING),
                acknowledged.stream()
                        .filter(number -> !distinct.contains(number))
                        .toList(),
                List.copyOf(duplicated),
                List.copyOf(strange));
    }

    private static List<Integer> numbers(Map<Integer, Outcome> published, Outcome outcome) {
        return published.entrySet().stream()
                .filter(entry -> entry.getValue() == outcome)
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
    }
}
