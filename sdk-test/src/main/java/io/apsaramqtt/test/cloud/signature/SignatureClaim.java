package io.apsaramqtt.test.cloud.signature;

import io.apsaramqtt.test.cloud.wire.Parameters;
import java.util.Optional;

/**
 * What a request says of itself, not yet believed.
 *
 * <p>Immutable.
 *
 * @param scheme how it is signed
 * @param action the operation, such as {@code GetPolicy}
 * @param version the version of the API, such as {@code 2015-05-01}
 * @param accessKeyId who says to have signed it
 * @param securityToken the security token, if it has one
 * @param timestamp when it says to have been signed, in ISO 8601
 * @param nonce what makes it unique
 * @param parameters the parameters of the operation
 */
record SignatureClaim(
        SignatureScheme scheme,
        String action,
        String version,
        String accessKeyId,
        Optional<String> securityToken,
        String timestamp,
        String nonce,
        Parameters parameters) {

    /** Scheme and action; the rest may hold secrets. */
    @Override
    public String toString() {
        return "SignatureClaim[" + scheme + ", " + action + "]";
    }
}
