package io.apsaramqtt.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Each operator on values of the policy and of the request, of which there may be several, parted by a semicolon. */
class ConditionOperatorTest {

    @ParameterizedTest
    @CsvSource(quoteCharacter = '"', nullValues = "null", textBlock = """
            StringEquals,              a,                         a,                         YES
            StringEquals,              a,                         A,                         NO
            StringEquals,              a*,                        ab,                        NO
            StringEquals,              a*,                        a*,                        YES
            StringEquals,              ${x},                      ${x},                      YES
            StringNotEquals,           a,                         a,                         NO
            StringNotEquals,           a,                         A,                         YES
            StringEqualsIgnoreCase,    aB,                        Ab,                        YES
            StringEqualsIgnoreCase,    aB,                        Abc,                       NO
            StringNotEqualsIgnoreCase, aB,                        Ab,                        NO
            StringNotEqualsIgnoreCase, aB,                        Abc,                       YES
            StringLike,                a*c?,                      abbcd,                     YES
            StringLike,                a*c?,                      abbc,                      NO
            StringLike,                A*,                        ab,                        NO
            StringNotLike,             a*c?,                      abbcd,                     NO
            StringNotLike,             a*c?,                      abbc,                      YES
            NumericEquals,             10,                        10.0,                      YES
            NumericEquals,             10,                        1e1,                       YES
            NumericEquals,             10,                        11,                        NO
            NumericEquals,             10,                        " 10 ",                    YES
            NumericNotEquals,          10,                        10.00,                     NO
            NumericNotEquals,          10,                        -10,                       YES
            NumericLessThan,           10,                        9.99,                      YES
            NumericLessThan,           10,                        10,                        NO
            NumericLessThan,           10,                        11,                        NO
            NumericLessThanEquals,     10,                        9,                         YES
            NumericLessThanEquals,     10,                        10,                        YES
            NumericLessThanEquals,     10,                        10.01,                     NO
            NumericGreaterThan,        10,                        9,                         NO
            NumericGreaterThan,        10,                        10,                        NO
            NumericGreaterThan,        10,                        100,                       YES
            NumericGreaterThanEquals,  10,                        9.99,                      NO
            NumericGreaterThanEquals,  10,                        10,                        YES
            NumericGreaterThanEquals,  10,                        11,                        YES
            DateEquals,                2026-01-01T08:00:00+08:00, 2026-01-01T00:00:00Z,      YES
            DateEquals,                2026-01-01T08:00:00+08:00, 2026-01-01T08:00:00Z,      NO
            DateEquals,                2026-01-01T00:00:00.000Z,  2026-01-01T00:00:00Z,      YES
            DateNotEquals,             2026-01-01T08:00:00+08:00, 2026-01-01T00:00:00Z,      NO
            DateNotEquals,             2026-01-01T08:00:00+08:00, 2026-01-01T00:00:01Z,      YES
            DateLessThan,              2026-01-01T08:00:00+08:00, 2025-12-31T23:59:59Z,      YES
            DateLessThan,              2026-01-01T08:00:00+08:00, 2026-01-01T00:00:00Z,      NO
            DateLessThan,              2026-01-01T08:00:00+08:00, 2026-01-01T07:00:00Z,      NO
            DateLessThanEquals,        2026-01-01T08:00:00+08:00, 2025-12-31T23:59:59Z,      YES
            DateLessThanEquals,        2026-01-01T08:00:00+08:00, 2026-01-01T00:00:00Z,      YES
            DateLessThanEquals,        2026-01-01T08:00:00+08:00, 2026-01-01T00:00:01Z,      NO
            DateGreaterThan,           2026-01-01T08:00:00+08:00, 2026-01-01T00:00:01Z,      YES
            DateGreaterThan,           2026-01-01T08:00:00+08:00, 2026-01-01T00:00:00Z,      NO
            DateGreaterThan,           2026-01-01T08:00:00+08:00, 2025-12-31T23:59:59Z,      NO
            DateGreaterThanEquals,     2026-01-01T08:00:00+08:00, 2026-01-01T00:00:01Z,      YES
            DateGreaterThanEquals,     2026-01-01T08:00:00+08:00, 2026-01-01T00:00:00Z,      YES
            DateGreaterThanEquals,     2026-01-01T08:00:00+08:00, 2025-12-31T23:59:59Z,      NO
            Bool,                      true,                      true,                      YES
            Bool,                      True,                      TRUE,                      YES
            Bool,                      false,                     false,                     YES
            Bool,                      true,                      false,                     NO
            IpAddress,                 10.0.0.0/8,                10.255.255.255,            YES
            IpAddress,                 10.0.0.0/8,                11.0.0.0,                  NO
            IpAddress,                 10.0.0.1,                  10.0.0.1,                  YES
            NotIpAddress,              10.0.0.0/8,                10.255.255.255,            NO
            NotIpAddress,              10.0.0.0/8,                11.0.0.0,                  YES
            """)
    void comparesOneValueWithOne(String operator, String wanted, String given, Match expected) {
        assertThat(test(operator, wanted, given)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '"', textBlock = """
            StringEquals,     a;b,            b,         YES
            StringEquals,     a;b,            c,         NO
            StringEquals,     a,              c;a,       YES
            StringNotEquals,  a;b,            b,         NO
            StringNotEquals,  a;b,            c,         YES
            StringNotEquals,  a,              c;a,       NO
            StringNotLike,    a*;b*,          bb,        NO
            NumericLessThan,  5;10,           7,         YES
            NumericNotEquals, 5;10,           7,         YES
            NumericNotEquals, 5;10,           10,        NO
            DateNotEquals,    2026-01-01T00:00:00Z;2027-01-01T00:00:00Z, 2027-01-01T00:00:00Z, NO
            Bool,             true;false,     false,     YES
            IpAddress,        10.0.0.0/8;::1, 0:0::1,    YES
            NotIpAddress,     10.0.0.0/8;::1, 0:0::1,    NO
            NotIpAddress,     10.0.0.0/8;::1, 192.0.2.1, YES
            IpAddress,        10.0.0.0/8;::ffff:0:0/96, ::ffff:10.0.0.1, YES
            NotIpAddress,     10.0.0.0/8;::ffff:0:0/96, ::ffff:10.0.0.1, NO
            """)
    void oneOfSeveralValuesIsEnoughAndANegatedOperatorIsMetByNone(
            String operator, String wanted, String given, Match expected) {
        assertThat(test(operator, wanted, given)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '"', textBlock = """
            NumericEquals,            ten,                       10,                   MAYBE
            NumericEquals,            10,                        ten,                  MAYBE
            NumericNotEquals,         ten,                       10,                   MAYBE
            NumericGreaterThan,       10,                        "",                   MAYBE
            NumericGreaterThan,       10,                        0x11,                 MAYBE
            DateEquals,               2026-01-01,                2026-01-01T00:00:00Z, MAYBE
            DateLessThan,             2026-01-01T00:00:00,       2025-01-01T00:00:00Z, MAYBE
            DateGreaterThan,          2026-13-01T00:00:00Z,      2027-01-01T00:00:00Z, MAYBE
            DateNotEquals,            soon,                      2027-01-01T00:00:00Z, MAYBE
            Bool,                     yes,                       true,                 MAYBE
            Bool,                     true,                      1,                    MAYBE
            IpAddress,                10.0.0.0/33,               10.0.0.1,             MAYBE
            IpAddress,                10.0.0.0/8,                localhost,            MAYBE
            NotIpAddress,             10.0.0.0/8,                localhost,            MAYBE
            IpAddress,                10.0.0.0/8,                ::ffff:10.0.0.1,      MAYBE
            NotIpAddress,             10.0.0.0/8,                ::ffff:10.0.0.1,      MAYBE
            IpAddress,                ::ffff:10.0.0.0/104,       10.0.0.1,             MAYBE
            NumericEquals,            ten;10,                    10,                   YES
            NumericEquals,            ten;11,                    10,                   MAYBE
            NumericNotEquals,         ten;10,                    10,                   NO
            NumericNotEquals,         ten;11,                    10,                   MAYBE
            Bool,                     yes;true,                  true,                 YES
            """)
    void whatCannotBeReadMayBeMetUnlessAnotherValueSettlesIt(
            String operator, String wanted, String given, Match expected) {
        assertThat(test(operator, wanted, given)).isEqualTo(expected);
    }

    @ParameterizedTest
    @EnumSource
    void anAbsentKeyMeetsTheNegatedOperatorsOnly(ConditionOperator operator) {
        Match expected = operator.toString().contains("Not") ? Match.YES : Match.NO;
        for (String wanted : List.of("true", "10", "10.0.0.1", "2026-01-01T00:00:00Z", "unreadable")) {
            assertThat(met(operator, List.of(wanted), RequestContext.complete(Map.of())))
                    .isEqualTo(expected);
            assertThat(met(operator, List.of(wanted), RequestContext.partial(Map.of(), Set.of("key"))))
                    .isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @EnumSource
    void anUnknowableKeyMayBeMet(ConditionOperator operator) {
        assertThat(met(operator, List.of("true"), RequestContext.nothingKnown()))
                .isEqualTo(Match.MAYBE);
        assertThat(met(operator, List.of("true"), RequestContext.partial(Map.of("k", List.of("true")), Set.of("x"))))
                .isEqualTo(Match.MAYBE);
    }

    @ParameterizedTest
    @EnumSource
    void withoutAnyValueNothingIsEqual(ConditionOperator operator) {
        RequestContext context = RequestContext.complete(Map.of("key", List.of("10")));
        assertThat(met(operator, List.of(), context))
                .isEqualTo(operator.toString().contains("Not") ? Match.YES : Match.NO);
    }

    @ParameterizedTest
    @MethodSource("names")
    void isFoundByTheNameThatThePagesGiveIt(String name) {
        assertThat(ConditionOperator.named(name))
                .hasValueSatisfying(operator -> assertThat(operator).hasToString(name));
    }

    static Stream<String> names() {
        return Stream.of(
                "StringEquals",
                "StringNotEquals",
                "StringEqualsIgnoreCase",
                "StringNotEqualsIgnoreCase",
                "StringLike",
                "StringNotLike",
                "NumericEquals",
                "NumericNotEquals",
                "NumericLessThan",
                "NumericLessThanEquals",
                "NumericGreaterThan",
                "NumericGreaterThanEquals",
                "DateEquals",
                "DateNotEquals",
                "DateLessThan",
                "DateLessThanEquals",
                "DateGreaterThan",
                "DateGreaterThanEquals",
                "Bool",
                "IpAddress",
                "NotIpAddress");
    }

    @Test
    void thereAreNoOthers() {
        assertThat(Arrays.stream(ConditionOperator.values()).map(ConditionOperator::toString))
                .containsExactlyInAnyOrderElementsOf(names().toList());
        assertThat(ConditionOperator.named("Null")).isEmpty();
        assertThat(ConditionOperator.named("stringequals")).isEmpty();
        assertThat(ConditionOperator.named("StringEqualsIfExists")).isEmpty();
        assertThat(ConditionOperator.named("ForAnyValue:StringEquals")).isEmpty();
    }

    @Test
    void aHostileNumberIsAnsweredAtOnce() {
        assertTimeoutPreemptively(Duration.ofSeconds(5), () -> {
            assertThat(test("NumericLessThan", "1e999999999", "1")).isEqualTo(Match.YES);
            assertThat(test("NumericEquals", "1e999999999", "10e999999998")).isEqualTo(Match.YES);
            assertThat(test("NumericLessThan", "1e-999999999", "1e999999999")).isEqualTo(Match.NO);
            assertThat(test("NumericEquals", "1e2147483647", "1e-2147483647")).isEqualTo(Match.NO);
            assertThat(test("NumericEquals", "1e99999999999", "1")).isEqualTo(Match.MAYBE);
            String long100 = "1".repeat(100);
            assertThat(test("NumericEquals", long100, long100)).isEqualTo(Match.YES);
            assertThat(test("NumericEquals", long100 + "1", long100 + "1")).isEqualTo(Match.MAYBE);
            String million = "1".repeat(5_000_000);
            assertThat(test("NumericEquals", million, million)).isEqualTo(Match.MAYBE);
        });
    }

    private static Match test(String operator, String wanted, String given) {
        return met(
                ConditionOperator.named(operator).orElseThrow(),
                values(wanted),
                RequestContext.complete(Map.of("key", values(given))));
    }

    private static List<String> values(String parted) {
        return List.of(parted.split(";", -1));
    }

    private static Match met(ConditionOperator operator, List<String> wanted, RequestContext context) {
        return new Condition(List.of(new Condition.Test(operator, "key", wanted))).met(context);
    }
}
