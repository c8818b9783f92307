package io.apsaramqtt.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.apsaramqtt.policy.PolicyOutline.Text;
import org.junit.jupiter.api.Test;

class PolicyOutlineTest {

    @Test
    void everyTextHasItsPointerAndPlace() {
        PolicyOutline outline = PolicyOutline.read("p", """
                {
                  "Version": "1", // a comment
                  "Statement": [{
                    "Action": ["mq:PUB",
                               "mq:\\u0053UB"], "n": [1, true, null, {"a/b": "x"}]
                  }]
                }
                """);
        assertThat(outline.values())
                .containsExactly(
                        new Text("/Version", "1", 2, 14),
                        new Text("/Statement/0/Action/0", "mq:PUB", 4, 16),
                        new Text("/Statement/0/Action/1", "mq:SUB", 5, 16),
                        new Text("/Statement/0/n/3/a~1b", "x", 5, 61));
        assertThat(outline.members())
                .containsExactly(
                        new Text("/Version", "Version", 2, 3),
                        new Text("/Statement", "Statement", 3, 3),
                        new Text("/Statement/0/Action", "Action", 4, 5),
                        new Text("/Statement/0/n", "n", 5, 32),
                        new Text("/Statement/0/n/3/a~1b", "a/b", 5, 54));
    }

    @Test
    void anyJsonHasAnOutline() {
        assertThat(PolicyOutline.read("p", "\"x\"").values()).containsExactly(new Text("", "x", 1, 1));
        assertThat(PolicyOutline.read("p", "12").values()).isEmpty();
        assertThat(PolicyOutline.read("p", "[]").members()).isEmpty();
    }

    @Test
    void whatIsNotJsonHasNone() {
        assertThatExceptionOfType(MalformedPolicyException.class)
                .isThrownBy(() -> PolicyOutline.read("p", "{\"a\": [\n1, }"))
                .satisfies(malformed -> {
                    assertThat(malformed.line()).isEqualTo(2);
                    assertThat(malformed.problem()).startsWith("not valid JSON");
                    assertThat(malformed).hasMessageEndingWith(": " + malformed.problem());
                });
    }

    @Test
    void theOperatorsAreThoseThatConditionsAreReadWith() {
        assertThat(PolicyOutline.conditionOperators())
                .hasSize(21)
                .allMatch(name -> ConditionOperator.named(name).isPresent());
    }
}
