package io.apsaramqtt.samples.tokenserver;

import io.apsaramqtt.authentication.HttpTokenProvider;
import io.apsaramqtt.client.ApsaraMqttClient;
import io.apsaramqtt.mqtt.ClientId;
import io.apsaramqtt.mqtt.MqttVersion;
import io.apsaramqtt.test.EmbeddedApsaraMqtt;
import io.apsaramqtt.test.cloud.FakeAlibabaCloud;
import java.net.URI;
import java.time.Duration;

/** The device half: a provider that asks the server, and a client that connects with what it is given. */
final class Devices {

    private Devices() {}

    /** A broker of the instance that lets in whom the cloud has issued a token for. */
    static EmbeddedApsaraMqtt broker(FakeAlibabaCloud cloud, String instanceId) {
        return EmbeddedApsaraMqtt.builder()
                .instanceId(instanceId)
                .group("GID_demo")
                .account(Deployment.ACCOUNT)
                .issued(cloud.issued())
                .start();
    }

    static URI tokensAt(int port) {
        return URI.create("http://127.0.0.1:" + port + "/tokens");
    }

    static HttpTokenProvider asking(int port, String secret) {
        return HttpTokenProvider.of(tokensAt(port))
                .withTimeout(Duration.ofSeconds(60))
                .withAuthorization(() -> "Bearer " + secret);
    }

    static ApsaraMqttClient connected(
            EmbeddedApsaraMqtt broker, MqttVersion version, ClientId clientId, HttpTokenProvider tokens) {
        ApsaraMqttClient client = ApsaraMqttClient.builder()
                .endpoint(broker.endpoint())
                .instanceId(broker.instanceId())
                .clientId(clientId)
                .mqttVersion(version)
                .tokens(tokens)
                .build();
        client.connect();
        return client;
    }
}
