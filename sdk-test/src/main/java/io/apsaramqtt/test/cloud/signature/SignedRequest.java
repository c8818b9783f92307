package io.apsaramqtt.test.cloud.signature;

import io.apsaramqtt.test.cloud.wire.CloudErrorException;

/** A request with a signature of one of the schemes. */
sealed interface SignedRequest permits Acs3Request, RpcRequest {

    /** What it says of itself; throws {@link CloudErrorException} where something is missing. */
    SignatureClaim claim();

    /** Throws {@link CloudErrorException} unless this secret signed exactly this request. */
    void verify(String secret);
}
