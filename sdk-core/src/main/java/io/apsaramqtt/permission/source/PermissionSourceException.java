package io.apsaramqtt.permission.source;

import io.apsaramqtt.ApsaraMqttException;
import org.jspecify.annotations.Nullable;

/**
 * The effective permissions could not be read.
 *
 * <p>Immutable.
 */
public final class PermissionSourceException extends ApsaraMqttException {

    private final String source;
    private final boolean temporary;

    /** {@code source} cannot be read because of {@code problem}, and that is a mistake of whoever set it up. */
    public PermissionSourceException(String source, String problem, @Nullable Throwable cause) {
        this(source, problem, cause, false);
    }

    private PermissionSourceException(String source, String problem, @Nullable Throwable cause, boolean temporary) {
        super("Permission source [" + source + "] " + problem, cause);
        this.source = source;
        this.temporary = temporary;
    }

    /** {@code source}, which is not part of the program, cannot be read now because of {@code problem}. */
    public static PermissionSourceException temporary(String source, String problem, @Nullable Throwable cause) {
        return new PermissionSourceException(source, problem, cause, true);
    }

    /** The source, such as a path. */
    public String source() {
        return source;
    }

    /**
     * Whether the source may answer later though nothing is changed here. Such a failure stops no client: until the source
     * answers, everything is unknown. Any other stops the first connection, so that a mistake is seen at once.
     */
    public boolean isTemporary() {
        return temporary;
    }
}
