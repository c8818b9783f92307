package io.apsaramqtt.client.transport;

import io.apsaramqtt.mqtt.MqttVersion;

class InboundV3IT extends InboundContract {

    InboundV3IT() {
        super(MqttVersion.V3_1_1);
    }
}
