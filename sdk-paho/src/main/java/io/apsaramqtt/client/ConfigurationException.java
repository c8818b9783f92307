package io.apsaramqtt.client;

import io.apsaramqtt.ApsaraMqttException;

/**
 * A client cannot be built from what it was given.
 *
 * <p>Immutable.
 */
public final class ConfigurationException extends ApsaraMqttException {

    private final String setting;

    ConfigurationException(String setting, String problem) {
        super("Setting [" + setting + "] " + problem);
        this.setting = setting;
    }

    /** The setting that is missing or wrong. */
    public String setting() {
        return setting;
    }
}
