package io.apsaramqtt.paho.v5;

import static io.apsaramqtt.client.transport.Packet.Type.PUBCOMP;
import static io.apsaramqtt.client.transport.Packet.Type.PUBREC;
import static io.apsaramqtt.client.transport.Packet.Type.PUBREL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.MAP;

import io.apsaramqtt.client.transport.Inbox;
import io.apsaramqtt.client.transport.ScriptedBroker;
import io.apsaramqtt.client.transport.SocketFactories;
import io.apsaramqtt.client.transport.StartGate;
import io.apsaramqtt.client.transport.Transports;
import io.apsaramqtt.mqtt.MqttVersion;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.eclipse.paho.mqttv5.client.internal.ClientState;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.junit.jupiter.api.Test;

/** What goes on within Paho's client and cannot be seen from outside. */
class PahoInsideIT {

    @Test
    void pahoKeepsNoMessageThatWasReleased() throws MqttException {
        PahoMemory memory = new PahoMemory(new Unreleased(), new Inbox());
        try (ScriptedBroker broker = new ScriptedBroker(MqttVersion.V5)) {
            GatedMqttClient client = new GatedMqttClient(
                    broker.endpoint().toString(),
                    "GID_inside@@@client",
                    new StartGate(),
                    memory,
                    new Corrections(),
                    new AtomicBoolean());
            client.connect(
                    PahoV5Options.of(Transports.packet(false), SocketFactories.of(broker.endpoint())), null, null);
            ScriptedBroker.Link link = broker.accept();
            link.accept(false);
            for (int packetId = 1; packetId <= 3; packetId++) {
                link.publish(packetId, 2, false, "topics/a", "a");
                link.next(PUBREC, packetId);
            }
            assertThat(client.inside().getClientState().getDebug().get("inboundQoS2"))
                    .asInstanceOf(MAP)
                    .hasSize(3);
            for (int packetId = 1; packetId <= 3; packetId++) {
                link.answer(PUBREL, packetId);
                link.next(PUBCOMP, packetId);
            }
            assertThat(client.inside().getClientState().getDebug().get("inboundQoS2"))
                    .asInstanceOf(MAP)
                    .isEmpty();
            client.inside().disconnectForcibly(100);
        }
    }

    @Test
    void pahoDoesNotPrintEachPubcomp() throws MqttException {
        new GatedMqttClient(
                "tcp://h",
                "c",
                new StartGate(),
                new PahoMemory(new Unreleased(), new Inbox()),
                new Corrections(),
                new AtomicBoolean());
        assertThat(Logger.getLogger(ClientState.class.getName()).getLevel()).isEqualTo(Level.WARNING);
    }
}
