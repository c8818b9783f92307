package io.apsaramqtt.authentication;

import io.apsaramqtt.mqtt.ClientId;
import java.util.function.Supplier;

/** Device credential mode: the client ID signed with a secret of its own. */
record DeviceCredentialAuthentication(String instanceId, Supplier<DeviceCredential> credentials)
        implements Authentication {

    @Override
    public SignedConnect sign(ClientId clientId) {
        DeviceCredential credential = credentials.get();
        return new SignedConnect(
                "DeviceCredential|" + credential.id() + "|" + instanceId,
                ClientIdSignature.of(clientId, credential.secret()),
                credential.maskedId());
    }
}
