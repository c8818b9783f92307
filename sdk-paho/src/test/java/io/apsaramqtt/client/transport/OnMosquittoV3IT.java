package io.apsaramqtt.client.transport;

import io.apsaramqtt.mosquitto.MosquittoBroker;
import io.apsaramqtt.mqtt.ClientId;
import io.apsaramqtt.mqtt.MqttVersion;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

class OnMosquittoV3IT extends RealBrokerContract {

    private static @Nullable MosquittoBroker broker;

    OnMosquittoV3IT() {
        super(MqttVersion.V3_1_1, broker().port());
    }

    @BeforeAll
    static void start(@TempDir Path folder) {
        broker = MosquittoBroker.start(List.of(), "persistence true", "persistence_location " + folder + "/");
    }

    @AfterAll
    static void stop() {
        broker().close();
    }

    private static MosquittoBroker broker() {
        if (broker == null) {
            throw new IllegalStateException("Not started");
        }
        return broker;
    }

    @Override
    ConnectPacket packet(ClientId clientId, boolean clean) {
        return Transports.packet(clean);
    }
}
