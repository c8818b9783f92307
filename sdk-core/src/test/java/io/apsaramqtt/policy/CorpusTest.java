package io.apsaramqtt.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.apsaramqtt.policy.Corpus.Vector;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * The corpus of known decisions. Where a condition matters the answer may be "unknown", but never a wrong certain one;
 * where another layer of policies or a special principal matters there is no answer yet.
 */
class CorpusTest {

    private static final List<Vector> LEFT =
            Corpus.vectors().stream().filter(Vector::needsALayer).toList();
    private static final List<Vector> WEAK = Corpus.vectors().stream()
            .filter(vector -> !vector.needsALayer() && vector.needsACondition())
            .toList();
    private static final List<Vector> EXACT = Corpus.vectors().stream()
            .filter(vector -> !vector.needsALayer() && !vector.needsACondition())
            .toList();

    @TestFactory
    Stream<DynamicTest> withoutConditionsTheAnswerIsExact() {
        return EXACT.stream()
                .map(vector -> dynamicTest(
                        vector.title(), () -> assertThat(outcome(vector).name()).isIn(vector.right())));
    }

    @TestFactory
    Stream<DynamicTest> withConditionsTheAnswerIsRightOrUnknown() {
        return WEAK.stream()
                .map(vector -> dynamicTest(
                        vector.title(), () -> assertThat(outcome(vector).name()).isIn(orUnknown(vector.right()))));
    }

    @TestFactory
    Stream<DynamicTest> anOperationOfSeveralChecksIsAnsweredExactly() {
        return Corpus.compounds().stream()
                .map(vector -> dynamicTest(
                        vector.title(),
                        () -> assertThat(compound(vector).name()).isIn(vector.right())));
    }

    @Test
    void nothingDropsOutOfTheCorpusSilently() {
        assertThat(Corpus.vectors()).hasSize(154);
        assertThat(EXACT).hasSize(108);
        assertThat(WEAK).hasSize(38);
        assertThat(LEFT).hasSize(8);
        assertThat(Corpus.compounds()).hasSize(4).noneMatch(Vector::needsALayer).noneMatch(Vector::needsACondition);
    }

    private static List<String> orUnknown(List<String> right) {
        return Stream.concat(right.stream(), Stream.of(Outcome.UNKNOWN.name())).toList();
    }

    private static Outcome outcome(Vector vector) {
        return decide(
                vector.policies(),
                vector.node().get("action").asString(),
                vector.node().get("resource").asString());
    }

    private static Outcome compound(Vector vector) {
        PolicySet policies = vector.policies();
        List<Outcome> outcomes = vector.checks()
                .map(check -> decide(
                        policies,
                        check.get("action").asString(),
                        check.get("resource").asString()))
                .toList();
        if (outcomes.contains(Outcome.EXPLICIT_DENY)) {
            return Outcome.EXPLICIT_DENY;
        }
        return outcomes.stream().allMatch(each -> each == Outcome.ALLOWED) ? Outcome.ALLOWED : Outcome.IMPLICIT_DENY;
    }

    private static Outcome decide(PolicySet policies, String action, String resource) {
        return policies.decide(action, ResourceName.of(resource)).outcome();
    }
}
