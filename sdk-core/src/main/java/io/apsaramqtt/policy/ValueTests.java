package io.apsaramqtt.policy;

import io.apsaramqtt.policy.ConditionOperator.ValueTest;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.IntPredicate;

/**
 * How single values are compared, by type. Where one of them is no number, date, boolean or address, no page says what RAM
 * does: the test may be met.
 */
final class ValueTests {

    /** Reading a number takes the square of its digits. */
    private static final int MAX_NUMBER = 100;

    private ValueTests() {}

    static Match sameText(String wanted, String given) {
        return of(wanted.equals(given));
    }

    static Match sameTextIgnoringCase(String wanted, String given) {
        return of(wanted.equalsIgnoreCase(given));
    }

    static Match like(String wanted, String given) {
        return of(Glob.matches(wanted, given));
    }

    static Match sameBoolean(String wanted, String given) {
        return isBoolean(wanted) && isBoolean(given) ? of(wanted.equalsIgnoreCase(given)) : Match.MAYBE;
    }

    static ValueTest number(IntPredicate order) {
        return ordered(ValueTests::readNumber, order);
    }

    private static BigDecimal readNumber(String text) {
        if (text.length() > MAX_NUMBER) {
            throw new NumberFormatException("longer than any number that a policy compares");
        }
        return new BigDecimal(text);
    }

    /** ISO 8601 with any offset; moments are compared, not texts. */
    static ValueTest date(IntPredicate order) {
        return ordered(text -> OffsetDateTime.parse(text).toInstant(), order);
    }

    static Match inNetwork(String wanted, String given) {
        try {
            return Network.parse(wanted).contains(Network.parse(given));
        } catch (IllegalArgumentException notAnAddress) {
            return Match.MAYBE;
        }
    }

    private static <T extends Comparable<T>> ValueTest ordered(Function<String, T> read, IntPredicate order) {
        return (wanted, given) -> {
            try {
                return of(order.test(read.apply(given.strip()).compareTo(read.apply(wanted.strip()))));
            } catch (NumberFormatException | DateTimeException unreadable) {
                return Match.MAYBE;
            }
        };
    }

    private static boolean isBoolean(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        return "true".equals(lower) || "false".equals(lower);
    }

    private static Match of(boolean met) {
        return met ? Match.YES : Match.NO;
    }
}
