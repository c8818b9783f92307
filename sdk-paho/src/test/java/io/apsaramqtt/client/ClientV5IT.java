package io.apsaramqtt.client;

import io.apsaramqtt.mqtt.MqttVersion;

class ClientV5IT extends ClientContract {

    ClientV5IT() {
        super(MqttVersion.V5);
    }
}
