package io.apsaramqtt.permission;

/**
 * Is told when the permissions held locally have changed. Called on the thread that read them; what it throws is logged.
 */
@FunctionalInterface
public interface PermissionsListener {

    /** {@code after} was read and grants something else than {@code before}. */
    void changed(EffectivePermissions before, EffectivePermissions after);
}
