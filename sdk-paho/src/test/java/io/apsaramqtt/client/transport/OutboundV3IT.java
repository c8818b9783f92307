package io.apsaramqtt.client.transport;

import io.apsaramqtt.mqtt.MqttVersion;

class OutboundV3IT extends OutboundContract {

    OutboundV3IT() {
        super(MqttVersion.V3_1_1);
    }
}
