package io.apsaramqtt.client.transport;

import io.apsaramqtt.mqtt.MqttVersion;

class ConnectionV3IT extends ConnectionContract {

    ConnectionV3IT() {
        super(MqttVersion.V3_1_1);
    }
}
