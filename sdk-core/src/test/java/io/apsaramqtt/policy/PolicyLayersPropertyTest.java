package io.apsaramqtt.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.apsaramqtt.policy.NaiveLayers.Layer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Layers against the page's order over every way in which each layer may turn out, and what must hold of them. */
class PolicyLayersPropertyTest {

    /** One request to layers, all at random. */
    private record Case(Generated generated, NaiveLayers layers, String action, ResourceName resource) {

        static Case of(long seed) {
            Generated generated = new Generated(new Random(seed));
            return new Case(
                    generated,
                    new NaiveLayers(layer(generated), layer(generated), generated.policies(), layer(generated)),
                    generated.action(),
                    generated.resource());
        }

        private static Layer layer(Generated generated) {
            return switch (generated.random().nextInt(5)) {
                case 0, 1 -> Layer.NOT_IN_FORCE;
                case 2 -> Layer.UNREAD;
                case 3 ->
                    Layer.of(PolicySet.of(Generated.policy(List.of(
                            "{\"Effect\":\"Allow\",\"Action\":\"*\",\"Resource\":\"*\"}", generated.statement(null)))));
                default -> Layer.of(generated.policies());
            };
        }

        RequestContext context() {
            return generated.known(generated.truth());
        }

        Decision decide(NaiveLayers other, RequestContext context) {
            return other.compiled().decide(action, resource, context);
        }
    }

    @Property(tries = 5_000)
    void theLayersAreAskedInTheOrderOfThePage(@ForAll long seed) {
        Case asked = Case.of(seed);
        RequestContext context = asked.context();
        Decision decision = asked.decide(asked.layers(), context);
        assertThat(decision.possible()).isEqualTo(asked.layers().possible(asked.action(), asked.resource(), context));
        boolean certain = decision.possible().size() == 1;
        if (certain) {
            assertThat(decision.unread()).isEmpty();
        } else {
            assertThat(decision.unread().size() + decision.statements().size())
                    .as("something is open, and the decision says what")
                    .isPositive();
        }
        if (decision.outcome() == Outcome.ALLOWED || decision.outcome() == Outcome.EXPLICIT_DENY) {
            Effect effect = decision.outcome() == Outcome.ALLOWED ? Effect.ALLOW : Effect.DENY;
            assertThat(decision.statements()).isNotEmpty().allMatch(statement -> statement.effect() == effect);
        }
    }

    @Property(tries = 3_000)
    void anAnswerThatDoesNotChangeWithTimeHoldsAtAnyOther(@ForAll long seed) {
        Case asked = Case.of(seed);
        Map<String, List<String>> truth = asked.generated().truth();
        PolicyLayers layers = asked.layers().compiled();
        List<Decision> decisions = new ArrayList<>();
        for (String time : Generated.TIMES) {
            RequestContext context = RequestContext.partial(truth, Set.of()).with(RequestContext.CURRENT_TIME, time);
            decisions.add(layers.decide(asked.action(), asked.resource(), context));
        }
        if (!decisions.get(0).changesWithTime() || !decisions.get(1).changesWithTime()) {
            assertThat(decisions.get(0).possible())
                    .as("%s", asked.layers())
                    .isEqualTo(decisions.get(1).possible());
        }
    }

    @Property(tries = 3_000)
    void addingADenyToAnyLayerInForceNeverAllowsMore(@ForAll long seed) {
        Case asked = Case.of(seed);
        RequestContext context = asked.context();
        Set<Outcome> before = asked.decide(asked.layers(), context).possible();
        for (NaiveLayers more : withStatement(asked, asked.generated().statement(Effect.DENY))) {
            Set<Outcome> after = asked.decide(more, context).possible();
            assertThat(before.contains(Outcome.ALLOWED) || !after.contains(Outcome.ALLOWED))
                    .as("what could not be allowed still cannot")
                    .isTrue();
            assertThat(before.stream().anyMatch(Outcome::isDenied)
                            && after.stream().noneMatch(Outcome::isDenied))
                    .as("what could be denied still can")
                    .isFalse();
        }
    }

    @Property(tries = 3_000)
    void addingAnAllowToTheAccountOrTheResourceGroupNeverRemovesItsDeny(@ForAll long seed) {
        Case asked = Case.of(seed);
        RequestContext context = asked.context();
        String allow = asked.generated().statement(Effect.ALLOW);
        PolicySet account = asked.layers().account();
        Decision before = account.decide(asked.action(), asked.resource(), context);
        Decision after = with(account, allow).decide(asked.action(), asked.resource(), context);
        assertThat(after.possible().contains(Outcome.EXPLICIT_DENY))
                .isEqualTo(before.possible().contains(Outcome.EXPLICIT_DENY));
        assertThat(before.possible().contains(Outcome.ALLOWED)
                        && !after.possible().contains(Outcome.ALLOWED))
                .isFalse();
        if (before.outcome() == Outcome.EXPLICIT_DENY) {
            NaiveLayers layers = asked.layers();
            NaiveLayers more =
                    new NaiveLayers(layers.control(), layers.session(), with(account, allow), layers.resourceGroup());
            assertThat(asked.decide(more, context).possible()).doesNotContain(Outcome.ALLOWED);
        }
    }

    @Property(tries = 2_000)
    void theOrderOfStatementsAndPoliciesDoesNotMatterInAnyLayer(@ForAll long seed) {
        Case asked = Case.of(seed);
        RequestContext context = asked.context();
        NaiveLayers layers = asked.layers();
        Random random = asked.generated().random();
        NaiveLayers shuffled = new NaiveLayers(
                shuffled(layers.control(), random),
                shuffled(layers.session(), random),
                shuffled(layers.account(), random),
                shuffled(layers.resourceGroup(), random));
        Decision expected = asked.decide(layers, context);
        Decision actual = asked.decide(shuffled, context);
        assertThat(actual.possible()).isEqualTo(expected.possible());
        assertThat(actual.statements()).containsExactlyInAnyOrderElementsOf(expected.statements());
        assertThat(actual.unread()).isEqualTo(expected.unread());
        assertThat(actual.changesWithTime()).isEqualTo(expected.changesWithTime());
    }

    @Property(tries = 3_000)
    void readingALayerThatCouldNotBeReadNeverContradictsWhatWasCertain(@ForAll long seed) {
        Case asked = Case.of(seed);
        RequestContext context = asked.context();
        NaiveLayers layers = asked.layers();
        Set<Outcome> open = asked.decide(layers, context).possible();
        for (Layer read : List.of(Layer.of(asked.generated().policies()), Layer.of(PolicySet.of()))) {
            NaiveLayers closed = new NaiveLayers(
                    layers.control().equals(Layer.UNREAD) ? read : layers.control(),
                    layers.session().equals(Layer.UNREAD) ? read : layers.session(),
                    layers.account(),
                    layers.resourceGroup().equals(Layer.UNREAD) ? read : layers.resourceGroup());
            assertThat(open).containsAll(asked.decide(closed, context).possible());
        }
    }

    private static List<NaiveLayers> withStatement(Case asked, String statement) {
        NaiveLayers l = asked.layers();
        return List.of(
                new NaiveLayers(with(l.control(), statement), l.session(), l.account(), l.resourceGroup()),
                new NaiveLayers(l.control(), with(l.session(), statement), l.account(), l.resourceGroup()),
                new NaiveLayers(l.control(), l.session(), with(l.account(), statement), l.resourceGroup()),
                new NaiveLayers(l.control(), l.session(), l.account(), with(l.resourceGroup(), statement)));
    }

    private static Layer with(Layer layer, String statement) {
        return layer.policies().map(set -> Layer.of(with(set, statement))).orElse(layer);
    }

    private static PolicySet with(PolicySet set, String statement) {
        List<Policy> policies = new ArrayList<>(set.policies());
        policies.add(Generated.policy(List.of(statement)));
        return new PolicySet(policies);
    }

    private static Layer shuffled(Layer layer, Random random) {
        return layer.policies().map(set -> Layer.of(shuffled(set, random))).orElse(layer);
    }

    private static PolicySet shuffled(PolicySet set, Random random) {
        List<Policy> policies = new ArrayList<>();
        for (Policy policy : set.policies()) {
            List<Statement> statements = new ArrayList<>(policy.statements());
            Collections.shuffle(statements, random);
            policies.add(new Policy(policy.name(), statements));
        }
        Collections.shuffle(policies, random);
        return new PolicySet(policies);
    }
}
