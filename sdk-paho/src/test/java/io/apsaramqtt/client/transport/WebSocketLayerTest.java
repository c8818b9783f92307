package io.apsaramqtt.client.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class WebSocketLayerTest {

    private final WebSocketLayer layer = new WebSocketLayer();
    private final ByteArrayOutputStream wire = new ByteArrayOutputStream();

    private static InputStream pinged() {
        return new ByteArrayInputStream("\r\n\r\n\u0089\u0002ok".getBytes(StandardCharsets.ISO_8859_1));
    }

    @Test
    void aPingIsAnsweredMaskedWithWhatItCarried() throws IOException {
        layer.out(wire);
        layer.in(pinged()).readAllBytes();
        byte[] pong = wire.toByteArray();
        assertThat(pong).hasSize(8).startsWith(0x8A, 0x82);
        assertThat(pong[6] ^ pong[2]).isEqualTo('o');
        assertThat(pong[7] ^ pong[3]).isEqualTo('k');
    }

    @Test
    void eachConnectionHasOneStreamEachWay() {
        InputStream in = pinged();
        assertThat(layer.in(in)).isSameAs(layer.in(in));
        assertThat(layer.out(wire)).isSameAs(layer.out(wire));
    }

    @Test
    void whatTheEngineWritesPasses() throws IOException {
        layer.out(wire).write('a');
        layer.out(wire).write(new byte[] {'b', 'c', 'd'}, 1, 2);
        layer.out(wire).flush();
        assertThat(wire.toString(StandardCharsets.US_ASCII)).isEqualTo("acd");
    }
}
