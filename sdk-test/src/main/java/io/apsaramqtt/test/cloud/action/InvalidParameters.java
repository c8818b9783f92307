package io.apsaramqtt.test.cloud.action;

import io.apsaramqtt.test.cloud.wire.CloudErrorException;

/** What ApsaraMQ for MQTT says of a parameter that breaks a rule; unlike the service, it says which (in the message). */
final class InvalidParameters {

    private InvalidParameters() {}

    static CloudErrorException because(String reason) {
        return new CloudErrorException(
                400,
                "ParameterCheckFailed",
                "An error occurred while validating the parameters. The parameters may be missing or invalid. ("
                        + reason + ")");
    }
}
