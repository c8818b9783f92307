package io.apsaramqtt.client.transport;

import io.apsaramqtt.client.connection.Endpoint;
import io.apsaramqtt.tls.HandshakeFailure;
import io.apsaramqtt.tls.TlsConfigurationException;
import org.jspecify.annotations.Nullable;

/** Says in words why there is no TLS. */
final class TlsFailures {

    private TlsFailures() {}

    /** What is wrong and what to do, to follow the endpoint. */
    static String explain(Endpoint endpoint, Throwable cause) {
        for (@Nullable Throwable each = cause; each != null; each = each.getCause()) {
            if (each instanceof TlsConfigurationException wrong) {
                return "failed: " + wrong.getMessage();
            }
            if (each instanceof HandshakeFailedException explained) {
                return inHandshake(explained.failure());
            }
        }
        return inHandshake(HandshakeFailure.of(cause, Hosts.bare(endpoint.host())));
    }

    private static String inHandshake(HandshakeFailure failure) {
        return "failed in the TLS handshake: " + failure.message();
    }
}
