package io.apsaramqtt.test;

import com.hivemq.client.mqtt.MqttClient;
import com.hivemq.client.mqtt.MqttGlobalPublishFilter;
import com.hivemq.client.mqtt.mqtt3.Mqtt3AsyncClient;
import com.hivemq.client.mqtt.mqtt3.Mqtt3Client;
import com.hivemq.client.mqtt.mqtt3.message.connect.Mqtt3Connect;
import com.hivemq.client.mqtt.mqtt3.message.connect.Mqtt3ConnectBuilder;
import io.apsaramqtt.authentication.SignedConnect;
import io.apsaramqtt.mqtt.Qos;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;

/** MQTT 3.1.1. */
final class DeviceV3 extends Device {

    private final Mqtt3AsyncClient client;

    DeviceV3(int port, String clientId, SignedConnect signed) {
        super(signed);
        client = Mqtt3Client.builder()
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
        Mqtt3ConnectBuilder connect = Mqtt3Connect.builder();
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
