package io.apsaramqtt.test.cloud.action;

import io.apsaramqtt.mqtt.ClientId;
import io.apsaramqtt.mqtt.InvalidMqttValueException;
import io.apsaramqtt.mqtt.Profile;
import io.apsaramqtt.mqtt.ServiceLimits;
import io.apsaramqtt.mqtt.ServiceRuleException;
import io.apsaramqtt.mqtt.ServiceRules;
import io.apsaramqtt.test.cloud.mqtt.CredentialStore;
import io.apsaramqtt.test.cloud.mqtt.IssuedDeviceCredential;
import io.apsaramqtt.test.cloud.signature.VerifiedRequest;
import io.apsaramqtt.test.cloud.wire.CloudErrorException;
import java.util.Map;

/**
 * Device credentials of ApsaraMQ for MQTT (service pages "RegisterDeviceCredential" and following). Registering twice
 * replaces the first credential. The pages do not say what becomes of a client that is not registered: it is an error.
 */
final class DeviceCredentialOperations {

    private static final ServiceRules RULES = new ServiceRules(Profile.APSARAMQ, ServiceLimits.standard());

    private final MqttRights rights;
    private final CredentialStore store;

    DeviceCredentialOperations(MqttRights rights, CredentialStore store) {
        this.rights = rights;
        this.store = store;
    }

    private record Device(String instanceId, String clientId) {}

    Map<String, CloudOperation> byName() {
        return Map.of(
                "RegisterDeviceCredential", this::register,
                "GetDeviceCredential", this::get,
                "RefreshDeviceCredential", this::refresh,
                "UnRegisterDeviceCredential", this::unregister);
    }

    private Map<String, Object> register(VerifiedRequest request) {
        Device device = device(request);
        return answer(store.register(device.instanceId(), device.clientId()));
    }

    private Map<String, Object> get(VerifiedRequest request) {
        Device device = device(request);
        return answer(store.deviceCredential(device.instanceId(), device.clientId())
                .orElseThrow(DeviceCredentialOperations::notRegistered));
    }

    private Map<String, Object> refresh(VerifiedRequest request) {
        Device device = device(request);
        return answer(store.refresh(device.instanceId(), device.clientId())
                .orElseThrow(DeviceCredentialOperations::notRegistered));
    }

    private Map<String, Object> unregister(VerifiedRequest request) {
        Device device = device(request);
        if (!store.unregister(device.instanceId(), device.clientId())) {
            throw notRegistered();
        }
        return Map.of();
    }

    private static CloudErrorException notRegistered() {
        return InvalidParameters.because("ClientId has no credential on this instance");
    }

    private Device device(VerifiedRequest request) {
        String instanceId = request.parameters().require("InstanceId");
        String clientId = request.parameters().require("ClientId");
        try {
            RULES.requireClientId(ClientId.of(clientId));
        } catch (ServiceRuleException | InvalidMqttValueException e) {
            throw InvalidParameters.because("ClientId [" + clientId + "] does not read <GroupID>@@@<DeviceID>");
        }
        rights.requireInstance(request.caller(), instanceId);
        rights.requireOnInstance(request.caller(), request.action(), instanceId);
        return new Device(instanceId, clientId);
    }

    private static Map<String, Object> answer(IssuedDeviceCredential credential) {
        return Map.of(
                "DeviceCredential",
                Map.of(
                        "InstanceId", credential.instanceId(),
                        "ClientId", credential.clientId(),
                        "DeviceAccessKeyId", credential.accessKeyId(),
                        "DeviceAccessKeySecret", credential.accessKeySecret(),
                        "CreateTime", credential.createdAt().toEpochMilli(),
                        "UpdateTime", credential.updatedAt().toEpochMilli()));
    }
}
