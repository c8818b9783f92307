package io.apsaramqtt.authentication;

import io.apsaramqtt.ApsaraMqttException;
import org.jspecify.annotations.Nullable;

/** An application server gave neither tokens nor a refusal: tokens that were kept may do instead. */
final class UnansweredException extends ApsaraMqttException {

    UnansweredException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
