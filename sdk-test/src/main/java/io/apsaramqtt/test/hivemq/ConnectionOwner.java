package io.apsaramqtt.test.hivemq;

import com.hivemq.extension.sdk.api.client.parameter.ConnectionAttributeStore;
import com.hivemq.extension.sdk.api.parameter.ClientBasedInput;
import io.apsaramqtt.test.service.Instance;
import io.apsaramqtt.test.service.Instances;
import java.util.Optional;

/**
 * Whose connection it is: kept with the connection, not with the client ID, because while a client ID is taken over two
 * connections have it.
 */
record ConnectionOwner(Instance instance, String accessKeyId) {

    private static final String INSTANCE = "apsara-mqtt.instance";
    private static final String ACCESS_KEY = "apsara-mqtt.access-key";

    static ConnectionAttributeStore attributes(ClientBasedInput input) {
        return input.getConnectionInformation().getConnectionAttributeStore();
    }

    static void remember(ClientBasedInput input, String instanceId, String accessKeyId) {
        attributes(input).putAsString(INSTANCE, instanceId);
        attributes(input).putAsString(ACCESS_KEY, accessKeyId);
    }

    /** The owner, if the connection was accepted and its instance is still open. */
    static Optional<ConnectionOwner> of(ClientBasedInput input, Instances instances) {
        return attributes(input)
                .getAsString(INSTANCE)
                .flatMap(instances::find)
                .map(instance -> new ConnectionOwner(
                        instance, attributes(input).getAsString(ACCESS_KEY).orElse("")));
    }
}
