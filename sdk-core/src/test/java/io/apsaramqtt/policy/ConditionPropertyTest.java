package io.apsaramqtt.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Decisions against every value that an unknowable key may have, and every meaning of what nobody can read. */
class ConditionPropertyTest {

    private static final String ACTION = "mq:PUB";
    private static final ResourceName ALARMS = ResourceName.of("acs:mq:cn-hangzhou:1:topic/x/alarms");

    /** A test on a key, a value that meets it and one that does not; told apart by hand. */
    private record Sample(String operator, String wanted, String meets, String misses) {
        boolean isMet(String state) {
            return state.equals("absent") ? operator.contains("Not") : state.equals("meets");
        }
    }

    private static final List<Sample> SAMPLES = List.of(
            new Sample("Bool", "'true'", "true", "false"),
            new Sample("StringEquals", "['a','b']", "b", "c"),
            new Sample("StringNotEquals", "['a','b']", "c", "a"),
            new Sample("StringNotLike", "['a*','b*']", "c", "bb"),
            new Sample("NumericLessThanEquals", "'10'", "10.0", "10.1"),
            new Sample("NumericNotEquals", "'10'", "11", "10"),
            new Sample(
                    "DateGreaterThan", "'2026-01-01T00:00:00Z'", "2026-01-01T08:00:01+08:00", "2026-01-01T00:00:00Z"),
            new Sample("IpAddress", "['10.0.0.0/8','::1']", "::1", "11.0.0.1"),
            new Sample("NotIpAddress", "'10.0.0.0/8'", "11.0.0.1", "10.0.0.1"));

    private static final List<String> STATES = List.of("absent", "meets", "misses");

    /** A test on a key of its own. */
    private record Asked(String key, Sample sample, boolean unknowable, String state) {}

    /** A statement that names the request, with tests on keys of its own, and perhaps with a member that nobody can read. */
    private record Meant(Effect effect, List<Asked> tests, boolean unreadable) {

        String json() {
            StringBuilder condition = new StringBuilder();
            for (Asked test : tests) {
                condition.append(condition.isEmpty() ? "" : ",");
                condition.append("'" + test.sample().operator() + "':{'" + test.key() + "':"
                        + test.sample().wanted() + "}");
            }
            return ("{'Effect':'" + (effect == Effect.ALLOW ? "Allow" : "Deny")
                            + "','Action':'mq:PUB','Resource':'*','Condition':{" + condition + "}"
                            + (unreadable ? ",'Unless':'Tuesday'" : "") + "}")
                    .replace('\'', '"');
        }

        /** Whether it applies in each of the ways its own unknown parts may turn out. */
        Set<Boolean> applies() {
            boolean always = tests.stream()
                    .allMatch(test -> !test.unknowable() && test.sample().isMet(test.state()));
            boolean never = tests.stream()
                    .anyMatch(test -> !test.unknowable() && !test.sample().isMet(test.state()));
            Set<Boolean> ways = new HashSet<>();
            for (List<String> states : statesOf(tests)) {
                boolean met = true;
                for (int i = 0; i < tests.size(); i++) {
                    met &= tests.get(i).sample().isMet(states.get(i));
                }
                ways.add(met);
                if (unreadable) {
                    ways.add(false);
                }
            }
            assertThat(ways.contains(true)).isEqualTo(!never);
            assertThat(ways.contains(false)).isEqualTo(!always || unreadable);
            return ways;
        }
    }

    private static List<List<String>> statesOf(List<Asked> tests) {
        List<List<String>> all = List.of(List.of());
        for (Asked test : tests) {
            List<List<String>> next = new ArrayList<>();
            for (List<String> before : all) {
                for (String state : test.unknowable() ? STATES : List.of(test.state())) {
                    List<String> more = new ArrayList<>(before);
                    more.add(state);
                    next.add(more);
                }
            }
            all = next;
        }
        return all;
    }

    @Property(tries = 3_000)
    void thePossibleOutcomesAreThoseOfEveryValueOfTheUnknowableKeys(@ForAll long seed) {
        Generated generated = new Generated(new Random(seed));
        List<Meant> statements = new ArrayList<>();
        Map<String, List<String>> present = new HashMap<>();
        Set<String> absent = new HashSet<>();
        for (int s = generated.random().nextInt(5); s > 0; s--) {
            List<Asked> tests = new ArrayList<>();
            Set<String> operators = new HashSet<>();
            for (int t = generated.random().nextInt(3); t > 0; t--) {
                Asked test = new Asked(
                        "s" + s + "t" + t,
                        generated.one(SAMPLES),
                        generated.random().nextBoolean(),
                        generated.one(STATES));
                if (operators.add(test.sample().operator())) {
                    tests.add(test);
                    tell(test, present, absent);
                }
            }
            statements.add(new Meant(
                    generated.one(List.of(Effect.ALLOW, Effect.ALLOW, Effect.DENY)),
                    tests,
                    generated.random().nextInt(4) == 0));
        }
        Policy policy = Generated.policy(statements.stream().map(Meant::json).toList());
        assertThat(PolicySet.of(policy)
                        .decide(ACTION, ALARMS, RequestContext.partial(present, absent))
                        .possible())
                .as("%s", statements)
                .isEqualTo(possible(statements));
    }

    private static void tell(Asked test, Map<String, List<String>> present, Set<String> absent) {
        if (test.unknowable()) {
            return;
        }
        switch (test.state()) {
            case "meets" -> present.put(test.key(), List.of(test.sample().meets()));
            case "misses" -> present.put(test.key(), List.of(test.sample().misses()));
            default -> absent.add(test.key());
        }
    }

    private static Set<Outcome> possible(List<Meant> statements) {
        Set<Set<Effect>> worlds = new HashSet<>(Set.of(EnumSet.noneOf(Effect.class)));
        for (Meant statement : statements) {
            Set<Set<Effect>> next = new HashSet<>();
            for (Set<Effect> world : worlds) {
                for (boolean applies : statement.applies()) {
                    Set<Effect> more = EnumSet.copyOf(world.isEmpty() ? EnumSet.noneOf(Effect.class) : world);
                    if (applies) {
                        more.add(statement.effect());
                    }
                    next.add(more);
                }
            }
            worlds = next;
        }
        Set<Outcome> possible = EnumSet.noneOf(Outcome.class);
        for (Set<Effect> world : worlds) {
            possible.add(
                    world.contains(Effect.DENY)
                            ? Outcome.EXPLICIT_DENY
                            : world.contains(Effect.ALLOW) ? Outcome.ALLOWED : Outcome.IMPLICIT_DENY);
        }
        return possible;
    }

    @Property(tries = 3_000)
    void knowingLessOfTheKeysNeverRulesOutTheTruth(@ForAll long seed) {
        Generated generated = new Generated(new Random(seed));
        PolicySet policies = generated.policies();
        String action = generated.action();
        ResourceName resource = generated.resource();
        Map<String, List<String>> truth = generated.truth();
        Decision whole = policies.decide(action, resource, RequestContext.complete(truth));
        Decision less = policies.decide(action, resource, generated.known(truth));
        assertThat(less.possible()).containsAll(whole.possible());
        assertThat(less.outcome() == Outcome.ALLOWED && whole.outcome().isDenied())
                .isFalse();
        assertThat(less.outcome().isDenied() && whole.outcome() == Outcome.ALLOWED)
                .isFalse();
    }

    @Property(tries = 3_000)
    void knowingLessOfTheResourceNeverRulesOutTheTruth(@ForAll long seed) {
        Generated generated = new Generated(new Random(seed));
        PolicySet policies = generated.policies();
        String action = generated.action();
        RequestContext context = generated.known(generated.truth());
        String id = generated.one(List.of("topic/x/alarms", "MQ_INST_1%alarms", "MQ_INST_2%alarms"));
        Decision whole = policies.decide(action, ResourceName.of("mq", "cn-hangzhou", "1", id), context);
        String hidden = id.replace("x", ResourceName.UNKNOWN).replaceFirst("MQ_INST_.", ResourceName.UNKNOWN);
        for (String region : new String[] {"cn-hangzhou", ResourceName.UNKNOWN}) {
            for (String account : new String[] {"1", ResourceName.UNKNOWN}) {
                for (String relativeId : List.of(id, hidden)) {
                    ResourceName less = ResourceName.of("mq", region, account, relativeId);
                    assertThat(policies.decide(action, less, context).possible())
                            .as("%s for %s", less, id)
                            .containsAll(whole.possible());
                }
            }
        }
    }
}
