package io.apsaramqtt.permission.source;

import io.apsaramqtt.ApsaraMqttException;

/**
 * The effective permissions could not be read.
 *
 * <p>Immutable.
 */
public final class PermissionSourceException extends ApsaraMqttException {

    private final String source;

    /** {@code source} cannot be read because of {@code problem}. */
    public PermissionSourceException(String source, String problem, Throwable cause) {
        super("Permission source [" + source + "] " + problem, cause);
        this.source = source;
    }

    /** The source, such as a path. */
    public String source() {
        return source;
    }
}
