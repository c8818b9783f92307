package io.apsaramqtt.test;

import com.hivemq.client.mqtt.MqttClient;
import com.hivemq.client.mqtt.MqttGlobalPublishFilter;
import com.hivemq.client.mqtt.mqtt5.Mqtt5AsyncClient;
import com.hivemq.client.mqtt.mqtt5.Mqtt5Client;
import com.hivemq.client.mqtt.mqtt5.message.connect.Mqtt5Connect;
import com.hivemq.client.mqtt.mqtt5.message.connect.Mqtt5ConnectBuilder;
import io.apsaramqtt.authentication.SignedConnect;
import io.apsaramqtt.mqtt.Qos;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;

/** MQTT 5. */
final class DeviceV5 extends Device {

    private final Mqtt5AsyncClient client;

    DeviceV5(int port, String clientId, SignedConnect signed) {
        super(signed);
        client = Mqtt5Client.builder()
                .identifier(clientId)
                .serverHost("127.0.0.1")
                .serverPort(port)
                .buildAsync();
        client.publishes(
                MqttGlobalPublishFilter.ALL,
                publish -> receive(
                        publish.getTopic().toString(), publish.getQos().getCode(), publish.getPayloadAsBytes()));
    }

    @Override
    MqttClient client() {
        return client;
    }

    @Override
    CompletableFuture<?> connecting() {
        Mqtt5ConnectBuilder connect = Mqtt5Connect.builder();
        signed.username()
                .ifPresent(username -> connect.simpleAuth()
                        .username(username)
                        .password(signed.password().orElse("").getBytes(StandardCharsets.UTF_8))
                        .applySimpleAuth());
        return client.connect(connect.build());
    }

    @Override
    CompletableFuture<?> publishing(String topic, Qos qos, boolean retained, byte[] payload) {
        return client.publishWith()
                .topic(topic)
                .qos(mqttQos(qos))
                .retain(retained)
                .payload(payload)
                .send();
    }

    @Override
    CompletableFuture<?> subscribing(String topicFilter, Qos qos) {
        return client.subscribeWith().topicFilter(topicFilter).qos(mqttQos(qos)).send();
    }

    @Override
    CompletableFuture<?> disconnecting() {
        return client.disconnect();
    }
}
