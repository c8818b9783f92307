package io.apsaramqtt.paho.v3;

import static io.apsaramqtt.client.Futures.get;
import static org.assertj.core.api.Assertions.assertThat;

import io.apsaramqtt.client.transport.Inbox;
import io.apsaramqtt.client.transport.ScriptedBroker;
import io.apsaramqtt.client.transport.SocketFactories;
import io.apsaramqtt.client.transport.StartGate;
import io.apsaramqtt.client.transport.Transports;
import io.apsaramqtt.mqtt.MqttVersion;
import java.io.OutputStream;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.paho.client.mqttv3.internal.CommsSender;
import org.eclipse.paho.client.mqttv3.internal.CommsTokenStore;
import org.junit.jupiter.api.Test;

/** What goes on within Paho's client and cannot be seen from outside. */
class PahoInsideIT {

    @Test
    void aSenderThatMissesTheEndOfItsConnectionEndsAllTheSame() throws Exception {
        try (ScriptedBroker broker = new ScriptedBroker(MqttVersion.V3_1_1)) {
            GatedMqttClient client = new GatedMqttClient(
                    broker.endpoint().toString(),
                    "GID_inside@@@client",
                    new StartGate(),
                    new PahoMemory(new Unreleased(), new Inbox()),
                    new AtomicBoolean());
            client.connect(
                    PahoV3Options.of(Transports.packet(false), SocketFactories.of(broker.endpoint())), null, null);
            broker.accept().accept(false);
            CompletableFuture<Boolean> begun = new CompletableFuture<>();
            CompletableFuture<Void> over = new CompletableFuture<>();
            CompletableFuture<Boolean> ended = new CompletableFuture<>();
            CommsSender late =
                    new CommsSender(
                            client.inside(),
                            client.inside().getClientState(),
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
}
