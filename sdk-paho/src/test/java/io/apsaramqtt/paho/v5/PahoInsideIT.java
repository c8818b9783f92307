package io.apsaramqtt.paho.v5;

import static io.apsaramqtt.client.Futures.get;
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
import java.io.OutputStream;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.eclipse.paho.mqttv5.client.internal.ClientState;
import org.eclipse.paho.mqttv5.client.internal.CommsSender;
import org.eclipse.paho.mqttv5.client.internal.CommsTokenStore;
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
    void aSenderThatMissesTheEndOfItsConnectionEndsAllTheSame() throws Exception {
        try (ScriptedBroker broker = new ScriptedBroker(MqttVersion.V5)) {
            GatedMqttClient client = new GatedMqttClient(
                    broker.endpoint().toString(),
                    "GID_inside@@@client",
                    new StartGate(),
                    new PahoMemory(new Unreleased(), new Inbox()),
                    new Corrections(),
                    new AtomicBoolean());
            client.connect(
                    PahoV5Options.of(Transports.packet(false), SocketFactories.of(broker.endpoint())), null, null);
            broker.accept().accept(false);
            CompletableFuture<Boolean> begun = new CompletableFuture<>();
            CompletableFuture<Void> over = new CompletableFuture<>();
            CompletableFuture<Boolean> ended = new CompletableFuture<>();
            CommsSender late =
                    new CommsSender(
                            client.inside(),
                            (ClientState) client.inside().getClientState(),
                            new CommsTokenStore("GID_inside@@@client"),
                            OutputStream.nullOutputStream()) {
                        @Override
                        public void run() {
                            begun.complete(true);
                            over.join();
                            super.run();
                            ended.complete(true);
                        }

                        @Override
                        public boolean isRunning() {
                            // Its start waits for this.
                            return true;
                        }
                    };
            late.start("MQTT Snd: late", client.inside().threads());
            get(begun);
            client.inside().disconnectForcibly(100);
            over.complete(null);
            assertThat(get(ended)).isTrue();
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
