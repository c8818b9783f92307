package io.apsaramqtt.test.cloud.action;

import io.apsaramqtt.test.cloud.signature.VerifiedRequest;
import io.apsaramqtt.test.cloud.wire.CloudErrorException;
import java.util.Map;

/** One operation of the OpenAPI. */
interface CloudOperation {

    /** The members of the answer, without the request ID; throws {@link CloudErrorException}. */
    Map<String, Object> answer(VerifiedRequest request);
}
