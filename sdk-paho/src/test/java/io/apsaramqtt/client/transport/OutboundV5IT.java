package io.apsaramqtt.client.transport;

import io.apsaramqtt.mqtt.MqttVersion;

class OutboundV5IT extends OutboundContract {

    OutboundV5IT() {
        super(MqttVersion.V5);
    }
}
