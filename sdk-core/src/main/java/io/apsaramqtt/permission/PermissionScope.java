package io.apsaramqtt.permission;

import io.apsaramqtt.policy.RequestContext;
import io.apsaramqtt.resource.Dialect;
import io.apsaramqtt.resource.ResourceCatalogue;
import io.apsaramqtt.resource.ServiceInstance;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * For which instance and group the question "may I" is asked, and how policies name them.
 *
 * <p>Immutable.
 */
public final class PermissionScope {

    private final ResourceCatalogue catalogue;
    private final @Nullable String groupId;
    private final RequestContext context;

    /**
     * A scope.
     *
     * @param instance the instance, as far as it is known
     * @param groupId the group of the client, empty if its client ID names none
     * @param dialect the generation of names that the policies use, or {@link Dialect#AUTO}
     * @param instanceAccessRequired whether a missing {@code mq:MqttInstanceAccess} denies; where the pages contradict each
     *     other, the default of the SDK is no
     */
    public PermissionScope(
            ServiceInstance instance, Optional<String> groupId, Dialect dialect, boolean instanceAccessRequired) {
        this(instance, groupId, dialect, instanceAccessRequired, RequestContext.nothingKnown());
    }

    /**
     * A scope in which something is known of the requests.
     *
     * @param context the condition keys of every request, but for the time, which each question has of its own
     */
    public PermissionScope(
            ServiceInstance instance,
            Optional<String> groupId,
            Dialect dialect,
            boolean instanceAccessRequired,
            RequestContext context) {
        this.catalogue = new ResourceCatalogue(instance, dialect, instanceAccessRequired);
        this.groupId = groupId.orElse(null);
        this.context = context;
    }

    ResourceCatalogue catalogue() {
        return catalogue;
    }

    /** What is known of a request at {@code now}. */
    RequestContext context(Instant now) {
        return context.with(RequestContext.CURRENT_TIME, now.toString());
    }

    @Nullable
    String groupId() {
        return groupId;
    }
}
