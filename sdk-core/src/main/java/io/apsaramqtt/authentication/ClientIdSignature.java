package io.apsaramqtt.authentication;

import io.apsaramqtt.mqtt.ClientId;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The client ID signed with a secret: the password of every mode that signs (service page "Signature authentication"). */
final class ClientIdSignature {

    private static final String ALGORITHM = "HmacSHA1";

    private ClientIdSignature() {}

    /** The signature in Base64; {@code secret} must not be empty. */
    static String of(ClientId clientId, String secret) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), ALGORITHM));
            return Base64.getEncoder()
                    .encodeToString(mac.doFinal(clientId.value().getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new AuthenticationException(
                    ALGORITHM + " is missing from this Java runtime; every Java platform must have it", e);
        }
    }
}
