package io.apsaramqtt.authentication;

import io.apsaramqtt.ApsaraMqttException;

/** A text that holds no tokens; says where it is wrong, as in {@code lacks [tokens]}, and nothing of what it holds. */
final class MalformedTokensException extends ApsaraMqttException {

    MalformedTokensException(String problem) {
        super(problem);
    }
}
