package io.apsaramqtt.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.apsaramqtt.client.transport.WebSocketRelay;
import io.apsaramqtt.mqtt.ClientId;
import io.apsaramqtt.mqtt.MqttVersion;
import io.apsaramqtt.test.EmbeddedApsaraMqtt;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What stands between a client and its broker may cut messages of WebSocket in pieces, and ask with pings who is there. */
class WebSocketIT {

    @ParameterizedTest
    @EnumSource
    void messagesInPiecesArriveAndPingsAreAnswered(MqttVersion version) throws Exception {
        try (EmbeddedApsaraMqtt broker =
                        EmbeddedApsaraMqtt.builder().group("GID_websocket").start();
                WebSocketRelay relay = new WebSocketRelay(broker.port());
                ApsaraMqttClient client = ApsaraMqttClient.builder()
                        .endpoint(relay.endpoint())
                        .instanceId(broker.instanceId())
                        .clientId(ClientId.of("GID_websocket", "device"))
                        .mqttVersion(version)
                        .credentials(broker.credentials())
                        .build()) {
            client.connect();
            Inbox inbox = new Inbox();
            client.subscribe("readings/#", inbox);
            List<String> texts =
                    IntStream.range(0, 50).mapToObj(i -> "x".repeat(i) + i).toList();
            texts.forEach(text -> client.publish("readings/a", text));
            assertThat(inbox.texts(50)).isEqualTo(texts);
            await().until(() -> relay.pongs().size() == relay.pings());
            assertThat(relay.pongs())
                    .isEqualTo(IntStream.range(0, relay.pings())
                            .mapToObj(Integer::toString)
                            .toList());
            assertThat(relay.connections()).isEqualTo(1);
        }
    }
}
