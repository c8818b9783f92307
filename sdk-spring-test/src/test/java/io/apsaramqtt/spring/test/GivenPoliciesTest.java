package io.apsaramqtt.spring.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.apsaramqtt.policy.MalformedPolicyException;
import io.apsaramqtt.policy.Policy;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.core.io.DefaultResourceLoader;

class GivenPoliciesTest {

    private final GivenPolicies policies = new GivenPolicies(new DefaultResourceLoader());

    @Test
    void aPolicyIsADocumentALocationOrTheNameOfASystemPolicy() {
        assertThat(policies.read(List.of(
                        "\n  {\"Version\": \"1\", \"Statement\": []}",
                        "classpath:billing-only.json",
                        "AliyunMQSubOnlyAccess")))
                .extracting(Policy::name)
                .containsExactly("policy of the test", "classpath:billing-only.json", "AliyunMQSubOnlyAccess");
    }

    @Test
    void whatIsNotThereIsNamedWithWhatMayBe() {
        assertThatThrownBy(() -> policies.read(List.of("classpath:missing.json")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("[classpath:missing.json]")
                .hasMessageContaining("AliyunMQFullAccess");
        assertThatThrownBy(() -> policies.read(List.of("AliyunMQEverything")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("AliyunMQEverything");
    }

    @Test
    void aDocumentThatIsNoneSaysWhere() {
        assertThatThrownBy(() -> policies.read(List.of("{\"Version\": \"1\"")))
                .isInstanceOf(MalformedPolicyException.class)
                .hasMessageContaining("policy of the test");
    }
}
