package io.apsaramqtt.policy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PolicyDocumentTest {

    @Test
    void readsStatementsAndWhereTheyStand() {
        Policy policy = Policy.parse("sensor-pub", """
                {
                  "Version": "1",
                  "Statement": [
                    {"Effect": "Allow", "Action": ["mq:PUB", "mq:SUB"], "Resource": ["acs:mq:*:*:a", "acs:mq:*:*:b"]},
                    {
                      "Effect": "Deny", "Action": "mq:PUB", "Resource": "*"
                    }
                  ]
                }
                """);
        assertThat(policy.name()).isEqualTo("sensor-pub");
        Statement first = policy.statements().get(0);
        assertThat(first.effect()).isEqualTo(Effect.ALLOW);
        assertThat(first.actions()).containsExactly("mq:PUB", "mq:SUB");
        assertThat(first.resources()).containsExactly("acs:mq:*:*:a", "acs:mq:*:*:b");
        assertThat(first.undecidable()).isEmpty();
        assertThat(first.place()).isEqualTo(new Statement.Place("sensor-pub", 1, 4, 5));
        assertThat(first).hasToString("policy \"sensor-pub\", statement 1");
        Statement second = policy.statements().get(1);
        assertThat(second.effect()).isEqualTo(Effect.DENY);
        assertThat(second.place()).isEqualTo(new Statement.Place("sensor-pub", 2, 5, 5));
    }

    @Test
    void oneValueAndAnArrayOfOneAreAlike() {
        Statement string = statement("""
                {"Effect": "Allow", "Action": "mq:PUB", "Resource": "*"}""");
        Statement array = statement("""
                {"Effect": "Allow", "Action": ["mq:PUB"], "Resource": ["*"]}""");
        assertThat(string.actions()).isEqualTo(array.actions()).containsExactly("mq:PUB");
        assertThat(string.resources()).isEqualTo(array.resources()).containsExactly("*");
    }

    @Test
    void membersComeInAnyOrder() {
        Policy policy = Policy.parse("p", """
                {"Statement": [{"Resource": "*", "Action": "mq:PUB", "Effect": "Deny"}], "Version": "1"}""");
        assertThat(policy.statements()).singleElement().satisfies(statement -> {
            assertThat(statement.effect()).isEqualTo(Effect.DENY);
            assertThat(statement.actions()).containsExactly("mq:PUB");
        });
    }

    @Test
    void commentsAreReadOver() {
        Policy policy = Policy.parse("p", """
                // as on the page
                {"Version": "1", /* the only one */ "Statement": [
                  {"Effect": "Allow", "Action": "mq:PUB", // publish
                   "Resource": "*"}
                ]}
                """);
        assertThat(policy.statements()).hasSize(1);
    }

    @Test
    void aSidMeansNothing() {
        Statement statement = statement("""
                {"Sid": "one", "Effect": "Allow", "Action": "mq:PUB", "Resource": "*"}""");
        assertThat(statement.undecidable()).isEmpty();
    }

    @Test
    void aConditionIsReadWithItsKeysInOrderEachOnce() {
        Policy policy = Policy.parse("p", """
                {"Version": "1", "Statement": [
                  {"Effect": "Allow", "Action": "mq:PUB", "Resource": "*",
                   "Condition": {"IpAddress": {"acs:SourceIp": ["10.0.0.0/8"], "a": "1.1.1.1"},
                                 "NotIpAddress": {"acs:SourceIp": "10.0.0.1"}}},
                  {"Effect": "Allow", "Action": "mq:SUB", "Resource": "*"}
                ]}""");
        assertThat(policy.statements().get(0).undecidable()).isEmpty();
        assertThat(policy.statements().get(0).conditionKeys()).containsExactly("acs:SourceIp", "a");
        assertThat(policy.statements().get(1).conditionKeys()).isEmpty();
    }

    @Test
    void anUnknownOperatorMakesItsStatementUndecidable() {
        Statement statement = statement("""
                {"Effect": "Allow", "Action": "mq:PUB", "Resource": "*",
                 "Condition": {"BoolIfExists": {"a": "true"}, "Null": [1], "stringequals": {"b": "c"},
                               "Bool": {"acs:SecureTransport": "true"}}}""");
        assertThat(statement.undecidable())
                .containsExactly(
                        "unknown operator [BoolIfExists]",
                        "unknown operator [Null]",
                        "unknown operator [stringequals]");
        assertThat(statement.conditionKeys()).containsExactly("acs:SecureTransport");
    }

    @Test
    void anUnknownMemberMakesItsStatementUndecidable() {
        Statement statement = statement("""
                {"Effect": "Allow", "Action": "mq:PUB", "Resource": "*", "Principal": {"RAM": ["*"]}, "effect": [[1]]}""");
        assertThat(statement.undecidable()).containsExactly("unknown member [Principal]", "unknown member [effect]");
    }

    @Test
    void anUnknownMemberOfTheDocumentMakesEveryStatementUndecidable() {
        Policy policy = Policy.parse("p", """
                {"Version": "1", "Statement": [{"Effect": "Allow", "Action": "mq:PUB", "Resource": "*"}], "Id": {"a": 1}}""");
        assertThat(policy.statements())
                .singleElement()
                .satisfies(statement ->
                        assertThat(statement.undecidable()).containsExactly("unknown member [Id] of the document"));
    }

    @Test
    void aDocumentMayHoldNoStatement() {
        assertThat(Policy.parse("p", """
                {"Version": "1", "Statement": []}""").statements()).isEmpty();
    }

    private static Statement statement(String json) {
        return Policy.parse("p", "{\"Version\":\"1\",\"Statement\":[" + json + "]}")
                .statements()
                .get(0);
    }
}
