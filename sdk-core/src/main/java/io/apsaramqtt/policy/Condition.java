package io.apsaramqtt.policy;

import java.util.List;

/**
 * The conditions of a statement: all of the tests must be met; a test is met as its operator says.
 *
 * <p>Immutable.
 */
record Condition(List<Test> tests) {

    static final Condition NONE = new Condition(List.of());

    /** One key under one operator. */
    record Test(ConditionOperator operator, String key, List<String> values) {

        Match met(RequestContext context) {
            return context.isUnknowable(key) ? Match.MAYBE : operator.test(values, context.values(key));
        }
    }

    Condition {
        tests = List.copyOf(tests);
    }

    /** The keys, in order, each once. */
    List<String> keys() {
        return tests.stream().map(Test::key).distinct().toList();
    }

    /** Whether the conditions are met; decided at each call, as the time of a request is one of its keys. */
    Match met(RequestContext context) {
        Match all = Match.YES;
        for (Test test : tests) {
            all = all.and(test.met(context));
        }
        return all;
    }
}
