package io.apsaramqtt.advice;

import io.apsaramqtt.mqtt.TopicFilter;
import io.apsaramqtt.mqtt.TopicName;
import io.apsaramqtt.resource.Candidate;
import io.apsaramqtt.resource.Dialect;
import io.apsaramqtt.resource.Requirement;
import io.apsaramqtt.resource.Requirement.Kind;
import io.apsaramqtt.resource.ResourceCatalogue;
import io.apsaramqtt.resource.ServiceInstance;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The policy that grants what one client needs and nothing else, as narrowly as RAM can say it: RAM knows parent topics
 * only.
 *
 * <pre>{@code
 * LeastPrivilege.on(ServiceInstance.of("post-cn-x"))
 *         .forGroup("GID_demo")
 *         .publishing(TopicName.of("alarms/device-1"))
 *         .subscribing(TopicFilter.of("commands/#"))
 *         .policy()
 *         .document();
 * }</pre>
 *
 * <p>Region and account are written as {@code *}, as on every page of the service: whether the broker compares them is not
 * documented, and the ID of the instance says enough.
 *
 * <p>Immutable, thread-safe. Each method gives another value.
 */
public final class LeastPrivilege {

    private final ServiceInstance instance;
    private final Dialect dialect;
    private final boolean namespace;
    private final @Nullable String groupId;
    private final List<TopicName> published;
    private final List<TopicFilter> subscribed;

    private LeastPrivilege(
            ServiceInstance instance,
            Dialect dialect,
            boolean namespace,
            @Nullable String groupId,
            Collection<TopicName> published,
            Collection<TopicFilter> subscribed) {
        this.instance = instance;
        this.dialect = dialect;
        this.namespace = namespace;
        this.groupId = groupId;
        this.published = List.copyOf(published);
        this.subscribed = List.copyOf(subscribed);
    }

    /** Nothing yet, on this instance, in the names of the current edition. */
    public static LeastPrivilege on(ServiceInstance instance) {
        return new LeastPrivilege(instance, Dialect.MQTT_UPGRADED, true, null, List.of(), List.of());
    }

    /** The same in the names of another generation; {@link Dialect#AUTO} means the current edition. */
    public LeastPrivilege inDialect(Dialect other) {
        return new LeastPrivilege(
                instance,
                other == Dialect.AUTO ? Dialect.MQTT_UPGRADED : other,
                namespace,
                groupId,
                published,
                subscribed);
    }

    /** The same for an instance without a namespace, which the current edition does not have. */
    public LeastPrivilege withoutNamespace() {
        return new LeastPrivilege(instance, dialect, false, groupId, published, subscribed);
    }

    /** The same for a client of this group; needed to subscribe. */
    public LeastPrivilege forGroup(String id) {
        return new LeastPrivilege(instance, dialect, namespace, id, published, subscribed);
    }

    /** The same and publishing to these topics. */
    public LeastPrivilege publishing(TopicName... topics) {
        return new LeastPrivilege(
                instance, dialect, namespace, groupId, joined(published, List.of(topics)), subscribed);
    }

    /** The same and subscribing to these filters. */
    public LeastPrivilege subscribing(TopicFilter... filters) {
        return new LeastPrivilege(
                instance, dialect, namespace, groupId, published, joined(subscribed, List.of(filters)));
    }

    /**
     * A policy, and what it grants beyond what was asked.
     *
     * <p>Immutable.
     *
     * @param document the policy document: JSON, the same for the same grants, ending in a line break
     * @param overGrants one sentence for each grant that RAM cannot say more narrowly
     */
    public record GrantedPolicy(String document, List<String> overGrants) {

        /** Copies the sentences. */
        public GrantedPolicy {
            overGrants = List.copyOf(overGrants);
        }
    }

    /**
     * The policy.
     *
     * @throws IllegalArgumentException if nothing is asked, if RAM cannot say it (a wildcard for a parent topic), or if a
     *     name that it takes is missing (the group to subscribe, the store instance of the generations that name it)
     */
    public GrantedPolicy policy() {
        GrantableNames names = new GrantableNames(instance, dialect, namespace);
        if (published.isEmpty() && subscribed.isEmpty()) {
            throw new IllegalArgumentException(
                    "Nothing is asked; name a topic to publish to or a filter to subscribe to");
        }
        names.requireInstance();
        ResourceCatalogue catalogue = new ResourceCatalogue(names.placeless(), dialect, false);
        List<Requirement> needed = new ArrayList<>();
        for (TopicName topic : published) {
            needed.addAll(form(catalogue.publish(names.parentTopic(topic.value(), topic.parentTopic()))));
        }
        for (TopicFilter filter : subscribed) {
            String parentTopic = names.parentTopic(filter.value(), filter.parentTopic());
            needed.addAll(form(catalogue.subscribe(parentTopic, names.group(filter, groupId))));
        }
        return new GrantedPolicy(PolicyText.of(byAction(needed)), OverGrants.of(published, subscribed, namespace));
    }

    /** With a namespace the first candidate, without the last. */
    private List<Requirement> form(List<Candidate> candidates) {
        return candidates.get(namespace ? 0 : candidates.size() - 1).requirements();
    }

    /** The instance first, as the pages do. */
    private static Map<String, SortedSet<String>> byAction(List<Requirement> needed) {
        Map<String, SortedSet<String>> resources = new LinkedHashMap<>();
        needed.stream()
                .sorted(Comparator.comparing(
                                (Requirement each) -> each.kind() == Kind.TOPIC || each.kind() == Kind.GROUP)
                        .thenComparing(Requirement::action))
                .forEach(each -> resources
                        .computeIfAbsent(each.action(), key -> new TreeSet<>())
                        .add(each.resource().toString()));
        return resources;
    }

    private static <T> List<T> joined(List<T> some, List<T> more) {
        List<T> all = new ArrayList<>(some);
        all.addAll(more);
        return all;
    }
}
