package io.apsaramqtt.spring.autoconfigure;

import io.apsaramqtt.permission.PermissionMode;
import io.apsaramqtt.resource.Dialect;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Check of each publish and subscribe before it is sent.
 *
 * <p>Immutable.
 *
 * @param policyFile File that holds the RAM policies of this client. Without one the broker alone decides.
 * @param watch Whether the policy file is read again as soon as it changes.
 * @param mode What is done with a denied operation.
 * @param startup What is done at start with what the application declares and its permissions deny.
 * @param dialect Generation of resource names that the policies use.
 * @param unknownDenied Whether what is not certainly allowed is refused too.
 * @param instanceAccessRequired Whether a missing mq:MqttInstanceAccess denies.
 */
public record MqttPermissionProperties(
        @Nullable Path policyFile,
        @DefaultValue("false") boolean watch,
        @Nullable PermissionMode mode,
        @DefaultValue("warn") Startup startup,
        @Nullable Dialect dialect,
        @DefaultValue("false") boolean unknownDenied,
        @DefaultValue("false") boolean instanceAccessRequired) {

    /** What is done at start with what the application declares and its permissions deny. */
    public enum Startup {
        /** The application does not start. */
        FAIL,
        /** The application starts, and a warning says what is denied, and which policy would allow it. */
        WARN,
        /** Nothing is asked. */
        OFF
    }
}
