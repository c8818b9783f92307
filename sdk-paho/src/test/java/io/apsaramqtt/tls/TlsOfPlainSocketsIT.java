package io.apsaramqtt.tls;

import static org.assertj.core.api.Assertions.assertThat;

import io.apsaramqtt.client.connection.Endpoint;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.HexFormat;
import javax.net.SocketFactory;
import javax.net.ssl.SSLSocket;

/** By hand, in the order of Paho: create, connect, handshake. */
class TlsOfPlainSocketsIT extends TlsContract {

    /** MQTT 3.1.1, clean session, keep-alive 60 s, client ID "a". */
    private static final byte[] CONNECT = HexFormat.of().parseHex("100d00044d5154540402003c000161");

    private static final byte[] CONNACK = {0x20, 2, 0, 0};

    @Override
    void connect(Endpoint endpoint, SocketFactory sockets) throws IOException {
        try (Socket socket = sockets.createSocket()) {
            socket.connect(new InetSocketAddress(endpoint.host(), endpoint.port()), 20_000);
            socket.setSoTimeout(20_000);
            if (socket instanceof SSLSocket tls) {
                tls.startHandshake();
            }
            socket.getOutputStream().write(CONNECT);
            assertThat(socket.getInputStream().readNBytes(CONNACK.length)).isEqualTo(CONNACK);
        }
    }
}
