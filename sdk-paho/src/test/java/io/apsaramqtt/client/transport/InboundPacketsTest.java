package io.apsaramqtt.client.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.apsaramqtt.client.transport.InboundPackets.Editor;
import io.apsaramqtt.client.transport.InboundPackets.Head;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class InboundPacketsTest {

    private static final Bytes PUBLISH =
            Bytes.packet(0x32, Bytes.text("topics/a").and(Bytes.id(7)).and(Bytes.of(new byte[300])));
    private static final Bytes PUBACK = Bytes.packet(0x40, Bytes.id(7));
    private static final Bytes PINGRESP = Bytes.packet(0xD0, Bytes.of());
    private static final Bytes ALL = PUBLISH.and(PUBACK).and(PINGRESP).and(PUBLISH);

    /** What comes from a network that times out before each byte. */
    private static InputStream slow(Bytes bytes) {
        return new InputStream() {
            private final InputStream in = new ByteArrayInputStream(bytes.array());
            private boolean late = true;

            @Override
            public int read() throws IOException {
                late = !late;
                if (!late) {
                    throw new SocketTimeoutException("of a test");
                }
                return in.read();
            }

            @Override
            public int read(byte[] array, int from, int length) throws IOException {
                int b = read();
                if (b < 0) {
                    return -1;
                }
                array[from] = (byte) b;
                return 1;
            }
        };
    }

    private static byte[] readAll(InputStream in) throws IOException {
        return in.readAllBytes();
    }

    @Test
    void whatIsNotEditedComesThroughByteForByte() throws IOException {
        InboundPackets packets = new InboundPackets(new ByteArrayInputStream(ALL.array()), head -> head);
        assertThat(readAll(packets)).isEqualTo(ALL.array());
        InboundPackets single = new InboundPackets(new ByteArrayInputStream(ALL.array()), head -> head);
        ByteArrayOutputStream read = new ByteArrayOutputStream();
        for (int b = single.read(); b >= 0; b = single.read()) {
            read.write(b);
        }
        assertThat(read.toByteArray()).isEqualTo(ALL.array());
    }

    @Test
    void theEditorSeesTopicsAndWholePackets() throws IOException {
        List<Head> seen = new ArrayList<>();
        Editor editor = head -> {
            seen.add(head);
            return head;
        };
        readAll(new InboundPackets(new ByteArrayInputStream(ALL.array()), editor));
        assertThat(seen).extracting(Head::type).containsExactly(InboundPackets.PUBLISH, 0x40, 0xD0, 0x30);
        assertThat(seen).extracting(Head::first).containsExactly(0x32, 0x40, 0xD0, 0x32);
        assertThat(seen.get(0).bytes()).isEqualTo(Bytes.text("topics/a").array());
        assertThat(seen.get(1).bytes()).containsExactly(0, 7);
        assertThat(seen.get(2).bytes()).isEmpty();
    }

    @Test
    void aLongerTopicMakesALongerPacket() throws IOException {
        Bytes longer = Bytes.text("a topic of more than 127 bytes/" + "x".repeat(100));
        InboundPackets packets = new InboundPackets(
                new ByteArrayInputStream(Bytes.packet(0x30, Bytes.text("a").and(Bytes.of(1, 2, 3)))
                        .and(PINGRESP)
                        .array()),
                head -> head.type() == InboundPackets.PUBLISH ? new Head(0x31, longer.array()) : head);
        assertThat(readAll(packets))
                .isEqualTo(Bytes.packet(0x31, longer.and(Bytes.of(1, 2, 3)))
                        .and(PINGRESP)
                        .array());
    }

    @Test
    void aTimeOutNeverFallsIntoAHeader() throws IOException {
        InboundPackets packets = new InboundPackets(slow(PUBACK.and(PUBLISH)), head -> head);
        assertThatThrownBy(packets::read).isInstanceOf(SocketTimeoutException.class);
        // As soon as the first byte has come, the rest of the packet is waited for.
        byte[] puback = new byte[PUBACK.size()];
        for (int i = 0; i < puback.length; i++) {
            puback[i] = (byte) packets.read();
        }
        assertThat(puback).isEqualTo(PUBACK.array());
        assertThatThrownBy(packets::read).isInstanceOf(SocketTimeoutException.class);
        byte[] head = new byte[3 + Bytes.text("topics/a").size()];
        assertThat(packets.read(head, 0, head.length)).isEqualTo(head.length);
        // Within the payload Paho can deal with it.
        assertThatThrownBy(packets::read).isInstanceOf(SocketTimeoutException.class);
    }

    @Test
    void theEndIsTheEndBetweenPacketsAndAFailureWithin() throws IOException {
        InputStream none = new InboundPackets(new ByteArrayInputStream(new byte[0]), head -> head);
        assertThat(none.read()).isEqualTo(-1);
        assertThat(none.read(new byte[9], 0, 9)).isEqualTo(-1);
        InputStream inLength = new InboundPackets(new ByteArrayInputStream(new byte[] {0x40}), head -> head);
        assertThatThrownBy(inLength::read).isInstanceOf(EOFException.class);
        InputStream inBody = new InboundPackets(new ByteArrayInputStream(new byte[] {0x40, 2, 0}), head -> head);
        assertThatThrownBy(inBody::read).isInstanceOf(EOFException.class);
        InputStream inPayload =
                new InboundPackets(new ByteArrayInputStream(new byte[] {0x30, 9, 0, 1, 'a', 1}), head -> head);
        assertThat(readAll(inPayload)).containsExactly(0x30, 9, 0, 1, 'a', 1);
    }

    @Test
    void aTopicThatIsLongerThanItsPacketStaysWithinIt() throws IOException {
        Bytes broken = Bytes.packet(0x30, Bytes.of(0, 200, 'a')).and(PINGRESP);
        assertThat(readAll(new InboundPackets(new ByteArrayInputStream(broken.array()), head -> head)))
                .isEqualTo(broken.array());
        Bytes empty = Bytes.packet(0x30, Bytes.of(0)).and(PINGRESP);
        assertThat(readAll(new InboundPackets(new ByteArrayInputStream(empty.array()), head -> head)))
                .isEqualTo(empty.array());
    }

    @Test
    void aLengthOfFiveBytesIsRefused() {
        InputStream in = new InboundPackets(
                new ByteArrayInputStream(
                        Bytes.of(0x40, 0x80, 0x80, 0x80, 0x80, 0x01).array()),
                head -> head);
        assertThatThrownBy(in::read).isInstanceOf(IOException.class).hasMessageContaining("more than 4 bytes");
    }

    @Test
    void whatCanBeReadAtOnceIsCounted() throws IOException {
        InboundPackets packets = new InboundPackets(new ByteArrayInputStream(PUBACK.array()), head -> head);
        assertThat(packets.available()).isEqualTo(4);
        packets.read();
        assertThat(packets.available()).isEqualTo(3);
        assertThat(packets.read(new byte[0], 0, 0)).isZero();
        packets.close();
    }
}
