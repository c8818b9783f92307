package io.apsaramqtt.permission;

import io.apsaramqtt.policy.PolicyLayers;
import io.apsaramqtt.policy.PolicySet;
import java.time.Instant;

/**
 * What one principal was granted, read at one moment from one place. The SDK holds it locally and asks it at each call.
 *
 * <p>Immutable.
 *
 * @param principal whose they are
 * @param grants what was granted
 * @param readAt when it was read
 * @param source from where, in words, such as {@code policy.json}
 */
public record EffectivePermissions(Principal principal, Grants grants, Instant readAt, String source) {

    /** The permissions that {@code policies} give, to a principal not known by name. */
    public static EffectivePermissions of(PolicySet policies, Instant readAt, String source) {
        return new EffectivePermissions(
                Principal.unknown(), new Grants.Policies(PolicyLayers.of(policies)), readAt, source);
    }

    /** Permissions of which nothing is known, because of {@code reason}. */
    public static EffectivePermissions unknown(String reason, Instant readAt, String source) {
        return new EffectivePermissions(Principal.unknown(), new Grants.Unknown(reason), readAt, source);
    }
}
