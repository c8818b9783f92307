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
    private final boolean told;

    /** {@code source} cannot be read because of {@code problem}, and that is a mistake of whoever set it up. */
    public PermissionSourceException(String source, String problem, @Nullable Throwable cause) {
        this("Permission source [" + source + "] " + problem, cause, source, false, false);
    }

    private PermissionSourceException(
            String message, @Nullable Throwable cause, String source, boolean temporary, boolean told) {
        super(message, cause);
        this.source = source;
        this.temporary = temporary;
        this.told = told;
    }

    /** {@code source}, which is not part of the program, cannot be read now because of {@code problem}. */
    public static PermissionSourceException temporary(String source, String problem, @Nullable Throwable cause) {
        return new PermissionSourceException(
                "Permission source [" + source + "] " + problem, cause, source, true, false);
    }

    /** The same, of which the log has a line already: whoever shares the source need not write another. */
    PermissionSourceException told() {
        return new PermissionSourceException(String.valueOf(getMessage()), this, source, temporary, true);
    }

    boolean isTold() {
        return told;
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
