package io.apsaramqtt.client.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WireSocketTest {

    private final WireSocket wire = new WireSocket();
    private final ServerSocket server;
    private final Socket peer;

    WireSocketTest() throws IOException {
        server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        wire.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.getLocalPort()));
        peer = server.accept();
    }

    @BeforeEach
    void limit() throws IOException {
        wire.setSoTimeout(20_000);
    }

    @AfterEach
    void close() throws IOException {
        wire.close();
        peer.close();
        server.close();
    }

    private static void writeUntilItFails(OutputStream out) throws IOException {
        for (int i = 0; i < 100_000; i++) {
            out.write(new byte[1_024]);
        }
    }

    @Test
    void theLastWordsAreReadThoughAWriteHasFailed() throws IOException {
        OutputStream out = wire.getOutputStream();
        out.write(1);
        peer.getOutputStream().write(new byte[] {21, 3, 3});
        // With something unread it resets the connection.
        peer.close();
        writeUntilItFails(out);
        assertThat(wire.getInputStream().readNBytes(3)).containsExactly(21, 3, 3);
    }

    @Test
    void aProvenPeerMakesAWriteFail() throws IOException {
        wire.prove();
        peer.close();
        assertThatThrownBy(() -> writeUntilItFails(wire.getOutputStream())).isInstanceOf(SocketException.class);
        assertThat(wire.isProven()).isTrue();
    }

    @Test
    void aPeerThatIsProvenAfterAFailedWriteMakesTheNextOneFail() throws IOException {
        peer.close();
        OutputStream out = wire.getOutputStream();
        writeUntilItFails(out);
        wire.prove();
        assertThatThrownBy(() -> out.write(1)).isInstanceOf(SocketException.class);
    }

    @Test
    void anAlertIsNoAnswer() throws IOException {
        InputStream in = wire.getInputStream();
        peer.getOutputStream().write(new byte[7]);
        peer.shutdownOutput();
        assertThat(in.readNBytes(6)).hasSize(6);
        assertThat(in.read()).isZero();
        assertThat(in.read(new byte[2])).isEqualTo(-1);
        assertThat(in.read()).isEqualTo(-1);
        assertThat(in.read()).isEqualTo(-1);
        assertThat(wire.hasAnswered()).isFalse();
    }

    @Test
    void moreThanAnAlertIsAnAnswer() throws IOException {
        InputStream in = wire.getInputStream();
        peer.getOutputStream().write(new byte[8]);
        assertThat(in.readNBytes(7)).hasSize(7);
        assertThat(wire.hasAnswered()).isFalse();
        assertThat(in.read()).isZero();
        assertThat(wire.hasAnswered()).isTrue();
    }
}
