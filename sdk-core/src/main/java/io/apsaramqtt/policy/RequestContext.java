package io.apsaramqtt.policy;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The condition keys of a request. Each is <em>present</em> with one or more values, <em>absent</em>, or <em>unknowable</em>:
 * nobody here can tell what the broker will see.
 *
 * <p>No page says whether RAM compares keys with regard to case; a key that differs from a listed one by case alone is
 * unknowable.
 *
 * <p>Immutable.
 */
public final class RequestContext {

    /** The key that holds the moment of the request, in ISO 8601. */
    public static final String CURRENT_TIME = "acs:CurrentTime";

    private static final RequestContext NOTHING_KNOWN = new RequestContext(Map.of(), Set.of(), false);
    private static final RequestContext EMPTY = new RequestContext(Map.of(), Set.of(), true);

    private final Map<String, List<String>> present;
    private final Set<String> absent;
    private final boolean complete;

    private RequestContext(Map<String, List<String>> present, Set<String> absent, boolean complete) {
        this.present = present;
        this.absent = absent;
        this.complete = complete;
    }

    /** Nothing is known of any key. */
    public static RequestContext nothingKnown() {
        return NOTHING_KNOWN;
    }

    /** The whole truth: these keys are present, every other is absent. */
    public static RequestContext complete(Map<String, List<String>> present) {
        return present.isEmpty() ? EMPTY : new RequestContext(copy(present), Set.of(), true);
    }

    /** Some of the truth: these keys are present, those absent, every other unknowable. */
    public static RequestContext partial(Map<String, List<String>> present, Set<String> absent) {
        return new RequestContext(copy(present), Set.copyOf(absent), false);
    }

    /** This context with one more key present. */
    public RequestContext with(String key, String value) {
        Map<String, List<String>> more = new HashMap<>(present);
        more.put(key, List.of(value));
        return new RequestContext(Map.copyOf(more), absent, complete);
    }

    private static Map<String, List<String>> copy(Map<String, List<String>> present) {
        Map<String, List<String>> copy = new HashMap<>();
        present.forEach((key, values) -> copy.put(key, List.copyOf(values)));
        return Map.copyOf(copy);
    }

    /** Whether nobody here can tell the values of {@code key}. */
    boolean isUnknowable(String key) {
        if (present.containsKey(key) || absent.contains(key)) {
            return false;
        }
        return !complete || present.keySet().stream().anyMatch(key::equalsIgnoreCase);
    }

    /** The values of {@code key}; none if it is absent. Not to be asked where it is unknowable. */
    List<String> values(String key) {
        return present.getOrDefault(key, List.of());
    }
}
