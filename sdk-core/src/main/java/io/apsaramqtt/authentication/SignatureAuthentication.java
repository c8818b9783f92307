package io.apsaramqtt.authentication;

import io.apsaramqtt.credentials.AccessKey;
import io.apsaramqtt.credentials.CredentialsProvider;
import io.apsaramqtt.mqtt.ClientId;

/** Signature mode. Temporary AccessKeys are refused: the CONNECT has no place for their security token. */
record SignatureAuthentication(String instanceId, CredentialsProvider credentials) implements Authentication {

    @Override
    public SignedConnect sign(ClientId clientId) {
        AccessKey accessKey = credentials.resolve();
        if (accessKey.isTemporary()) {
            throw new AuthenticationException("AccessKey [" + accessKey.maskedId() + "] is temporary and cannot sign a"
                    + " connection: the user name has no place for its security token. Use a permanent AccessKey of a RAM"
                    + " user, or token mode, by Authentication.token(...) or tokens(...) of the client's builder: ApplyToken"
                    + " takes temporary AccessKeys. An application on a server applies for its tokens itself, by"
                    + " MqttOpenApi.tokenProvider(...); a device gets them from its application server");
        }
        return new SignedConnect(
                "Signature|" + accessKey.id() + "|" + instanceId,
                ClientIdSignature.of(clientId, accessKey.secret()),
                accessKey.maskedId());
    }
}
