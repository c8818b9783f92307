package io.apsaramqtt.test.cloud.action;

import io.apsaramqtt.test.cloud.account.Account;
import io.apsaramqtt.test.cloud.mqtt.CredentialStore;
import io.apsaramqtt.test.cloud.signature.VerifiedRequest;
import io.apsaramqtt.test.cloud.wire.CloudErrorException;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;

/**
 * All operations that the cloud serves, whatever host a request is for.
 *
 * <p>Thread-safe.
 */
public final class CloudOperations {

    private static final String MQTT_VERSION = "2020-04-20";

    private final Map<String, Map<String, CloudOperation>> byVersion = new HashMap<>();

    /** The operations over this account and what it hands out. */
    public CloudOperations(Account account, CredentialStore store, Clock clock) {
        Authorizer authorizer = new Authorizer(account);
        MqttRights rights = new MqttRights(account, authorizer);
        Map<String, CloudOperation> mqtt = new HashMap<>(new TokenOperations(rights, store, clock).byName());
        mqtt.putAll(new DeviceCredentialOperations(rights, store).byName());
        byVersion.put(StsOperations.VERSION, new StsOperations().byName());
        byVersion.put(RamOperations.VERSION, new RamOperations(account, authorizer).byName());
        byVersion.put(ImsOperations.VERSION, new ImsOperations(account, authorizer).byName());
        byVersion.put(ResourceManagerOperations.VERSION, new ResourceManagerOperations(account, authorizer).byName());
        byVersion.put(MQTT_VERSION, mqtt);
    }

    /** The members of the answer, without the request ID; throws {@link CloudErrorException} with the cloud's code. */
    public Map<String, Object> answer(VerifiedRequest request) {
        Map<String, CloudOperation> operations = byVersion.get(request.version());
        if (operations == null) {
            throw new CloudErrorException(
                    400,
                    "InvalidVersion",
                    "Specified parameter Version [" + request.version() + "] is not valid; served are "
                            + byVersion.keySet().stream().sorted().toList() + ".");
        }
        CloudOperation operation = operations.get(request.action());
        if (operation == null) {
            throw new CloudErrorException(
                    404,
                    "InvalidAction.NotFound",
                    "Specified api [" + request.action() + "] is not found in version " + request.version()
                            + "; served are "
                            + operations.keySet().stream().sorted().toList() + ".");
        }
        return operation.answer(request);
    }
}
