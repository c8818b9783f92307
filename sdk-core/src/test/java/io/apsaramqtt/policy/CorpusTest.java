package io.apsaramqtt.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.apsaramqtt.policy.Corpus.Check;
import io.apsaramqtt.policy.Corpus.Vector;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The corpora of known decisions, by the evaluator that reads every statement and by the compiled form. */
class CorpusTest {

    @TestFactory
    Stream<DynamicTest> everyVectorIsAnsweredExactly() {
        return Corpus.vectors().stream()
                .map(vector -> dynamicTest(vector.title(), () -> {
                    assertThat(compiled(vector)).singleElement().isIn(vector.right());
                    assertThat(plain(vector)).singleElement().isIn(vector.right());
                }));
    }

    @TestFactory
    Stream<DynamicTest> anOperationOfSeveralChecksIsAnsweredExactly() {
        return Corpus.compounds().stream()
                .map(vector -> dynamicTest(vector.title(), () -> {
                    assertThat(compound(compiled(vector))).isIn(vector.right());
                    assertThat(compound(plain(vector))).isIn(vector.right());
                }));
    }

    @TestFactory
    Stream<DynamicTest> whatCannotBeKnownIsUnknown() {
        return Corpus.unknownVectors().stream()
                .map(vector -> dynamicTest(vector.title(), () -> {
                    assertThat(compiled(vector)).singleElement().isIn(vector.right());
                    Check check = vector.checks().get(0);
                    assertThat(vector.layers()
                                    .compiled()
                                    .decide(check.action(), check.resource(), vector.context())
                                    .possible())
                            .isEqualTo(vector.possible());
                    assertThat(vector.layers().possible(check.action(), check.resource(), vector.context()))
                            .isEqualTo(vector.possible());
                }));
    }

    @Test
    void nothingDropsOutOfTheCorporaSilently() {
        assertThat(Corpus.vectors()).hasSize(154).extracting(Vector::id).doesNotHaveDuplicates();
        assertThat(Corpus.compounds()).hasSize(4);
        List<Vector> unknown = Corpus.unknownVectors();
        assertThat(unknown).extracting(Vector::id).doesNotHaveDuplicates();
        assertThat(unknown.stream().filter(vector -> vector.right().equals(List.of(Outcome.UNKNOWN))))
                .hasSizeGreaterThanOrEqualTo(25);
        assertThat(unknown.stream()
                        .filter(vector -> !vector.right().contains(Outcome.UNKNOWN))
                        .flatMap(vector -> vector.right().stream()))
                .as("the way to what is certain is not barred")
                .contains(Outcome.ALLOWED, Outcome.EXPLICIT_DENY, Outcome.IMPLICIT_DENY);
    }

    private static List<Outcome> compiled(Vector vector) {
        PolicyLayers layers = vector.layers().compiled();
        return vector.checks().stream()
                .map(check -> layers.decide(check.action(), check.resource(), vector.context())
                        .outcome())
                .toList();
    }

    private static List<Outcome> plain(Vector vector) {
        return vector.checks().stream()
                .map(check -> vector.layers().possible(check.action(), check.resource(), vector.context()))
                .map(CorpusTest::outcome)
                .toList();
    }

    private static Outcome outcome(Set<Outcome> possible) {
        if (possible.size() == 1) {
            return possible.iterator().next();
        }
        return possible.equals(EnumSet.of(Outcome.EXPLICIT_DENY, Outcome.IMPLICIT_DENY))
                ? Outcome.IMPLICIT_DENY
                : Outcome.UNKNOWN;
    }

    private static Outcome compound(List<Outcome> outcomes) {
        if (outcomes.contains(Outcome.EXPLICIT_DENY)) {
            return Outcome.EXPLICIT_DENY;
        }
        if (outcomes.contains(Outcome.IMPLICIT_DENY)) {
            return Outcome.IMPLICIT_DENY;
        }
        return outcomes.contains(Outcome.UNKNOWN) ? Outcome.UNKNOWN : Outcome.ALLOWED;
    }
}
