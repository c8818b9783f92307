package io.apsaramqtt.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class PolicyWriterTest {

    @Test
    void aDocumentIsLaidOutEvenlyAndLosesItsComments() {
        Policy policy = Policy.parse("p", """
                {"Version":"1",// which there is no other of
                 "Statement":[{"Effect":"Allow","Action":"mq:PUB",/* all */"Resource":"*"}]}""");
        assertThat(policy.document()).isEqualTo("""
                {
                  "Version" : "1",
                  "Statement" : [
                    {
                      "Effect" : "Allow",
                      "Action" : "mq:PUB",
                      "Resource" : "*"
                    }
                  ]
                }
                """);
    }

    @Test
    void whatIsNotUnderstoodSurvives() {
        Policy read = Policy.parse("p", """
                {"Version": "1", "Id": {"deep": [1, true, "x"]}, "Statement": [
                  {"Effect": "Deny", "NotAction": ["mq:SUB"], "NotResource": "a", "Principal": {"RAM": ["x", 7]}, "Sid": "s",
                   "Condition": {"IfExists": {"k": "v"}, "Bool": {"acs:SecureTransport": true}}}]}""");
        Policy again = Policy.parse("p", read.document());
        assertThat(described(again)).isEqualTo(described(read));
        assertThat(again.statements().get(0).undecidable())
                .containsExactly(
                        "unknown member [Principal]",
                        "unknown operator [IfExists]",
                        "unknown member [Id] of the document");
        assertThat(again.document()).isEqualTo(read.document()).contains("\"RAM\"", "7");
    }

    @TestFactory
    Stream<DynamicTest> everyPolicyOfTheCorpusReadsBackAsItWas() {
        return Corpus.vectors().stream()
                .map(vector -> dynamicTest(vector.title(), () -> {
                    PolicySet read = vector.policies("policies");
                    PolicySet again = PolicySet.parse("set", read.document());
                    assertThat(described(again)).isEqualTo(described(read));
                    assertThat(again.document()).isEqualTo(read.document());
                }));
    }

    @Test
    void aSetKeepsNamesAndAttachments() {
        PolicySet read = PolicySet.parse("set", """
                {"policies": [
                  {"name": "own", "attachedTo": "user gateway", "document": {"Version": "1", "Statement": [
                    {"Effect": "Allow", "Action": "mq:PUB", "Resource": "*"}]}},
                  {"name": "AliyunMQSubOnlyAccess", "attachedTo": "group sensors"},
                  {"name": "AliyunMQReadOnlyAccess"}]}""");
        PolicySet again = PolicySet.parse("again", read.document());
        assertThat(Stream.of(read, again).map(PolicyWriterTest::named))
                .allSatisfy(names -> assertThat(names)
                        .containsExactly(
                                "policy \"own\" of user gateway, statement 1",
                                "policy \"AliyunMQSubOnlyAccess\" of group sensors, statement 1",
                                "policy \"AliyunMQSubOnlyAccess\" of group sensors, statement 2",
                                "policy \"AliyunMQReadOnlyAccess\", statement 1"));
    }

    @Test
    void aPolicyWithoutAnAttachmentIsWrittenWithoutOne() {
        Policy policy = Policy.parse("own", """
                {"Version": "1", "Statement": [{"Effect": "Allow", "Action": "mq:PUB", "Resource": "*"}]}""");
        assertThat(PolicySet.of(policy).document()).isEqualTo("""
                {
                  "policies" : [
                    {
                      "name" : "own",
                      "document" : {
                        "Version" : "1",
                        "Statement" : [
                          {
                            "Effect" : "Allow",
                            "Action" : "mq:PUB",
                            "Resource" : "*"
                          }
                        ]
                      }
                    }
                  ]
                }
                """);
    }

    @Test
    void aSystemPolicyWithoutAnAttachmentStaysTheSameValue() {
        PolicySet read = PolicySet.parse("set", "{\"policies\": [{\"name\": \"AliyunMQFullAccess\"}]}");
        assertThat(read.policies()).containsExactly(Policy.system("AliyunMQFullAccess"));
    }

    private static List<String> named(PolicySet policies) {
        return policies.policies().stream()
                .flatMap(policy -> policy.statements().stream())
                .map(Statement::toString)
                .toList();
    }

    private static String described(PolicySet policies) {
        return policies.policies().stream()
                .map(policy -> policy.name() + described(policy))
                .toList()
                .toString();
    }

    private static String described(Policy policy) {
        return policy.statements().stream()
                .map(statement -> List.of(
                        statement,
                        statement.effect(),
                        statement.actions(),
                        statement.namesAction("mq:PUB"),
                        statement.resources(),
                        statement.exceptsResources(),
                        statement.conditionKeys(),
                        statement.undecidable()))
                .toList()
                .toString();
    }
}
