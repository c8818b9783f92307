package io.apsaramqtt.policy;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The layers of policies as the page tells them, over every way in which each may turn out. Reads every statement of each;
 * knows nothing of the compiled form.
 */
record NaiveLayers(Layer control, Layer session, PolicySet account, Layer resourceGroup) {

    private static final String REASON = "nobody may read them";

    private static final Set<Outcome> ANY = EnumSet.of(Outcome.ALLOWED, Outcome.EXPLICIT_DENY, Outcome.IMPLICIT_DENY);

    /** One layer: not in force, or with these policies, or with policies that nobody may read. */
    record Layer(boolean inForce, Optional<PolicySet> policies) {
        static final Layer NOT_IN_FORCE = new Layer(false, Optional.empty());
        static final Layer UNREAD = new Layer(true, Optional.empty());

        static Layer of(PolicySet policies) {
            return new Layer(true, Optional.of(policies));
        }

        /** What it may say; an empty outcome where it is not in force. */
        List<Optional<Outcome>> ways(String action, ResourceName resource, RequestContext context) {
            if (!inForce) {
                return List.of(Optional.empty());
            }
            Set<Outcome> outcomes = policies.map(
                            set -> set.decide(action, resource, context).possible())
                    .orElse(ANY);
            return outcomes.stream().map(Optional::of).toList();
        }
    }

    /** The same layers for the evaluator. */
    PolicyLayers compiled() {
        PolicyLayers layers = PolicyLayers.of(account);
        if (control.inForce()) {
            PolicyLayers before = layers;
            layers = control.policies()
                    .map(before::withControlPolicies)
                    .orElseGet(() -> before.withUnreadControlPolicies(REASON));
        }
        if (session.inForce()) {
            PolicyLayers before = layers;
            layers = session.policies()
                    .map(before::withSessionPolicy)
                    .orElseGet(() -> before.withUnreadSessionPolicy(REASON));
        }
        if (resourceGroup.inForce()) {
            PolicyLayers before = layers;
            layers = resourceGroup
                    .policies()
                    .map(before::withResourceGroupPolicies)
                    .orElseGet(() -> before.withUnreadResourceGroupPolicies(REASON));
        }
        return layers;
    }

    Stream<Statement> statements() {
        return Stream.of(control.policies(), session.policies(), Optional.of(account), resourceGroup.policies())
                .flatMap(Optional::stream)
                .flatMap(set -> set.policies().stream())
                .flatMap(policy -> policy.statements().stream());
    }

    Set<Outcome> possible(String action, ResourceName resource, RequestContext context) {
        Set<Outcome> possible = EnumSet.noneOf(Outcome.class);
        List<List<Optional<Outcome>>> ways = new ArrayList<>();
        for (Layer layer : List.of(control, session, Layer.of(account), resourceGroup)) {
            ways.add(layer.ways(action, resource, context));
        }
        for (Optional<Outcome> c : ways.get(0)) {
            for (Optional<Outcome> s : ways.get(1)) {
                for (Optional<Outcome> a : ways.get(2)) {
                    for (Optional<Outcome> g : ways.get(3)) {
                        possible.add(inOrder(c, s, a.orElseThrow(), g));
                    }
                }
            }
        }
        return possible;
    }

    private static Outcome inOrder(
            Optional<Outcome> control, Optional<Outcome> session, Outcome account, Optional<Outcome> resourceGroup) {
        if (control.isPresent() && control.get() != Outcome.ALLOWED) {
            return control.get();
        }
        if (session.isPresent() && session.get() != Outcome.ALLOWED) {
            return session.get();
        }
        if (account != Outcome.IMPLICIT_DENY) {
            return account;
        }
        return resourceGroup.orElse(Outcome.IMPLICIT_DENY);
    }
}
