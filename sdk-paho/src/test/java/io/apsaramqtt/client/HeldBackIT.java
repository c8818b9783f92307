package io.apsaramqtt.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.apsaramqtt.authentication.Authentication;
import io.apsaramqtt.client.connection.ProbableCause;
import io.apsaramqtt.client.connection.ProbableCause.Cause;
import io.apsaramqtt.client.transport.Packet;
import io.apsaramqtt.client.transport.ScriptedBroker;
import io.apsaramqtt.mqtt.MqttVersion;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** A broker of MQTT 3.1.1, which knows no receive maximum, and listeners that do not keep up. */
class HeldBackIT {

    @Test
    void afterHalfAKeepAliveTheConnectionEndsForThatReasonAndTheMessageIsTheBrokersToSendAgain() throws Exception {
        Connections connections = new Connections();
        Inbox inbox = new Inbox();
        CountDownLatch slow = new CountDownLatch(1);
        try (ScriptedBroker broker = new ScriptedBroker(MqttVersion.V3_1_1);
                ApsaraMqttClient client = ApsaraMqttClient.builder()
                        .endpoint(broker.endpoint().toString())
                        .instanceId("post-cn-slow")
                        .clientId("GID_slow", "device-1")
                        .authentication(Authentication.anonymous())
                        .keepAlive(Duration.ofSeconds(3))
                        .listenerCapacity(1)
                        .persistentSession()
                        .connectionListener(connections)
                        .reconnectDelay(Duration.ofMillis(1), Duration.ofMillis(1))
                        .p2pListener(message -> {
                            slow.await();
                            inbox.onMessage(message);
                        })
                        .build()) {
            var connecting = client.connectAsync();
            ScriptedBroker.Link first = broker.accept();
            first.accept(false);
            Futures.get(connecting);
            first.publish(1, 1, false, "alarms/p2p/GID_slow@@@device-1", "one");
            first.publish(2, 1, false, "alarms/p2p/GID_slow@@@device-1", "two");
            await().until(() -> !connections.losses().isEmpty());
            assertThat(connections.losses().get(0).probableCause())
                    .map(ProbableCause::causes)
                    .hasValue(List.of(Cause.SLOW_LISTENERS));

            ScriptedBroker.Link second = broker.accept();
            second.accept(true);
            slow.countDown();
            assertThat(inbox.next().text()).isEqualTo("one");
            second.publish(1, 1, true, "alarms/p2p/GID_slow@@@device-1", "one");
            second.publish(2, 1, true, "alarms/p2p/GID_slow@@@device-1", "two");
            assertThat(inbox.next().text()).isEqualTo("two");
            second.next(Packet.Type.PUBACK, 1);
            second.next(Packet.Type.PUBACK, 2);
            assertThat(inbox.rest()).isEmpty();
            assertThat(client.statistics().redeliveriesSkipped()).isEqualTo(1);
        }
    }
}
