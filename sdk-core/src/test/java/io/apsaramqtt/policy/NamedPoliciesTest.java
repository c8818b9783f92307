package io.apsaramqtt.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class NamedPoliciesTest {

    @Test
    void aPlainDocumentIsASetOfOneNamedAfterItsSource() {
        PolicySet set = PolicySet.parse("policy.json", """
                {"Version": "1", "Statement": [{"Effect": "Allow", "Action": "mq:PUB", "Resource": "*"}]}""");
        assertThat(set.policies()).singleElement().satisfies(policy -> {
            assertThat(policy.name()).isEqualTo("policy.json");
            assertThat(policy.statements()).hasSize(1);
        });
        assertThat(set.statementCount()).isEqualTo(1);
    }

    @Test
    void aSetHoldsNamedDocumentsAndSystemPolicies() {
        PolicySet set = PolicySet.parse("policies.json", """
                {"policies": [
                  {"name": "sensor-pub", "document": {"Version": "1", "Statement": [
                    {"Effect": "Allow", "Action": "mq:PUB", "Resource": "*"}]}},
                  {"name": "AliyunMQSubOnlyAccess"}
                ]}""");
        assertThat(set.policies()).extracting(Policy::name).containsExactly("sensor-pub", "AliyunMQSubOnlyAccess");
        assertThat(set.policies().get(0).statements().get(0)).hasToString("policy \"sensor-pub\", statement 1");
        assertThat(set.policies().get(1)).isEqualTo(Policy.system("AliyunMQSubOnlyAccess"));
    }

    @Test
    void theNameMayFollowTheDocument() {
        PolicySet set = PolicySet.parse("policies.json", """
                {"policies": [
                  {"document": {"Version": "1", "Statement": [
                    {"Effect": "Allow", "Action": "mq:PUB", "Resource": "*"}]}, "name": "sensor-pub"}
                ]}""");
        assertThat(set.policies()).extracting(Policy::name).containsExactly("sensor-pub");
        assertThat(set.policies().get(0).statements().get(0)).hasToString("policy \"sensor-pub\", statement 1");
    }

    @Test
    void aDocumentOfTheNameOfASystemPolicyIsTakenAsItIs() {
        PolicySet set = PolicySet.parse("policies.json", """
                {"policies": [{"name": "AliyunMQFullAccess", "document": {"Version": "1", "Statement": []}}]}""");
        assertThat(set.statementCount()).isZero();
    }

    @Test
    void aSetMayBeEmpty() {
        assertThat(PolicySet.parse("p", "{\"policies\": []}").policies()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("documents")
    void saysWhereAndWhatIsWrong(String document, int line, int column, String pointer, String problem) {
        MalformedPolicyException e =
                catchThrowableOfType(MalformedPolicyException.class, () -> PolicySet.parse("set.json", document));
        assertThat(e)
                .hasMessage("Policy [set.json], line " + line + ", column " + column
                        + (pointer.isEmpty() ? "" : " (" + pointer + ")") + ": " + problem);
    }

    static Stream<Arguments> documents() {
        return Stream.of(
                arguments("{\"policies\": {}}", 1, 14, "/policies", "policies must be an array, not an object"),
                arguments("{\"policies\": [\n 7]}", 2, 2, "/policies/0", "a named policy must be an object, not [7]"),
                arguments(
                        "{\"policies\": [{}]}",
                        1,
                        16,
                        "/policies/0",
                        "name is missing; each policy of a set needs one"),
                arguments(
                        "{\"policies\": [{\"name\": \"my-own\"}]}",
                        1,
                        32,
                        "/policies/0",
                        "document of policy [my-own] is missing; only the system policies [AliyunMQFullAccess,"
                                + " AliyunMQPubOnlyAccess, AliyunMQSubOnlyAccess, AliyunMQReadOnlyAccess] need none"),
                arguments(
                        "{\"policies\": [{\"name\": \"a\",\n\"Document\": {}}]}",
                        2,
                        13,
                        "/policies/0/Document",
                        "unknown member [Document] of a named policy; allowed are name, attachedTo and document"),
                arguments(
                        "{\"policies\": [{\"name\": \"a\",\n\"document\": {\"Version\": \"1\"}}]}",
                        2,
                        28,
                        "/policies/0/document",
                        "Statement is missing; write \"Statement\": [...]"),
                arguments(
                        "{\"policies\": [], \"Version\": \"1\"}",
                        1,
                        32,
                        "",
                        "a document holds either policies, or Version and Statement; not both"),
                arguments("{\"Version\": \"1\"}", 1, 16, "", "Statement is missing; write \"Statement\": [...]"),
                arguments("\"x\"", 1, 1, "", "a policy document must be an object, not [x]"));
    }
}
