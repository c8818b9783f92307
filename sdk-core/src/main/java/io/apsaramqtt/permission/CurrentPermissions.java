package io.apsaramqtt.permission;

/**
 * Where {@link Permissions} finds what is granted now. Must be thread-safe, must not block once it has answered, and should
 * return the same object until something changes: the verdicts made from it are kept beside it.
 */
@FunctionalInterface
public interface CurrentPermissions {

    /** What is granted now. */
    EffectivePermissions get();

    /** Whether what {@link #get()} returned is of late; only told in explanations. */
    default boolean isFresh(EffectivePermissions permissions) {
        return true;
    }
}
