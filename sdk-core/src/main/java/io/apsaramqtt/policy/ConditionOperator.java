package io.apsaramqtt.policy;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The condition operators of RAM (RAM page "Condition operators"): 21, of which those whose name holds {@code Not} negate
 * another. Immutable.
 */
enum ConditionOperator {
    STRING_EQUALS("StringEquals", ValueTests::sameText, false),
    STRING_NOT_EQUALS("StringNotEquals", ValueTests::sameText, true),
    STRING_EQUALS_IGNORE_CASE("StringEqualsIgnoreCase", ValueTests::sameTextIgnoringCase, false),
    STRING_NOT_EQUALS_IGNORE_CASE("StringNotEqualsIgnoreCase", ValueTests::sameTextIgnoringCase, true),
    STRING_LIKE("StringLike", ValueTests::like, false),
    STRING_NOT_LIKE("StringNotLike", ValueTests::like, true),
    NUMERIC_EQUALS("NumericEquals", ValueTests.number(order -> order == 0), false),
    NUMERIC_NOT_EQUALS("NumericNotEquals", ValueTests.number(order -> order == 0), true),
    NUMERIC_LESS_THAN("NumericLessThan", ValueTests.number(order -> order < 0), false),
    NUMERIC_LESS_THAN_EQUALS("NumericLessThanEquals", ValueTests.number(order -> order <= 0), false),
    NUMERIC_GREATER_THAN("NumericGreaterThan", ValueTests.number(order -> order > 0), false),
    NUMERIC_GREATER_THAN_EQUALS("NumericGreaterThanEquals", ValueTests.number(order -> order >= 0), false),
    DATE_EQUALS("DateEquals", ValueTests.date(order -> order == 0), false),
    DATE_NOT_EQUALS("DateNotEquals", ValueTests.date(order -> order == 0), true),
    DATE_LESS_THAN("DateLessThan", ValueTests.date(order -> order < 0), false),
    DATE_LESS_THAN_EQUALS("DateLessThanEquals", ValueTests.date(order -> order <= 0), false),
    DATE_GREATER_THAN("DateGreaterThan", ValueTests.date(order -> order > 0), false),
    DATE_GREATER_THAN_EQUALS("DateGreaterThanEquals", ValueTests.date(order -> order >= 0), false),
    BOOL("Bool", ValueTests::sameBoolean, false),
    IP_ADDRESS("IpAddress", ValueTests::inNetwork, false),
    NOT_IP_ADDRESS("NotIpAddress", ValueTests::inNetwork, true);

    private static final Map<String, ConditionOperator> BY_NAME = Arrays.stream(values())
            .collect(Collectors.toUnmodifiableMap(operator -> operator.text, Function.identity()));

    private final String text;

    @SuppressWarnings("ImmutableEnumChecker") // functions without state
    private final ValueTest test;

    private final boolean negated;

    ConditionOperator(String text, ValueTest test, boolean negated) {
        this.text = text;
        this.test = test;
        this.negated = negated;
    }

    /** Whether a value of the request meets one of the policy; maybe, if either cannot be read as what it should be. */
    @FunctionalInterface
    interface ValueTest {
        Match test(String fromPolicy, String fromRequest);
    }

    static Optional<ConditionOperator> named(String name) {
        return Optional.ofNullable(BY_NAME.get(name));
    }

    /**
     * Whether the values of a key meet those of the policy: any of the one any of the other. A negated operator is met if
     * none does, and so where the key is absent.
     */
    Match test(List<String> fromPolicy, List<String> fromRequest) {
        Match any = Match.NO;
        for (String wanted : fromPolicy) {
            for (String given : fromRequest) {
                any = any.or(test.test(wanted, given));
            }
        }
        return negated ? any.not() : any;
    }

    @Override
    public String toString() {
        return text;
    }
}
