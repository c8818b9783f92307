package io.apsaramqtt.policy;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * Policies compiled once: finds the statements that can apply to a request without looking at the others. Gives the same
 * decisions as {@link PolicySet#decide}, which reads every statement.
 *
 * <p>Immutable but for what it remembers of actions asked before; thread-safe.
 */
final class StatementIndex {

    /** A client asks for a handful of actions; above this they are computed each time. */
    private static final int MAX_ACTIONS = 256;

    private final List<Statement> statements;
    private final Comparator<Statement> order;
    private final ConcurrentMap<String, ActionIndex> actions = new ConcurrentHashMap<>();

    StatementIndex(PolicySet policies) {
        this.statements = policies.policies().stream()
                .flatMap(policy -> policy.statements().stream())
                .toList();
        Map<Statement, Integer> places = new HashMap<>();
        for (Statement statement : statements) {
            places.putIfAbsent(statement, places.size());
        }
        this.order = Comparator.comparingInt(statement -> places.getOrDefault(statement, 0));
    }

    Decision decide(String action, ResourceName resource, RequestContext context) {
        Tally tally = new Tally();
        index(action, resource.service()).count(resource, context, tally);
        return tally.decision(order);
    }

    private ActionIndex index(String action, String service) {
        String key = service + ":" + action.toLowerCase(Locale.ROOT);
        ActionIndex known = actions.get(key);
        if (known != null) {
            return known;
        }
        List<Statement> naming = new ArrayList<>();
        for (Statement statement : statements) {
            if (statement.namesAction(action)) {
                naming.add(statement);
            }
        }
        ActionIndex built = new ActionIndex(service, naming);
        if (actions.size() < MAX_ACTIONS) {
            actions.put(key, built);
        }
        return built;
    }
}
