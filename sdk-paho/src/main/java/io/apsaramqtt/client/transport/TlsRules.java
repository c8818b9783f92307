package io.apsaramqtt.client.transport;

import io.apsaramqtt.tls.HandshakeFailure;
import io.apsaramqtt.tls.TlsSettings;
import java.util.List;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/**
 * What every TLS socket of an endpoint keeps to, whatever an engine sets on it: the name sent to the server (SNI), and whether
 * the certificate must be for it. Immutable.
 *
 * @param host of the endpoint, as certificates write it
 */
record TlsRules(String host, TlsSettings settings) {

    /** Sets versions, name and verification of a new socket. */
    void prepare(SSLSocket socket) {
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setProtocols(settings.protocols().toArray(String[]::new));
        socket.setSSLParameters(parameters);
        enforce(socket);
    }

    /** Sets name and verification again. */
    void enforce(SSLSocket socket) {
        SSLParameters parameters = socket.getSSLParameters();
        // RFC 6066 section 3: an address is no name.
        parameters.setServerNames(Hosts.isAddress(host) ? List.of() : List.of(new SNIHostName(host)));
        // Null would leave what is set; empty switches off.
        parameters.setEndpointIdentificationAlgorithm(settings.hostnamesVerified() ? "HTTPS" : "");
        socket.setSSLParameters(parameters);
    }

    HandshakeFailure explain(Throwable failure, boolean serverAnswered) {
        return settings.explain(failure, host, serverAnswered);
    }
}
