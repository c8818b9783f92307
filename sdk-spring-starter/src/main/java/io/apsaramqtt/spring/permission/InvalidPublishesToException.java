package io.apsaramqtt.spring.permission;

import io.apsaramqtt.ApsaraMqttException;
import org.jspecify.annotations.Nullable;

/**
 * A {@link PublishesTo} cannot be what it says. Thrown where the declared operations are asked, at the start of the application.
 *
 * <p>Immutable.
 */
public final class InvalidPublishesToException extends ApsaraMqttException {

    private final String declaredBy;

    InvalidPublishesToException(String declaredBy, String problem, @Nullable Throwable cause) {
        super("@PublishesTo of [" + declaredBy + "] " + problem, cause);
        this.declaredBy = declaredBy;
    }

    /** The class, or the class and the method. */
    public String declaredBy() {
        return declaredBy;
    }
}
