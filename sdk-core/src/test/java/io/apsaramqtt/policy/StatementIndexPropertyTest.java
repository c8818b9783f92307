package io.apsaramqtt.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumMap;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** The compiled form against the evaluator that reads every statement. */
class StatementIndexPropertyTest {

    @Property(tries = 5_000)
    void decidesAsTheEvaluatorThatReadsEveryStatement(@ForAll long seed) {
        Generated generated = new Generated(new java.util.Random(seed));
        PolicySet policies = generated.policies();
        StatementIndex index = new StatementIndex(policies);
        for (int request = 0; request < 8; request++) {
            String action = generated.action();
            ResourceName resource = generated.resource();
            RequestContext context = generated.known(generated.truth());
            assertThat(index.decide(action, resource, context))
                    .as("%s on %s by %s", action, resource, policies)
                    .isEqualTo(policies.decide(action, resource, context));
        }
    }

    @Test
    void theRequestsAtRandomHaveEveryOutcomeOften() {
        Map<Outcome, Integer> counts = new EnumMap<>(Outcome.class);
        for (long seed = 0; seed < 5_000; seed++) {
            Generated generated = new Generated(new java.util.Random(seed));
            Outcome outcome = generated
                    .policies()
                    .decide(generated.action(), generated.resource(), generated.known(generated.truth()))
                    .outcome();
            counts.merge(outcome, 1, Integer::sum);
        }
        assertThat(counts)
                .hasSize(4)
                .allSatisfy(
                        (outcome, count) -> assertThat(count).as("%s", outcome).isGreaterThan(250));
    }
}
