package io.apsaramqtt.advice;

import io.apsaramqtt.advice.Finding.Rule;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** Policy documents in few words, and what the linter says of them. */
final class Drafts {

    private Drafts() {}

    static String allow(String actions, String resources) {
        return statement("Allow", actions, resources, "");
    }

    static String deny(String actions, String resources) {
        return statement("Deny", actions, resources, "");
    }

    /** Actions and resources parted by blanks; a resource without colon is a relative ID of mq. */
    static String statement(String effect, String actions, String resources, String more) {
        return "{\"Effect\":\"" + effect + "\",\"Action\":" + array(actions, "") + ",\"Resource\":"
                + array(resources, "acs:mq:*:*:") + more + "}";
    }

    private static String array(String texts, String prefix) {
        return Arrays.stream(texts.split(" ", -1))
                .map(text -> text.indexOf(':') >= 0 || "*".equals(text) ? text : prefix + text)
                .collect(Collectors.joining("\",\"", "[\"", "\"]"));
    }

    static String document(String... statements) {
        return "{\"Version\":\"1\",\"Statement\":[\n" + String.join(",\n", statements) + "\n]}";
    }

    static List<Finding> lint(String... statements) {
        return new PolicyLinter().lint("policy.json", document(statements));
    }

    static List<Finding> of(Rule rule, String... statements) {
        return lint(statements).stream().filter(found -> found.rule() == rule).toList();
    }
}
