package io.apsaramqtt.cli;

import io.apsaramqtt.ApsaraMqttException;

/**
 * A file that cannot be read, or a suite that is none.
 *
 * <p>Immutable.
 */
final class BadInputException extends ApsaraMqttException {

    BadInputException(String message) {
        super(message);
    }
}
