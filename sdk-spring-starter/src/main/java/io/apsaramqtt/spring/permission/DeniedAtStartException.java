package io.apsaramqtt.spring.permission;

import io.apsaramqtt.ApsaraMqttException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The application declares operations that the permissions certainly deny, and {@code apsara.mqtt.permissions.startup} is
 * {@code fail}.
 *
 * <p>Immutable.
 */
public final class DeniedAtStartException extends ApsaraMqttException {

    private final List<CheckedOperation> denied;
    private final Map<String, String> policies;

    /**
     * The start fails over these.
     *
     * @param denied at least one
     * @param policies by client, the policy document that would allow all it declares, where there is one
     */
    public DeniedAtStartException(List<CheckedOperation> denied, Map<String, String> policies) {
        super("Not permitted, and declared by this application: "
                + denied.stream()
                        .map(each -> each.operation() + " '" + each.topic() + "' (client [" + each.client() + "], "
                                + each.declaredBy() + ", " + each.outcome() + ")")
                        .collect(Collectors.joining("; "))
                + ". Grant it, or set apsara.mqtt.permissions.startup to 'warn'");
        this.denied = List.copyOf(denied);
        this.policies = Map.copyOf(policies);
    }

    /** What is denied. */
    public List<CheckedOperation> denied() {
        return denied;
    }

    /** By client, in order of their names, the policy document that would allow all it declares, where there is one. */
    public Map<String, String> policies() {
        return new TreeMap<>(policies);
    }
}
