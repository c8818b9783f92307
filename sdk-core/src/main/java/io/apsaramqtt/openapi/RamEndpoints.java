package io.apsaramqtt.openapi;

import java.net.URI;
import java.util.Locale;

/**
 * Where what concerns permissions is asked.
 *
 * @param sts who an AccessKey belongs to
 * @param ram policies and groups
 * @param ims the domain that names of principals end in
 * @param resourceManager resource groups and resource directories
 */
record RamEndpoints(URI sts, URI ram, URI ims, URI resourceManager) {

    static final RamEndpoints CENTRAL = new RamEndpoints(
            URI.create("https://sts.aliyuncs.com"),
            URI.create("https://ram.aliyuncs.com"),
            URI.create("https://ims.aliyuncs.com"),
            URI.create("https://resourcemanager.aliyuncs.com"));

    static RamEndpoints all(URI endpoint) {
        return new RamEndpoints(endpoint, endpoint, endpoint, endpoint);
    }

    RamEndpoints {
        requireEndpoint(sts);
        requireEndpoint(ram);
        requireEndpoint(ims);
        requireEndpoint(resourceManager);
    }

    /**
     * Only TLS leaves this machine: a request carries the security token, and its answer may carry a secret.
     *
     * @throws IllegalArgumentException for anything else
     */
    static URI requireEndpoint(URI endpoint) {
        String scheme = String.valueOf(endpoint.getScheme()).toLowerCase(Locale.ROOT);
        boolean known = scheme.equals("https") || scheme.equals("http");
        if (!known
                || endpoint.getHost() == null
                || !String.valueOf(endpoint.getRawPath()).matches("/?")) {
            throw new IllegalArgumentException(
                    "Endpoint [" + endpoint + "] is none; write one like https://ram.aliyuncs.com, without a path");
        }
        if (scheme.equals("http") && !isThisMachine(endpoint.getHost())) {
            throw new IllegalArgumentException("Endpoint [" + endpoint
                    + "] would be spoken to without TLS, which is only done on this machine; write https");
        }
        return endpoint;
    }

    /** By what is written: a name that resolves to this machine now may be another's later. */
    private static boolean isThisMachine(String host) {
        return host.equals("localhost") || host.equals("[::1]") || host.matches("127(\\.\\d{1,3}){3}");
    }
}
