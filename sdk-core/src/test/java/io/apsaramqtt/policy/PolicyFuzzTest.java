package io.apsaramqtt.policy;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Whatever is read from outside: documents, patterns and values. With {@code JAZZER_FUZZ=1} one of the methods is fuzzed;
 * else each runs on the inputs kept beside it.
 */
class PolicyFuzzTest {

    private static final ResourceName ALARMS = ResourceName.of("acs:mq:cn-hangzhou:1:topic/x/alarms");
    private static final String LONGEST = "2m";

    @FuzzTest(maxDuration = LONGEST)
    void aDocumentIsReadOrMalformed(byte[] document) {
        String text = new String(document, StandardCharsets.UTF_8);
        try {
            for (Statement statement : Policy.parse("p", text).statements()) {
                assertThat(statement.place().line()).isPositive();
                statement.match("mq:PUB", ALARMS, RequestContext.nothingKnown());
            }
        } catch (MalformedPolicyException e) {
            requirePlace(e);
        }
        try {
            PolicySet set = PolicySet.parse("s", text);
            assertThat(PolicyLayers.of(set).decide("mq:PUB", ALARMS, RequestContext.nothingKnown()))
                    .isEqualTo(set.decide("mq:PUB", ALARMS));
            requireRoundTrip(set);
        } catch (MalformedPolicyException e) {
            requirePlace(e);
        }
    }

    private static void requireRoundTrip(PolicySet set) {
        String printed = set.document();
        PolicySet again = PolicySet.parse("again", printed);
        assertThat(again.document()).isEqualTo(printed);
        assertThat(again.decide("mq:PUB", ALARMS).possible())
                .isEqualTo(set.decide("mq:PUB", ALARMS).possible());
    }

    private static void requirePlace(MalformedPolicyException e) {
        assertThat(e.line()).isPositive();
        assertThat(e.column()).isPositive();
        assertThat(e.pointer()).matches(pointer -> pointer.isEmpty() || pointer.startsWith("/"));
    }

    @FuzzTest(maxDuration = LONGEST)
    void aPatternMatchesAsTheTableSays(FuzzedDataProvider data) {
        String pattern = data.consumeString(200);
        String text = data.consumeRemainingAsString().replace(ResourceName.UNKNOWN, "");
        boolean expected = matches(pattern, text);
        assertThat(Glob.matches(pattern, text)).isEqualTo(expected);
        assertThat(Glob.mayMatch(pattern, text)).isEqualTo(expected);
        String hidden = text.isEmpty() ? text : ResourceName.UNKNOWN + text.substring(1);
        if (Glob.matches(pattern, hidden)) {
            assertThat(Glob.mayMatch(pattern, hidden)).isTrue();
            assertThat(expected).isTrue();
        }
        if (expected && (text.isEmpty() || ":/%".indexOf(text.charAt(0)) < 0)) {
            assertThat(Glob.mayMatch(pattern, hidden)).isTrue();
        }
    }

    @FuzzTest(maxDuration = LONGEST)
    void aResourcePatternMatchesByFieldOrMayMatchAsAWhole(FuzzedDataProvider data) {
        String pattern = data.consumeString(200);
        String text = "acs:mq:" + data.consumeRemainingAsString().replace(ResourceName.UNKNOWN, "");
        if (text.split(":", 5).length < 5) {
            return;
        }
        ResourceName name = ResourceName.of(text);
        assertThat(new ResourcePattern(pattern).match(name)).isEqualTo(expected(pattern, text));
        // The compiled form finds it by hash or prefix.
        Statement statement = new Statement(
                new Statement.Place("p", 1, 1, 1),
                Effect.ALLOW,
                List.of("*"),
                false,
                List.of(pattern),
                false,
                Condition.NONE,
                List.of(),
                "{}");
        PolicySet set = PolicySet.of(new Policy("p", List.of(statement)));
        assertThat(PolicyLayers.of(set).decide("mq:PUB", name, RequestContext.nothingKnown()))
                .isEqualTo(set.decide("mq:PUB", name));
    }

    private static Match expected(String pattern, String text) {
        String[] patterns = pattern.split(":", 5);
        String[] fields = text.split(":", 5);
        boolean byField = patterns.length == 5;
        for (int i = 0; byField && i < 5; i++) {
            byField = matches(patterns[i], fields[i]);
        }
        if (byField || pattern.equals("*")) {
            return Match.YES;
        }
        return matches(pattern, text) ? Match.MAYBE : Match.NO;
    }

    /** By a table of every beginning of the pattern and every beginning of the text. */
    private static boolean matches(String pattern, String text) {
        boolean[][] table = new boolean[pattern.length() + 1][text.length() + 1];
        for (int p = 0; p <= pattern.length(); p++) {
            for (int t = 0; t <= text.length(); t++) {
                char last = p == 0 ? 0 : pattern.charAt(p - 1);
                if (p == 0) {
                    table[p][t] = t == 0;
                } else if (last == '*') {
                    table[p][t] = table[p - 1][t] || (t > 0 && table[p][t - 1]);
                } else {
                    table[p][t] = t > 0 && (last == '?' || last == text.charAt(t - 1)) && table[p - 1][t - 1];
                }
            }
        }
        return table[pattern.length()][text.length()];
    }

    @FuzzTest(maxDuration = LONGEST)
    void aValueIsComparedOrMayBeMet(FuzzedDataProvider data) {
        ConditionOperator operator = data.pickValue(ConditionOperator.values());
        String wanted = data.consumeString(200);
        String given = data.consumeRemainingAsString();
        Match met = operator.test(List.of(wanted), List.of(given));
        assertThat(operator.test(List.of(wanted, wanted), List.of(given, given)))
                .isEqualTo(met);
        String name = operator.toString();
        if (name.startsWith("Numeric") || name.startsWith("Date")) {
            String type = name.startsWith("Date") ? "Date" : "Numeric";
            Match less = test(type + "LessThan", wanted, given);
            Match equal = test(type + "Equals", wanted, given);
            Match greater = test(type + "GreaterThan", wanted, given);
            if (less == Match.MAYBE) {
                assertThat(List.of(equal, greater)).containsOnly(Match.MAYBE);
            } else {
                assertThat(List.of(less, equal, greater)).containsOnlyOnce(Match.YES);
                assertThat(test(type + "GreaterThan", given, wanted)).isEqualTo(less);
                assertThat(test(type + "LessThanEquals", wanted, given)).isEqualTo(less.or(equal));
                assertThat(test(type + "GreaterThanEquals", wanted, given)).isEqualTo(greater.or(equal));
            }
        }
    }

    private static Match test(String operator, String wanted, String given) {
        return ConditionOperator.named(operator).orElseThrow().test(List.of(wanted), List.of(given));
    }

    @FuzzTest(maxDuration = LONGEST)
    void anAddressIsOneToJavaToo(FuzzedDataProvider data) throws UnknownHostException {
        String text = data.consumeRemainingAsAsciiString();
        Network network;
        try {
            network = Network.parse(text);
        } catch (IllegalArgumentException notAnAddress) {
            return;
        }
        assertThat(network.contains(network)).isEqualTo(Match.YES);
        List<Match> ofAll = List.of(
                Network.parse("0.0.0.0/0").contains(network),
                Network.parse("::/0").contains(network));
        assertThat(ofAll)
                .isIn(
                        List.of(Match.YES, Match.MAYBE), // version 4
                        List.of(Match.NO, Match.YES), // version 6
                        List.of(Match.MAYBE, Match.MAYBE)); // version 4, written in version 6
        if (text.indexOf('/') < 0) {
            InetAddress java = InetAddress.getByName(text); // a literal: no name server is asked
            if (text.indexOf(':') < 0 || java instanceof Inet6Address) {
                Network same = Network.parse(java.getHostAddress());
                assertThat(List.of(same.contains(network), network.contains(same)))
                        .containsOnly(Match.YES);
            }
        }
    }
}
