package io.apsaramqtt.spring.autoconfigure;

import io.apsaramqtt.permission.source.PermissionSourceException;
import io.apsaramqtt.policy.MalformedPolicyException;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Permissions that cannot be read, or are no policy: where, and which property names them. Immutable. */
final class PermissionsFailureAnalyzer extends AbstractFailureAnalyzer<Throwable> {

    private static final String NAMED_BY =
            " The file is named by apsara.mqtt.permissions.policy-file, or the property of the"
                    + " same name below apsara.mqtt.clients.<name>; a bean of type PermissionSource takes its place. Without any of them"
                    + " the application starts, and the broker alone decides.";

    @Override
    protected @Nullable FailureAnalysis analyze(Throwable rootFailure, Throwable cause) {
        MalformedPolicyException malformed = findCause(rootFailure, MalformedPolicyException.class);
        if (malformed != null) {
            return new FailureAnalysis(
                    "The permissions are no RAM policy. " + malformed.getMessage(),
                    "Mend line " + malformed.line() + " of [" + malformed.source()
                            + "]: 'apsara-mqtt lint' shows all that is wrong with a policy." + NAMED_BY,
                    malformed);
        }
        PermissionSourceException unreadable = findCause(rootFailure, PermissionSourceException.class);
        return unreadable == null
                ? null
                : new FailureAnalysis(
                        "The permissions cannot be read. " + unreadable.getMessage(),
                        "Make [" + unreadable.source()
                                + "] readable for the application, or name another. A relative path"
                                + " counts from the folder in which the application is started." + NAMED_BY,
                        unreadable);
    }
}
