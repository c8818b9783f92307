package io.apsaramqtt.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Decisions against every way in which the undecided statements could turn out. */
class PolicySetPropertyTest {

    private static final String ACTION = "mq:PUB";
    private static final ResourceName ALARMS = ResourceName.of("acs:mq:cn-hangzhou:1:topic/x/alarms");
    private static final Condition SECURE =
            new Condition(List.of(new Condition.Test(ConditionOperator.BOOL, "acs:SecureTransport", List.of("true"))));

    /** A statement as the test means it: what it does, and whether it applies. */
    record Meant(Effect effect, Match applies, int variant) {

        Statement statement() {
            boolean otherAction = applies == Match.NO && variant % 2 == 0;
            boolean otherResource = applies == Match.NO && !otherAction;
            boolean condition = applies == Match.MAYBE && variant % 2 == 0;
            // Whether a star runs over a colon is left open, like a condition.
            boolean overColon = applies == Match.MAYBE && !condition;
            return new Statement(
                    new Statement.Place("p", 1, 1, 1),
                    effect,
                    List.of(otherAction ? "mq:SUB" : ACTION),
                    false,
                    List.of(
                            otherResource
                                    ? "acs:mq:*:*:topic/x/billing"
                                    : overColon ? "acs:mq:*" : "acs:mq:*:*:topic/x/*"),
                    false,
                    condition ? SECURE : Condition.NONE,
                    List.of(),
                    "{}");
        }

        Match match() {
            return statement().match(ACTION, ALARMS, RequestContext.nothingKnown());
        }
    }

    @Property
    void theStatementsMeanWhatTheTestMeans(@ForAll("statement") Meant meant) {
        assertThat(meant.match()).isEqualTo(meant.applies());
    }

    @Property(tries = 3_000)
    void thePossibleOutcomesAreThoseOfEveryWayTheUndecidedMayTurnOut(@ForAll("statements") List<Meant> statements) {
        Decision decision = decide(statements);
        Set<Outcome> possible = possibleOutcomes(statements);
        assertThat(decision.possible()).isEqualTo(possible);
        Set<Boolean> denied = possible.stream().map(Outcome::isDenied).collect(Collectors.toSet());
        switch (decision.outcome()) {
            case ALLOWED -> assertThat(possible).containsExactly(Outcome.ALLOWED);
            case EXPLICIT_DENY -> assertThat(possible).containsExactly(Outcome.EXPLICIT_DENY);
            case IMPLICIT_DENY -> {
                assertThat(denied).containsExactly(true);
                assertThat(possible).contains(Outcome.IMPLICIT_DENY);
            }
            case UNKNOWN -> assertThat(denied).containsExactlyInAnyOrder(true, false);
        }
    }

    @Property(tries = 1_000)
    void theOrderOfStatementsAndPoliciesDoesNotMatter(
            @ForAll("statements") List<Meant> statements, @ForAll Random random) {
        List<Meant> shuffled = new ArrayList<>(statements);
        Collections.shuffle(shuffled, random);
        List<Policy> split = new ArrayList<>();
        for (int i = 0; i < shuffled.size(); ) {
            int end = i + 1 + random.nextInt(shuffled.size() - i);
            split.add(policy(shuffled.subList(i, end)));
            i = end;
        }
        assertThat(new PolicySet(split).decide(ACTION, ALARMS).outcome())
                .isEqualTo(decide(statements).outcome());
    }

    @Property(tries = 1_000)
    void addingADenyNeverAllowsMore(@ForAll("statements") List<Meant> statements, @ForAll("statement") Meant added) {
        Meant deny = new Meant(Effect.DENY, added.applies(), added.variant());
        assertThat(freedom(decide(with(statements, deny)).outcome()))
                .isLessThanOrEqualTo(freedom(decide(statements).outcome()));
    }

    @Property(tries = 1_000)
    void addingAnAllowNeverDeniesMore(@ForAll("statements") List<Meant> statements, @ForAll("statement") Meant added) {
        Meant allow = new Meant(Effect.ALLOW, added.applies(), added.variant());
        boolean denied = decide(statements).possible().contains(Outcome.EXPLICIT_DENY);
        assertThat(decide(with(statements, allow)).possible().contains(Outcome.EXPLICIT_DENY))
                .isEqualTo(denied);
        assertThat(freedom(decide(with(statements, allow)).outcome()))
                .isGreaterThanOrEqualTo(freedom(decide(statements).outcome()));
    }

    @Property(tries = 1_000)
    void theEvidenceIsOfTheKindThatMadeTheOutcome(@ForAll("statements") List<Meant> statements) {
        Decision decision = decide(statements);
        switch (decision.outcome()) {
            case ALLOWED ->
                assertThat(decision.statements())
                        .isNotEmpty()
                        .allMatch(s -> s.effect() == Effect.ALLOW
                                && s.match(ACTION, ALARMS, RequestContext.nothingKnown()) == Match.YES);
            case EXPLICIT_DENY ->
                assertThat(decision.statements())
                        .isNotEmpty()
                        .allMatch(s -> s.effect() == Effect.DENY
                                && s.match(ACTION, ALARMS, RequestContext.nothingKnown()) == Match.YES);
            case IMPLICIT_DENY ->
                assertThat(decision.statements())
                        .allMatch(s -> s.effect() == Effect.DENY
                                && s.match(ACTION, ALARMS, RequestContext.nothingKnown()) == Match.MAYBE);
            case UNKNOWN ->
                assertThat(decision.statements())
                        .isNotEmpty()
                        .allMatch(s -> s.match(ACTION, ALARMS, RequestContext.nothingKnown()) == Match.MAYBE);
        }
    }

    private static Set<Outcome> possibleOutcomes(List<Meant> statements) {
        List<Meant> open =
                statements.stream().filter(s -> s.applies() == Match.MAYBE).toList();
        return IntStream.range(0, 1 << open.size())
                .mapToObj(bits -> {
                    List<Effect> applying = new ArrayList<>();
                    statements.stream().filter(s -> s.applies() == Match.YES).forEach(s -> applying.add(s.effect()));
                    for (int i = 0; i < open.size(); i++) {
                        if ((bits >> i & 1) == 1) {
                            applying.add(open.get(i).effect());
                        }
                    }
                    return applying.contains(Effect.DENY)
                            ? Outcome.EXPLICIT_DENY
                            : applying.contains(Effect.ALLOW) ? Outcome.ALLOWED : Outcome.IMPLICIT_DENY;
                })
                .collect(Collectors.toSet());
    }

    private static int freedom(Outcome outcome) {
        return outcome.isDenied() ? 0 : outcome == Outcome.UNKNOWN ? 1 : 2;
    }

    private static List<Meant> with(List<Meant> statements, Meant added) {
        List<Meant> more = new ArrayList<>(statements);
        more.add(added);
        return more;
    }

    private static Decision decide(List<Meant> statements) {
        return PolicySet.of(policy(statements)).decide(ACTION, ALARMS);
    }

    private static Policy policy(List<Meant> statements) {
        return new Policy("p", statements.stream().map(Meant::statement).toList());
    }

    @Provide
    Arbitrary<Meant> statement() {
        return Combinators.combine(
                        Arbitraries.of(Effect.class),
                        Arbitraries.of(Match.class),
                        Arbitraries.integers().between(0, 1))
                .as(Meant::new);
    }

    @Provide
    Arbitrary<List<Meant>> statements() {
        return statement().list().ofMaxSize(6);
    }
}
