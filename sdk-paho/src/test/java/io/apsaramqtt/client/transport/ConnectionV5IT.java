package io.apsaramqtt.client.transport;

import io.apsaramqtt.mqtt.MqttVersion;

class ConnectionV5IT extends ConnectionContract {

    ConnectionV5IT() {
        super(MqttVersion.V5);
    }
}
