package io.apsaramqtt.paho.v3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.apsaramqtt.client.transport.InboundPackets.Head;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.nio.charset.StandardCharsets;
import org.eclipse.paho.client.mqttv3.internal.wire.MqttWireMessage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TopicsTest {

    private static byte[] wire(String topic) {
        byte[] utf8 = topic.getBytes(StandardCharsets.UTF_8);
        byte[] wire = new byte[2 + utf8.length];
        wire[0] = (byte) (utf8.length >>> 8);
        wire[1] = (byte) utf8.length;
        System.arraycopy(utf8, 0, wire, 2, utf8.length);
        return wire;
    }

    private static String readByPaho(byte[] wire) throws Exception {
        return MqttWireMessage.decodeUTF8(new DataInputStream(new ByteArrayInputStream(wire)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a/b",
                "ü/ß",
                "温度",
                "报警：高（一）",
                "😀",
                "a😀b",
                "\uE000\uE0FF\uE100\uE1FF\uE200",
                "\uFDD0\uFFFE",
                "a\nb",
                "\u0085",
                "\uD83D\uDE00\uE000\uE1FF：",
            })
    void anyTopicComesThrough(String topic) throws Exception {
        Head readable = Topics.readable(new Head(0x33, wire(topic)));
        assertThat(readable.first()).isEqualTo(0x33);
        assertThat(Topics.original(readByPaho(readable.bytes()))).isEqualTo(topic);
    }

    @Test
    void everyCharacterOfUnicodeComesThrough() throws Exception {
        for (int code = 1; code <= Character.MAX_CODE_POINT; code++) {
            if (code < Character.MIN_SURROGATE || code > Character.MAX_SURROGATE) {
                String topic = "t/" + Character.toString(code);
                Head readable = Topics.readable(new Head(0x30, wire(topic)));
                assertThat(Topics.original(readByPaho(readable.bytes()))).isEqualTo(topic);
            }
        }
    }

    @Test
    void pahoAloneRefusesHalfOfThem() {
        assertThatThrownBy(() -> readByPaho(wire("报警：高"))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> readByPaho(wire("😀"))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void plainTopicsAndOtherPacketsAreLeftAlone() {
        Head ascii = new Head(0x30, wire("alarms/device-1"));
        assertThat(Topics.readable(ascii)).isSameAs(ascii);
        Head suback = new Head(0x90, new byte[] {0, 1, (byte) 0x80});
        assertThat(Topics.readable(suback)).isSameAs(suback);
        Head broken = new Head(0x30, new byte[] {0});
        assertThat(Topics.readable(broken)).isSameAs(broken);
    }

    @Test
    void aTopicThatWouldNotFitAnyMoreIsLeftAlone() {
        Head tooLong = new Head(0x30, wire("：".repeat(20_000)));
        assertThat(Topics.readable(tooLong)).isSameAs(tooLong);
    }
}
