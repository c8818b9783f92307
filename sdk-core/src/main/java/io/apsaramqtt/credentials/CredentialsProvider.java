package io.apsaramqtt.credentials;

import java.util.List;

/**
 * Where the AccessKey comes from. It is asked at each connection, so a rotated AccessKey is used at the next one.
 *
 * <p>Implementations must be thread-safe. {@link #resolve()} may block on a file or the network; the SDK never calls it on
 * a thread that carries messages.
 */
@FunctionalInterface
public interface CredentialsProvider {

    /**
     * The AccessKey to act with now.
     *
     * @throws CredentialsException if there is none, with the reason of each place that was tried
     */
    AccessKey resolve();

    /** Always {@code accessKey}. */
    static CredentialsProvider of(AccessKey accessKey) {
        return new FixedCredentialsProvider(accessKey);
    }

    /**
     * The environment variables {@code ALIBABA_CLOUD_ACCESS_KEY_ID}, {@code ALIBABA_CLOUD_ACCESS_KEY_SECRET} and, for
     * temporary credentials, {@code ALIBABA_CLOUD_SECURITY_TOKEN}.
     */
    static CredentialsProvider environment() {
        return VariablesCredentialsProvider.environment(System::getenv);
    }

    /**
     * The system properties {@code alibabacloud.accessKeyId}, {@code alibabacloud.accessKeySecret} and, for temporary
     * credentials, {@code alibabacloud.sessionToken}.
     */
    static CredentialsProvider systemProperties() {
        return VariablesCredentialsProvider.systemProperties(System::getProperty);
    }

    /** The first of {@code providers} that has an AccessKey; if none has, the exception lists every attempt. */
    static CredentialsProvider chain(CredentialsProvider... providers) {
        return new CredentialsProviderChain(List.of(providers));
    }

    /** The order of the official SDKs: system properties, then environment variables. */
    static CredentialsProvider defaultChain() {
        return chain(systemProperties(), environment());
    }
}
