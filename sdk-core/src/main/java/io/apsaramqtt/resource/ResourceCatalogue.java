package io.apsaramqtt.resource;

import io.apsaramqtt.policy.ResourceName;
import io.apsaramqtt.resource.Requirement.Kind;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Which permissions a publish or subscribe needs, in each generation of names: the topic, for a subscribe the group too,
 * and the instance. RAM knows parent topics only.
 *
 * <p>Immutable.
 */
public final class ResourceCatalogue {

    private static final String SERVICE = "mq";
    private static final String PUBLISH = "mq:PUB";
    private static final String SUBSCRIBE = "mq:SUB";

    private final ServiceInstance instance;
    private final Dialect dialect;
    private final boolean instanceAccessRequired;

    /**
     * The catalogue for an instance.
     *
     * @param instance the instance, as far as it is known
     * @param dialect the generation that its policies use, or {@link Dialect#AUTO}
     * @param instanceAccessRequired whether a missing {@code mq:MqttInstanceAccess} denies rather than warns
     */
    public ResourceCatalogue(ServiceInstance instance, Dialect dialect, boolean instanceAccessRequired) {
        this.instance = instance;
        this.dialect = dialect;
        this.instanceAccessRequired = instanceAccessRequired;
    }

    /**
     * What publishing under a parent topic needs, once for each candidate generation.
     *
     * @param parentTopic the first level of the topic name, null if unknown
     */
    public List<Candidate> publish(@Nullable String parentTopic) {
        return candidates(form -> List.of(topic(form, PUBLISH, parentTopic), prerequisite(form)));
    }

    /**
     * What subscribing under a parent topic needs, once for each candidate generation.
     *
     * @param parentTopic the first level of the topic filter, null if it is a wildcard
     * @param groupId the group of the client, null if its client ID names none
     */
    public List<Candidate> subscribe(@Nullable String parentTopic, @Nullable String groupId) {
        return candidates(
                form -> List.of(topic(form, SUBSCRIBE, parentTopic), group(form, groupId), prerequisite(form)));
    }

    /**
     * Every form that the relative ID of a resource of the instance can have, rules of the current edition included; topics
     * and groups are {@link ResourceName#UNKNOWN}, and so is what is not known of the instance.
     */
    public Set<String> relativeIds() {
        Set<String> ids = new LinkedHashSet<>();
        for (Form form : forms()) {
            ids.add(instanceId(form));
            ids.add(topicId(form, ResourceName.UNKNOWN));
            ids.add(groupId(form, ResourceName.UNKNOWN));
            if (form.dialect() == Dialect.MQTT_UPGRADED) {
                ids.add("rule/" + instance.instanceId() + "/" + ResourceName.UNKNOWN);
            }
        }
        return Collections.unmodifiableSet(ids);
    }

    /** A generation, with or without a namespace. */
    private record Form(Dialect dialect, boolean namespace) {}

    private List<Candidate> candidates(Function<Form, List<Requirement>> requirements) {
        return forms().stream()
                .map(form -> new Candidate(form.dialect(), requirements.apply(form)))
                .toList();
    }

    private List<Form> forms() {
        List<Form> forms = new ArrayList<>();
        for (Dialect each : Dialect.values()) {
            if (each != Dialect.AUTO && (dialect == Dialect.AUTO || dialect == each)) {
                forms.add(new Form(each, true));
                if (each != Dialect.MQTT_UPGRADED) {
                    forms.add(new Form(each, false));
                }
            }
        }
        return forms;
    }

    private Requirement topic(Form form, String action, @Nullable String parentTopic) {
        return new Requirement(Kind.TOPIC, action, name(topicId(form, known(parentTopic))));
    }

    private Requirement group(Form form, @Nullable String groupId) {
        return new Requirement(Kind.GROUP, SUBSCRIBE, name(groupId(form, known(groupId))));
    }

    private Requirement prerequisite(Form form) {
        boolean certain = form.dialect().prerequisiteIsCertain() || instanceAccessRequired;
        return new Requirement(
                certain ? Kind.INSTANCE : Kind.INSTANCE_ADVISED, form.dialect().prerequisite(), name(instanceId(form)));
    }

    private static String known(@Nullable String part) {
        return part == null ? ResourceName.UNKNOWN : part;
    }

    private String topicId(Form form, String topic) {
        return switch (form.dialect()) {
            case MQTT_UPGRADED -> "topic/" + instance.instanceId() + "/" + topic;
            case MQTT_PREVIOUS, MQTT_2019 ->
                form.namespace() ? instance.storeInstanceId().orElse(ResourceName.UNKNOWN) + "%" + topic : topic;
            default -> form.namespace() ? instance.instanceId() + "%" + topic : topic;
        };
    }

    private String groupId(Form form, String group) {
        return form.dialect() == Dialect.MQTT_UPGRADED
                ? "groupId/" + instance.instanceId() + "/" + group
                : form.namespace() ? instance.instanceId() + "%" + group : group;
    }

    private String instanceId(Form form) {
        return (form.dialect() == Dialect.MQTT_UPGRADED ? "instance/" : "") + instance.instanceId();
    }

    private ResourceName name(String relativeId) {
        return ResourceName.of(
                SERVICE, instance.regionId().orElse(null), instance.accountId().orElse(null), relativeId);
    }
}
