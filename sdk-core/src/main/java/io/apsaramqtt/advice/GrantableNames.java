package io.apsaramqtt.advice;

import io.apsaramqtt.mqtt.TopicFilter;
import io.apsaramqtt.resource.Dialect;
import io.apsaramqtt.resource.ServiceInstance;
import org.jspecify.annotations.Nullable;

/** Lets only names through that RAM can say as they are, without granting anything else. Throws else. */
record GrantableNames(ServiceInstance instance, Dialect dialect, boolean namespace) {

    /** Wildcards cannot be escaped, and the rest separates the parts of a resource name. */
    private static final String NOT_IN_NAMES = "*?/:%";

    /** The instance without region and account. */
    ServiceInstance placeless() {
        ServiceInstance bare = ServiceInstance.of(instance.instanceId());
        return instance.storeInstanceId().map(bare::withStoreInstanceId).orElse(bare);
    }

    void requireInstance() {
        require("Instance ID", instance.instanceId());
        instance.storeInstanceId().ifPresent(id -> require("Store instance ID", id));
        boolean stored = dialect == Dialect.MQTT_PREVIOUS || dialect == Dialect.MQTT_2019;
        if (stored && namespace && instance.storeInstanceId().isEmpty()) {
            throw new IllegalArgumentException("Store instance ID of instance [" + instance
                    + "] is not known, but " + dialect
                    + " names topics by it; give the ID of the RocketMQ instance that stores the messages");
        }
        if (dialect == Dialect.MQTT_UPGRADED && !namespace) {
            throw new IllegalArgumentException("Dialect [" + dialect
                    + "] names the instance in every resource; ask for one without a namespace in an older one");
        }
    }

    /** The parent topic of {@code topic}, a name or filter. */
    String parentTopic(String topic, String parentTopic) {
        if ("+".equals(parentTopic) || "#".equals(parentTopic)) {
            throw new IllegalArgumentException("Topic filter [" + topic
                    + "] has a wildcard for its parent topic: RAM could only grant every topic of the instance."
                    + " Name the parent topics, one filter each");
        }
        return require("Parent topic", parentTopic);
    }

    String group(TopicFilter filter, @Nullable String groupId) {
        if (groupId == null) {
            throw new IllegalArgumentException("Group ID is missing, but subscribing to [" + filter
                    + "] needs a grant on the group too; give the part of the client ID before @@@");
        }
        return require("Group ID", groupId);
    }

    private static String require(String thing, String name) {
        if (name.isBlank()) {
            throw new IllegalArgumentException(thing + " [" + name + "] is empty; RAM cannot name it");
        }
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (NOT_IN_NAMES.indexOf(c) >= 0 || Character.isWhitespace(c) || Character.isISOControl(c)) {
                throw new IllegalArgumentException(thing + " [" + name + "] holds the character '" + c + "' at index "
                        + i + ", with which a policy would name other resources too; use letters, digits, - and _");
            }
        }
        return name;
    }
}
