package io.apsaramqtt.resource;

import io.apsaramqtt.policy.ResourceName;

/**
 * One permission that an operation needs: an action on a resource.
 *
 * <p>Immutable.
 *
 * @param kind what the resource is to the operation
 * @param action such as {@code mq:PUB}
 * @param resource the resource
 */
public record Requirement(Kind kind, String action, ResourceName resource) {

    /** What a resource is to an operation. */
    public enum Kind {
        /** The topic itself. */
        TOPIC,
        /** The group of the client. */
        GROUP,
        /** The instance, without which nothing is permitted. */
        INSTANCE,
        /** The instance, where the pages contradict each other: missing it is a warning, denying it a deny. */
        INSTANCE_ADVISED
    }

    /** {@code mq:PUB on topic/post-cn-x/alarms}. */
    @Override
    public String toString() {
        return action + " on " + resource.relativeId();
    }
}
