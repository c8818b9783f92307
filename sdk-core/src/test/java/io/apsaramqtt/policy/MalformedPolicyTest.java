package io.apsaramqtt.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class MalformedPolicyTest {

    @ParameterizedTest
    @MethodSource("documents")
    void saysWhereAndWhatIsWrong(String document, int line, int column, String pointer, String problem) {
        MalformedPolicyException e =
                catchThrowableOfType(MalformedPolicyException.class, () -> Policy.parse("policy.json", document));
        assertThat(e)
                .hasMessage("Policy [policy.json], line " + line + ", column " + column
                        + (pointer.isEmpty() ? "" : " (" + pointer + ")") + ": " + problem);
        assertThat(e.source()).isEqualTo("policy.json");
        assertThat(e.line()).isEqualTo(line);
        assertThat(e.column()).isEqualTo(column);
        assertThat(e.pointer()).isEqualTo(pointer);
    }

    static Stream<Arguments> documents() {
        return Stream.of(
                arguments("", 1, 1, "", "the document is empty; expected {\"Version\":\"1\",\"Statement\":[...]}"),
                arguments("[]", 1, 1, "", "a policy document must be an object, not an array"),
                arguments("\n  17", 2, 3, "", "a policy document must be an object, not [17]"),
                arguments("""
                        {"Version": "1"}""", 1, 16, "", "Statement is missing; write \"Statement\": [...]"),
                arguments("""
                        {"Statement": []}""", 1, 17, "", "Version is missing; write \"Version\": \"1\""),
                arguments("""
                        {"Version": 1, "Statement": []}""", 1, 13, "/Version", "Version must be a string, not [1]"),
                arguments("""
                        {"Version": "2012-10-17"}""", 1, 13, "/Version", "Version [2012-10-17] does not exist; the only one is \"1\""),
                arguments("""
                        {"Version": "1",
                         "Statement": {}}""", 2, 15, "/Statement", "Statement must be an array, not an object"),
                arguments("""
                        {"Version": "1",
                         "Statement": [
                          "x"]}""", 3, 3, "/Statement/0", "a statement must be an object, not [x]"),
                arguments("""
                        {"Version": "1", "Statement": []} {}""", 1, 35, "", "text after the end of the document; remove it"));
    }

    @ParameterizedTest
    @MethodSource("statements")
    void saysWhereAndWhatIsWrongInAStatement(String statement, int column, String pointer, String problem) {
        String document = "{\"Version\": \"1\", \"Statement\": [\n"
                + "{\"Effect\": \"Deny\", \"Action\": \"a:b\", \"Resource\": \"*\"},\n" + statement + "]}";
        MalformedPolicyException e =
                catchThrowableOfType(MalformedPolicyException.class, () -> Policy.parse("p", document));
        assertThat(e).hasMessageEndingWith(problem);
        assertThat(e.line()).isEqualTo(3);
        assertThat(e.column()).isEqualTo(column);
        assertThat(e.pointer()).isEqualTo("/Statement/1" + pointer);
    }

    static Stream<Arguments> statements() {
        return Stream.of(
                arguments("{}", 2, "", "Effect is missing from the statement; allowed are \"Allow\" and \"Deny\""),
                arguments("""
                        {"Effect": "Allow"}""", 19, "", "Action is missing from the statement"),
                arguments("""
                        {"Effect": "Allow", "Action": "*"}""", 34, "", "Resource is missing from the statement"),
                arguments("""
                        {"Effect": "allow"}""", 12, "/Effect", "Effect [allow] does not exist; allowed are \"Allow\" and \"Deny\""),
                arguments("""
                        {"Effect": true}""", 12, "/Effect", "Effect must be a string, not [true]"),
                arguments("""
                        {"Effect": null}""", 12, "/Effect", "Effect must be a string, not [null]"),
                arguments("""
                        {"Action": {}}""", 12, "/Action", "Action must be a string, not an object"),
                arguments("""
                        {"Action": ["a", 7]}""", 18, "/Action/1", "Action must be a string, not [7]"),
                arguments("""
                        {"NotAction": [[]]}""", 16, "/NotAction/0", "NotAction must be a string, not an array"),
                arguments("""
                        {"Resource": 1.5}""", 14, "/Resource", "Resource must be a string, not [1.5]"),
                arguments("""
                        {"NotResource": false}""", 17, "/NotResource", "NotResource must be a string, not [false]"),
                arguments("""
                        {"Sid": 1}""", 9, "/Sid", "Sid must be a string, not [1]"),
                arguments("""
                        {"Action": "a", "NotAction": "b"}""", 30, "/NotAction", "a statement has either Action or NotAction; remove one"),
                arguments("""
                        {"NotResource": "a", "Resource": "b"}""", 34, "/Resource", "a statement has either Resource or NotResource; remove one"));
    }

    @ParameterizedTest
    @MethodSource("texts")
    void saysWhereTextIsNotJson(String document, int line, int column) {
        MalformedPolicyException e =
                catchThrowableOfType(MalformedPolicyException.class, () -> Policy.parse("p", document));
        assertThat(e).hasMessageContaining("not valid JSON: ");
        assertThat(e.getMessage()).doesNotContain("Source:", "#UNKNOWN");
        assertThat(e.line()).isEqualTo(line);
        assertThat(e.column()).isEqualTo(column);
    }

    static Stream<Arguments> texts() {
        return Stream.of(
                arguments("{\"Version\": \"1\",\n \"Statement\": [}", 2, 16),
                arguments("{\"Version\": \"1\",\n \"Statement\": [", 2, 16),
                arguments("{\n'Version': '1'}", 2, 1),
                arguments("{\"Version\": \"1\",}", 1, 17),
                arguments("Allow everything", 1, 1),
                arguments("{\"Version\": \"1\"", 1, 16));
    }

    @Test
    void refusesAMemberThatIsGivenTwice() {
        MalformedPolicyException e = catchThrowableOfType(MalformedPolicyException.class, () -> Policy.parse("p", """
                {"Version": "1", "Statement": [
                  {"Effect": "Allow", "Effect": "Deny", "Action": "*", "Resource": "*"}]}"""));
        assertThat(e).hasMessageContaining("Duplicate Object property \"Effect\"");
        assertThat(e.line()).isEqualTo(2);
    }

    @Test
    void refusesAMemberThatIsGivenTwiceInAConditionToo() {
        MalformedPolicyException e = catchThrowableOfType(MalformedPolicyException.class, () -> Policy.parse("p", """
                {"Version": "1", "Statement": [{"Effect": "Allow", "Action": "*", "Resource": "*",
                  "Condition": {"Bool": {"a": "true", "a": "false"}}}]}"""));
        assertThat(e).hasMessageContaining("Duplicate Object property \"a\"");
        assertThat(e.line()).isEqualTo(2);
    }

    @Test
    void refusesBottomlessNestingWithoutEndingTheStack() {
        String deep = "{\"Version\": \"1\", \"Id\": " + "[".repeat(100_000);
        MalformedPolicyException e =
                catchThrowableOfType(MalformedPolicyException.class, () -> Policy.parse("p", deep));
        assertThat(e).hasMessageContaining("not valid JSON");
    }
}
