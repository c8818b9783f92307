package io.apsaramqtt.openapi;

import java.net.URI;
import java.util.Map;

/**
 * One call of an API in RPC style. Immutable.
 *
 * @param endpoint scheme, host and port
 * @param version of the API, such as {@code 2015-05-01}
 * @param action such as {@code GetPolicy}
 * @param parameters by name
 * @param repeatable whether the service may carry it out twice without harm
 */
record OpenApiCall(URI endpoint, String version, String action, Map<String, String> parameters, boolean repeatable) {

    OpenApiCall {
        parameters = Map.copyOf(parameters);
    }

    /** A call that only reads. */
    static OpenApiCall reading(URI endpoint, String version, String action, Map<String, String> parameters) {
        return new OpenApiCall(endpoint, version, action, parameters, true);
    }

    String host() {
        return endpoint.getRawAuthority();
    }

    /** Never the parameters: one may be a token. */
    @Override
    public String toString() {
        return action + " at " + host();
    }
}
