package io.apsaramqtt.policy;

import java.util.List;
import java.util.Locale;

/**
 * One statement of a policy: an effect on some actions and some resources. It knows where it stands, for explanations.
 *
 * <p>Immutable.
 */
public final class Statement {

    private final Place place;
    private final Effect effect;
    private final List<String> actions;
    private final boolean exceptActions;
    private final List<ResourcePattern> resources;
    private final boolean exceptResources;
    private final Condition condition;
    private final List<String> undecidable;
    private final String json;

    /**
     * Where a statement stands.
     *
     * @param policy name of the policy
     * @param number its place among the policy's statements, from 1
     * @param line line of the document in which it begins, from 1
     * @param column column in which it begins, from 1
     * @param attachment what the policy is attached to, such as {@code group sensors}; empty if it is not told
     */
    public record Place(String policy, int number, int line, int column, String attachment) {

        /** A place in a policy of which it is not told what it is attached to. */
        public Place(String policy, int number, int line, int column) {
            this(policy, number, line, column, "");
        }
    }

    Statement(
            Place place,
            Effect effect,
            List<String> actions,
            boolean exceptActions,
            List<String> resources,
            boolean exceptResources,
            Condition condition,
            List<String> undecidable,
            String json) {
        this.place = place;
        this.effect = effect;
        this.actions = List.copyOf(actions);
        this.exceptActions = exceptActions;
        this.resources = resources.stream().map(ResourcePattern::new).toList();
        this.exceptResources = exceptResources;
        this.condition = condition;
        this.undecidable = List.copyOf(undecidable);
        this.json = json;
    }

    /** Where the statement stands. */
    public Place place() {
        return place;
    }

    /** What it does where it applies. */
    public Effect effect() {
        return effect;
    }

    /** The texts of {@code Action} or {@code NotAction}. */
    public List<String> actions() {
        return actions;
    }

    /** The texts of {@code Resource} or {@code NotResource}. */
    public List<String> resources() {
        return resources.stream().map(ResourcePattern::text).toList();
    }

    /** The condition keys that the statement asks for, in order; empty if it has no {@code Condition}. */
    public List<String> conditionKeys() {
        return condition.keys();
    }

    /** Why nobody can say whether the statement applies, such as an unknown operator; empty if one can. */
    public List<String> undecidable() {
        return undecidable;
    }

    /** Whether the statement names the action (RAM compares actions without regard to case). */
    public boolean namesAction(String action) {
        String lower = action.toLowerCase(Locale.ROOT);
        return exceptActions != actions.stream().anyMatch(name -> Glob.matches(name.toLowerCase(Locale.ROOT), lower));
    }

    /** Whether the statement applies to the action on the resource. */
    Match match(String action, ResourceName resource, RequestContext context) {
        return namesAction(action) ? named(resources(resource), context) : Match.NO;
    }

    /** Whether it applies, where it is known how the resource of the request matches. */
    Match named(Match resource, RequestContext context) {
        if (resource == Match.NO) {
            return Match.NO;
        }
        Match match = resource.and(condition.met(context));
        return undecidable.isEmpty() ? match : match.and(Match.MAYBE);
    }

    /** How the resource matches {@code Resource} or {@code NotResource}. */
    Match resources(ResourceName resource) {
        Match match = Match.NO;
        for (ResourcePattern pattern : resources) {
            match = match.or(pattern.match(resource));
        }
        return exceptResources ? match.not() : match;
    }

    /** The patterns of {@code Resource}; empty for {@code NotResource}, which only matches as a whole. */
    List<ResourcePattern> resourcePatterns() {
        return exceptResources ? List.of() : resources;
    }

    boolean exceptsResources() {
        return exceptResources;
    }

    /** Whether the answer may differ from one moment to the next. */
    boolean changesWithTime() {
        return condition.keys().stream().anyMatch(RequestContext.CURRENT_TIME::equalsIgnoreCase);
    }

    /** The text it was read from. */
    String json() {
        return json;
    }

    /** The same statement of a policy that is attached to {@code attachment}. */
    Statement attachedTo(String attachment) {
        return new Statement(
                new Place(place.policy(), place.number(), place.line(), place.column(), attachment),
                effect,
                actions,
                exceptActions,
                resources(),
                exceptResources,
                condition,
                undecidable,
                json);
    }

    /** {@code policy "sensor-pub", statement 1}; with its attachment, {@code policy "x" of group sensors, statement 1}. */
    @Override
    public String toString() {
        return "policy \"" + place.policy() + "\""
                + (place.attachment().isEmpty() ? "" : " of " + place.attachment())
                + ", statement " + place.number();
    }
}
