package io.apsaramqtt.authentication;

import io.apsaramqtt.credentials.AccessKey;
import io.apsaramqtt.credentials.CredentialsProvider;
import io.apsaramqtt.mqtt.ClientId;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Signature mode. Temporary AccessKeys are refused: the CONNECT has no place for their security token. */
record SignatureAuthentication(String instanceId, CredentialsProvider credentials) implements Authentication {

    private static final String ALGORITHM = "HmacSHA1";

    @Override
    public SignedConnect sign(ClientId clientId) {
        AccessKey accessKey = credentials.resolve();
        if (accessKey.isTemporary()) {
            throw new AuthenticationException("AccessKey [" + accessKey.maskedId() + "] is temporary and cannot sign a"
                    + " connection: the user name has no place for its security token. Use a permanent AccessKey of a RAM"
                    + " user, or token mode: apply for a token on your application server (ApplyToken takes temporary"
                    + " AccessKeys) and connect with it");
        }
        return new SignedConnect(
                "Signature|" + accessKey.id() + "|" + instanceId,
                password(accessKey.secret(), clientId.value()),
                accessKey.maskedId());
    }

    static String password(String secret, String clientId) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), ALGORITHM));
            return Base64.getEncoder().encodeToString(mac.doFinal(clientId.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new AuthenticationException(
                    ALGORITHM + " is missing from this Java runtime; every Java platform must have it", e);
        }
    }
}
