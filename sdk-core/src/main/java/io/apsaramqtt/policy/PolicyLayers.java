package io.apsaramqtt.policy;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * All the policies that bear on one principal, layer by layer in RAM's order (RAM page "Policy evaluation process"): control
 * policies, the session policy of a role, the policies of the user and its groups at the level of the account, then those at
 * the level of the resource group. The first two only take away; the account level is final unless it is silent.
 *
 * <p>Immutable; thread-safe.
 */
public final class PolicyLayers {

    private static final Set<Outcome> ANY = EnumSet.of(Outcome.ALLOWED, Outcome.EXPLICIT_DENY, Outcome.IMPLICIT_DENY);

    private final Layer control;
    private final Layer session;
    private final PolicySet account;
    private final StatementIndex accountIndex;
    private final Layer resourceGroup;

    private PolicyLayers(Layer control, Layer session, PolicySet account, Layer resourceGroup) {
        this.control = control;
        this.session = session;
        this.account = account;
        this.accountIndex = new StatementIndex(account);
        this.resourceGroup = resourceGroup;
    }

    /** One layer beside the account's own: there is none, there are policies, or nobody here may read it. */
    private record Layer(String name, Optional<StatementIndex> policies, Optional<String> unread, String document) {
        static Layer notInForce(String name) {
            return new Layer(name, Optional.empty(), Optional.empty(), "");
        }

        /** Whether the other layer reads the same. */
        boolean readsAs(Layer other) {
            return document.equals(other.document)
                    && unread.equals(other.unread)
                    && policies.isPresent() == other.policies.isPresent();
        }

        static Layer of(String name, PolicySet policies) {
            return new Layer(name, Optional.of(new StatementIndex(policies)), Optional.empty(), policies.document());
        }

        static Layer unread(String name, String reason) {
            return new Layer(name, Optional.empty(), Optional.of(reason), "");
        }
    }

    /** Only policies of a user and its groups, or of a role, at the level of the account. */
    public static PolicyLayers of(PolicySet account) {
        return new PolicyLayers(
                Layer.notInForce("control policies"),
                Layer.notInForce("session policy"),
                account,
                Layer.notInForce("resource group policies"));
    }

    /** These layers under control policies of a resource directory. */
    public PolicyLayers withControlPolicies(PolicySet policies) {
        return new PolicyLayers(Layer.of(control.name(), policies), session, account, resourceGroup);
    }

    /** These layers under control policies that cannot be read, because of {@code reason}. */
    public PolicyLayers withUnreadControlPolicies(String reason) {
        return new PolicyLayers(Layer.unread(control.name(), reason), session, account, resourceGroup);
    }

    /** These layers in a role session with a session policy. */
    public PolicyLayers withSessionPolicy(PolicySet policies) {
        return new PolicyLayers(control, Layer.of(session.name(), policies), account, resourceGroup);
    }

    /** These layers in a role session whose session policy, if it has one, cannot be read because of {@code reason}. */
    public PolicyLayers withUnreadSessionPolicy(String reason) {
        return new PolicyLayers(control, Layer.unread(session.name(), reason), account, resourceGroup);
    }

    /** These layers with policies at the level of the resource group. */
    public PolicyLayers withResourceGroupPolicies(PolicySet policies) {
        return new PolicyLayers(control, session, account, Layer.of(resourceGroup.name(), policies));
    }

    /** These layers with resource group policies that cannot be read, because of {@code reason}. */
    public PolicyLayers withUnreadResourceGroupPolicies(String reason) {
        return new PolicyLayers(control, session, account, Layer.unread(resourceGroup.name(), reason));
    }

    /** Whether no layer beside the account's own holds policies: there is none, or it could not be read. */
    public boolean hasAccountPoliciesOnly() {
        return Stream.of(control, session, resourceGroup)
                .allMatch(layer -> layer.policies().isEmpty());
    }

    /** The layers that could not be read, each with the reason, in RAM's order; {@link #withUnread} takes them. */
    public SortedMap<UnreadLayer, String> unread() {
        SortedMap<UnreadLayer, String> unread = new TreeMap<>();
        control.unread().ifPresent(reason -> unread.put(UnreadLayer.CONTROL_POLICIES, reason));
        session.unread().ifPresent(reason -> unread.put(UnreadLayer.SESSION_POLICY, reason));
        resourceGroup.unread().ifPresent(reason -> unread.put(UnreadLayer.RESOURCE_GROUP_POLICIES, reason));
        return unread;
    }

    /** These layers, of which one cannot be read because of {@code reason}. */
    public PolicyLayers withUnread(UnreadLayer layer, String reason) {
        return switch (layer) {
            case CONTROL_POLICIES -> withUnreadControlPolicies(reason);
            case SESSION_POLICY -> withUnreadSessionPolicy(reason);
            case RESOURCE_GROUP_POLICIES -> withUnreadResourceGroupPolicies(reason);
        };
    }

    /** The policies at the level of the account. */
    public PolicySet account() {
        return account;
    }

    /** What the layers together say of the action on the resource. */
    public Decision decide(String action, ResourceName resource, RequestContext context) {
        Walk walk = new Walk(action, resource, context);
        if (walk.passes(control) && walk.passes(session)) {
            Decision decided = accountIndex.decide(action, resource, context);
            walk.take(decided, EnumSet.of(Outcome.ALLOWED, Outcome.EXPLICIT_DENY));
            if (decided.possible().contains(Outcome.IMPLICIT_DENY)) {
                walk.end(resourceGroup);
            }
        }
        return walk.decision();
    }

    /** Whether the other layers hold the same policies, attached to the same, as printed; comments do not count. */
    @Override
    public boolean equals(Object other) {
        return other instanceof PolicyLayers that
                && account.document().equals(that.account.document())
                && control.readsAs(that.control)
                && session.readsAs(that.session)
                && resourceGroup.readsAs(that.resourceGroup);
    }

    @Override
    public int hashCode() {
        return account.document().hashCode();
    }

    /** One request on its way through the layers: which outcomes have become possible, and what made them so. */
    private static final class Walk {
        private final String action;
        private final ResourceName resource;
        private final RequestContext context;
        private final Set<Outcome> possible = EnumSet.noneOf(Outcome.class);
        private final List<Decision> taken = new ArrayList<>();
        private final List<String> unread = new ArrayList<>();
        private Optional<String> limitedBy = Optional.empty();
        private boolean changesWithTime;

        Walk(String action, ResourceName resource, RequestContext context) {
            this.action = action;
            this.resource = resource;
            this.context = context;
        }

        /** A layer that only takes away: whatever is not allowed ends here. */
        boolean passes(Layer layer) {
            Optional<Decision> decided = decide(layer);
            if (decided.isEmpty()) {
                if (layer.unread().isPresent()) {
                    possible.addAll(EnumSet.of(Outcome.EXPLICIT_DENY, Outcome.IMPLICIT_DENY));
                }
                return true;
            }
            changesWithTime |= decided.get().changesWithTime();
            if (!decided.get().possible().equals(EnumSet.of(Outcome.ALLOWED))) {
                take(decided.get(), EnumSet.of(Outcome.EXPLICIT_DENY, Outcome.IMPLICIT_DENY));
            }
            boolean passes = decided.get().possible().contains(Outcome.ALLOWED);
            if (!passes) {
                limitedBy = Optional.of(layer.name());
            }
            return passes;
        }

        /** The last layer: whatever it says is final, and its absence an implicit deny. */
        void end(Layer layer) {
            Optional<Decision> decided = decide(layer);
            if (decided.isPresent()) {
                take(decided.get(), ANY);
            } else {
                possible.addAll(layer.unread().isPresent() ? ANY : EnumSet.of(Outcome.IMPLICIT_DENY));
            }
        }

        private Optional<Decision> decide(Layer layer) {
            layer.unread().ifPresent(reason -> unread.add(layer.name() + " (" + reason + ")"));
            return layer.policies().map(policies -> policies.decide(action, resource, context));
        }

        /** Takes over those of the outcomes that are final. */
        void take(Decision decided, Set<Outcome> last) {
            changesWithTime |= decided.changesWithTime();
            taken.add(decided);
            decided.possible().stream().filter(last::contains).forEach(possible::add);
        }

        Decision decision() {
            boolean certain = possible.size() == 1;
            List<Statement> statements = taken.stream()
                    .filter(decided -> certain
                            ? possible.equals(decided.possible())
                            : decided.possible().size() > 1)
                    .flatMap(decided -> decided.statements().stream())
                    .toList();
            return new Decision(possible, statements, certain ? List.of() : unread, limitedBy, changesWithTime);
        }
    }
}
