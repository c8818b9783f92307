package io.apsaramqtt.client.transport;

import io.apsaramqtt.tls.HandshakeFailure;
import java.io.IOException;
import javax.net.ssl.SSLHandshakeException;

/** A failed handshake that the socket has explained. */
final class HandshakeFailedException extends SSLHandshakeException {

    private final transient HandshakeFailure failure;

    HandshakeFailedException(HandshakeFailure failure, IOException cause) {
        super(failure.message());
        this.failure = failure;
        initCause(cause);
    }

    HandshakeFailure failure() {
        return failure;
    }
}
