package io.apsaramqtt.client.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WebSocketFramesTest {

    private static final byte[] RESPONSE =
            "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final int FINAL = 0x80;
    private static final int CONTINUATION = 0;
    private static final int BINARY = 2;
    private static final int CLOSE = 8;
    private static final int PING = 9;
    private static final int PONG = 10;

    private final ByteArrayOutputStream sent = new ByteArrayOutputStream();
    private final List<String> answered = new ArrayList<>();

    WebSocketFramesTest() throws IOException {
        sent.write(RESPONSE);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private void send(int first, byte[] payload) throws IOException {
        sent.write(first);
        if (payload.length < 126) {
            sent.write(payload.length);
        } else if (payload.length < 1 << 16) {
            sent.write(new byte[] {126, (byte) (payload.length >> 8), (byte) payload.length});
        } else {
            sent.write(new byte[] {
                127, 0, 0, 0, 0, 0, (byte) (payload.length >> 16), (byte) (payload.length >> 8), (byte) payload.length
            });
        }
        sent.write(payload);
    }

    private WebSocketFrames frames() {
        return new WebSocketFrames(
                new ByteArrayInputStream(sent.toByteArray()),
                carried -> answered.add(new String(carried, StandardCharsets.US_ASCII)));
    }

    /** Reads to the end, so many bytes at a time. */
    private static byte[] read(InputStream in, int atATime) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        byte[] buffer = new byte[atATime];
        for (int some = in.read(buffer); some >= 0; some = in.read(buffer)) {
            all.write(buffer, 0, some);
        }
        return all.toByteArray();
    }

    private byte[] expected(Object... framesWanted) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.write(RESPONSE);
        for (Object each : framesWanted) {
            byte[] payload = bytes((String) each);
            all.write(FINAL | BINARY);
            all.write(payload.length);
            all.write(payload);
        }
        return all.toByteArray();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 8_192})
    void piecesBecomeFramesAndPingsAreAnswered(int atATime) throws IOException {
        send(BINARY, bytes("he"));
        send(FINAL | PING, bytes("there?"));
        send(CONTINUATION, bytes("l"));
        send(FINAL | PONG, bytes("here"));
        send(FINAL | PING, bytes(""));
        send(FINAL | CONTINUATION, bytes("lo"));
        assertThat(read(frames(), atATime)).isEqualTo(expected("he", "l", "lo"));
        assertThat(answered).containsExactly("there?", "");
    }

    @Test
    void theResponseIsReadWithoutTheFramesBehindIt() throws IOException {
        send(FINAL | BINARY, bytes("x"));
        byte[] buffer = new byte[8_192];
        WebSocketFrames frames = frames();
        assertThat(frames.read(buffer)).isEqualTo(RESPONSE.length);
        assertThat(frames.read()).isEqualTo(FINAL | BINARY);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 125, 126, 65_535, 65_536, 100_000})
    void framesOfAnyLengthPass(int length) throws IOException {
        send(FINAL | BINARY, new byte[length]);
        send(FINAL | BINARY, bytes("behind"));
        assertThat(read(frames(), 1_000)).isEqualTo(sent.toByteArray());
    }

    @Test
    void aClosingFramePasses() throws IOException {
        send(FINAL | CLOSE, new byte[] {3, (byte) 232});
        assertThat(read(frames(), 100)).isEqualTo(sent.toByteArray());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 10})
    void anEndInTheMidstOfAFrameIsAnEnd(int missing) throws IOException {
        send(FINAL | BINARY, bytes("x"));
        send(FINAL | PING, bytes("12345678"));
        byte[] cut = sent.toByteArray();
        WebSocketFrames frames = new WebSocketFrames(
                new ByteArrayInputStream(cut, 0, cut.length - missing), carried -> answered.add("answered"));
        assertThat(read(frames, 100)).isEqualTo(expected("x"));
        assertThat(answered).isEmpty();
    }

    @Test
    void aResponseThatEndsIsAnEnd() throws IOException {
        assertThat(read(new WebSocketFrames(new ByteArrayInputStream(RESPONSE, 0, 20), carried -> {}), 100))
                .hasSize(20);
        assertThat(frames().read(new byte[0])).isZero();
    }

    /** However a message is cut, and whatever stands between its pieces. */
    @Property
    void theBytesOfAMessageStay(
            @ForAll @Size(max = 20) List<@Size(max = 300) byte[]> pieces,
            @ForAll @IntRange(min = 1, max = 500) int atATime)
            throws IOException {
        sent.reset();
        sent.write(RESPONSE);
        answered.clear();
        ByteArrayOutputStream message = new ByteArrayOutputStream();
        for (int i = 0; i < pieces.size(); i++) {
            message.write(pieces.get(i));
            send((i == pieces.size() - 1 ? FINAL : 0) | (i == 0 ? BINARY : CONTINUATION), pieces.get(i));
            if (i % 3 == 1) {
                send(FINAL | PING, bytes("p" + i));
            }
        }
        byte[] read = read(frames(), atATime);
        assertThat(payloads(read)).isEqualTo(message.toByteArray());
        assertThat(answered).hasSize((pieces.size() + 1) / 3);
    }

    /** As Paho reads: binary frames, and nothing else. */
    private static byte[] payloads(byte[] read) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (int at = RESPONSE.length; at < read.length; ) {
            assertThat(Byte.toUnsignedInt(read[at])).isEqualTo(FINAL | BINARY);
            int length = read[at + 1];
            at += 2;
            if (length == 126) {
                length = Byte.toUnsignedInt(read[at]) << 8 | Byte.toUnsignedInt(read[at + 1]);
                at += 2;
            }
            all.write(read, at, length);
            at += length;
        }
        return all.toByteArray();
    }
}
