package io.apsaramqtt.client.transport;

import io.apsaramqtt.authentication.Authentication;
import io.apsaramqtt.mqtt.ClientId;
import io.apsaramqtt.mqtt.MqttVersion;
import io.apsaramqtt.test.EmbeddedApsaraMqtt;
import org.junit.jupiter.api.AfterAll;

class OnHiveMqV3IT extends RealBrokerContract {

    private static final EmbeddedApsaraMqtt BROKER =
            EmbeddedApsaraMqtt.builder().group("GID_transport").start();

    OnHiveMqV3IT() {
        super(MqttVersion.V3_1_1, BROKER.port());
    }

    @AfterAll
    static void stop() {
        BROKER.close();
    }

    @Override
    ConnectPacket packet(ClientId clientId, boolean clean) {
        return Transports.packet(
                Authentication.signature(BROKER.instanceId(), BROKER.credentials())
                        .sign(clientId),
                clean);
    }
}
