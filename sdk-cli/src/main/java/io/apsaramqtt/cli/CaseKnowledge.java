package io.apsaramqtt.cli;

import io.apsaramqtt.policy.Policy;
import io.apsaramqtt.policy.RequestContext;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What a case knows of the condition keys of its request. */
final class CaseKnowledge {

    private CaseKnowledge() {}

    /** What the case lists is present, what it lists as unknowable is so, and every other key is absent. */
    static RequestContext of(SuiteNode node, Collection<List<Policy>> policies) {
        Map<String, List<String>> present = new HashMap<>();
        node.member("context")
                .ifPresent(context -> context.requireObject("context")
                        .members()
                        .forEach((key, value) -> present.put(key, value.values("the value of " + key))));
        Optional<SuiteNode> unknowable = node.member("unknowable");
        if (unknowable.isEmpty()) {
            return RequestContext.complete(present);
        }
        Set<String> listed = new HashSet<>(present.keySet());
        unknowable.get().array("unknowable").forEach(key -> {
            if (!listed.add(key.string("a key of unknowable"))) {
                throw key.malformed("key [" + key.text() + "] is listed twice, in context or in unknowable");
            }
        });
        return RequestContext.partial(present, absent(policies, listed));
    }

    /** The keys that the policies ask for but those listed; case alone makes no other key, and none that is known. */
    private static Set<String> absent(Collection<List<Policy>> policies, Set<String> listed) {
        Set<String> absent = new HashSet<>();
        policies.forEach(layer -> layer.forEach(
                policy -> policy.statements().forEach(statement -> absent.addAll(statement.conditionKeys()))));
        absent.removeIf(key -> listed.stream().anyMatch(key::equalsIgnoreCase));
        return absent;
    }
}
