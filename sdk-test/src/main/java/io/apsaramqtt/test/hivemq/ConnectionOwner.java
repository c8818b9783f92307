package io.apsaramqtt.test.hivemq;

import com.hivemq.extension.sdk.api.client.parameter.ConnectionAttributeStore;
import com.hivemq.extension.sdk.api.parameter.ClientBasedInput;
import io.apsaramqtt.test.service.Instance;
import io.apsaramqtt.test.service.Instances;
import io.apsaramqtt.test.service.Rights;
import io.apsaramqtt.test.service.TokenRights;
import java.util.Optional;

/**
 * Whose connection it is: kept with the connection, not with the client ID, because while a client ID is taken over two
 * connections have it.
 */
record ConnectionOwner(Instance instance, String key, String clientId, Rights rights) {

    private static final String INSTANCE = "apsara-mqtt.instance";
    private static final String KEY = "apsara-mqtt.key";

    static ConnectionAttributeStore attributes(ClientBasedInput input) {
        return input.getConnectionInformation().getConnectionAttributeStore();
    }

    static void remember(ClientBasedInput input, Instance instance, Rights rights) {
        attributes(input).putAsString(INSTANCE, instance.id());
        attributes(input).putAsString(KEY, instance.connections().add(rights));
    }

    /** The owner, if the connection was accepted, also when it has just gone, and its instance is still open. */
    static Optional<ConnectionOwner> of(ClientBasedInput input, Instances instances) {
        String key = attributes(input).getAsString(KEY).orElse("");
        return attributes(input)
                .getAsString(INSTANCE)
                .flatMap(instances::find)
                .flatMap(instance -> instance.connections()
                        .find(key)
                        .map(rights -> new ConnectionOwner(
                                instance, key, input.getClientInformation().getClientId(), rights)));
    }

    /** Its tokens, in token mode. */
    Optional<TokenRights> tokens() {
        return rights instanceof TokenRights tokens ? Optional.of(tokens) : Optional.empty();
    }

    boolean isOpen() {
        return instance.connections().isOpen(key);
    }
}
