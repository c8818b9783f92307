package io.apsaramqtt.client;

import io.apsaramqtt.mqtt.MqttVersion;

class ClientV3IT extends ClientContract {

    ClientV3IT() {
        super(MqttVersion.V3_1_1);
    }
}
