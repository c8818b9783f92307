package io.apsaramqtt.test.cloud;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * A request that the cloud answered, or would have but for a fault. Holds no secret, signature or token.
 *
 * <p>Immutable.
 *
 * @param at when, by the clock of the cloud
 * @param action the operation, such as {@code GetPolicy}; empty if the request named none
 * @param caller the ARN of whoever signed it; empty if the signature was refused
 * @param parameters the parameters of the operation
 * @param status the HTTP status of the answer
 * @param errorCode the error code, if the answer was an error
 */
public record CloudRequest(
        Instant at,
        String action,
        Optional<String> caller,
        Map<String, String> parameters,
        int status,
        Optional<String> errorCode) {

    /** Copies the parameters. */
    public CloudRequest {
        parameters = Map.copyOf(parameters);
    }
}
