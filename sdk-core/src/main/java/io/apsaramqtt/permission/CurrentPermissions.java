package io.apsaramqtt.permission;

import java.util.Optional;

/**
 * Where {@link Permissions} finds what is granted now. Must be thread-safe, must not block once it has answered, and should
 * return the same object until something changes: the verdicts made from it are kept beside it.
 */
@FunctionalInterface
public interface CurrentPermissions {

    /** What is granted now. */
    EffectivePermissions get();

    /** What {@link #get()} returns, if that is known without reading anything; starts nothing and never blocks. */
    default Optional<EffectivePermissions> known() {
        return Optional.of(get());
    }

    /** How far what {@link #get()} returned can be trusted; only told in explanations. */
    default Freshness freshness(EffectivePermissions permissions) {
        return Freshness.FRESH;
    }
}
