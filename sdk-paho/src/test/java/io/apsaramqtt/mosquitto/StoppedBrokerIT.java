package io.apsaramqtt.mosquitto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.apsaramqtt.authentication.Authentication;
import io.apsaramqtt.client.ApsaraMqttClient;
import io.apsaramqtt.client.Connections;
import io.apsaramqtt.client.connection.ProbableCause;
import io.apsaramqtt.client.connection.ProbableCause.Cause;
import io.apsaramqtt.mqtt.ClientId;
import io.apsaramqtt.mqtt.MqttVersion;
import io.apsaramqtt.mqtt.Profile;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A broker that is stopped, as a machine that hangs: its sockets stay open, and nothing comes from them. */
class StoppedBrokerIT {

    private static final Duration KEEP_ALIVE = Duration.ofSeconds(5);

    /** An idle connection has nothing but its keep-alive to notice it by: a PINGREQ after the first, silence for the second. */
    private static final Duration NOTICED = KEEP_ALIVE.multipliedBy(22).dividedBy(10);

    @Test
    void isNoticedOnIdleConnectionsWithin2Point2KeepAlivesAndComeBackTo() {
        List<ApsaraMqttClient> clients = new ArrayList<>();
        List<Connections> connections = new ArrayList<>();
        try (MosquittoBroker broker = MosquittoBroker.start(List.of())) {
            for (MqttVersion version : MqttVersion.values()) {
                Connections told = new Connections();
                connections.add(told);
                ApsaraMqttClient client = ApsaraMqttClient.builder()
                        .endpoint(broker.endpoint())
                        .profile(Profile.GENERIC)
                        .clientId(ClientId.of("idle-" + version))
                        .authentication(Authentication.anonymous())
                        .keepAlive(KEEP_ALIVE)
                        .connectTimeout(Duration.ofSeconds(2))
                        .reconnectDelay(Duration.ofMillis(10), Duration.ofMillis(100))
                        .connectionListener(told)
                        .mqttVersion(version)
                        .build();
                clients.add(client);
                client.connect();
            }
            broker.suspend();
            await().atMost(NOTICED)
                    .until(() ->
                            connections.stream().allMatch(told -> !told.losses().isEmpty()));
            assertThat(connections)
                    .allSatisfy(told -> assertThat(told.losses().get(0).probableCause())
                            .map(ProbableCause::causes)
                            .hasValueSatisfying(causes -> assertThat(causes).contains(Cause.KEEP_ALIVE)));
            broker.resume();
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> clients.stream().allMatch(ApsaraMqttClient::isConnected));
        } finally {
            clients.forEach(ApsaraMqttClient::close);
        }
    }
}
