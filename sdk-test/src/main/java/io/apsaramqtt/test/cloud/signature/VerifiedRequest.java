package io.apsaramqtt.test.cloud.signature;

import io.apsaramqtt.test.cloud.account.Caller;
import io.apsaramqtt.test.cloud.wire.Parameters;

/**
 * A request whose signer is certain.
 *
 * <p>Immutable.
 *
 * @param caller who signed it
 * @param action the operation
 * @param version the version of the API
 * @param parameters the parameters of the operation
 */
public record VerifiedRequest(Caller caller, String action, String version, Parameters parameters) {}
