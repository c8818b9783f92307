package io.apsaramqtt.test;

import static org.assertj.core.api.Assertions.assertThat;

import io.apsaramqtt.test.PacketParser.Piece;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PacketParserTest {

    /** What a parser finds in these bytes when they come in pieces of this size: where packets begin, and where they end. */
    private static List<String> found(byte[] bytes, int pieceSize) {
        PacketParser parser = new PacketParser();
        List<String> found = new ArrayList<>();
        for (int from = 0; from < bytes.length; from += pieceSize) {
            int to = Math.min(bytes.length, from + pieceSize);
            int position = from;
            while (position < to) {
                Piece piece = parser.next(bytes, position, to);
                assertThat(piece.length()).isBetween(1, to - position);
                int begin = position;
                piece.begins().ifPresent(type -> found.add(type + " from " + begin));
                position += piece.length();
                if (piece.ends()) {
                    found.add("to " + position);
                }
            }
        }
        return found;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5, 7, 64, 1000})
    void packetsAreFoundHoweverTheBytesAreCut(int pieceSize) {
        byte[] bytes = Packets.join(
                Packets.of(PacketType.CONNECT, 10),
                Packets.of(PacketType.PINGREQ, 0),
                Packets.of(PacketType.PUBLISH, 300),
                Packets.of(PacketType.PUBACK, 2));
        assertThat(found(bytes, pieceSize))
                .containsExactly(
                        "CONNECT from 0",
                        "to 12",
                        "PINGREQ from 12",
                        "to 14",
                        "PUBLISH from 14",
                        "to 317",
                        "PUBACK from 317",
                        "to 321");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 127, 128, 16_383, 16_384, 2_097_151, 2_097_152})
    void everyLengthOfTheLengthFieldIsRead(int length) {
        byte[] bytes = Packets.join(Packets.of(PacketType.PUBLISH, length), Packets.of(PacketType.PINGREQ, 0));
        int end = bytes.length - 2;
        assertThat(found(bytes, 8192))
                .containsExactly("PUBLISH from 0", "to " + end, "PINGREQ from " + end, "to " + (end + 2));
    }

    @Test
    void flagsBesideTheTypeDoNotMatter() {
        assertThat(found(new byte[] {0x3D, 0}, 2)).containsExactly("PUBLISH from 0", "to 2");
    }

    @Test
    void aPacketOfNoTypeEndsTheSearch() {
        byte[] bytes = Packets.join(new byte[] {0x00, 0x00}, Packets.of(PacketType.PINGREQ, 0));
        assertThat(found(bytes, 1)).isEmpty();
        assertThat(new PacketParser().next(bytes, 0, bytes.length))
                .isEqualTo(new Piece(bytes.length, Optional.empty(), false));
    }

    @Test
    void aLengthThatDoesNotEndEndsTheSearch() {
        byte[] bytes = {0x30, -128, -128, -128, -128, 0, 0x10, 0};
        assertThat(found(bytes, 3)).containsExactly("PUBLISH from 0");
    }
}
