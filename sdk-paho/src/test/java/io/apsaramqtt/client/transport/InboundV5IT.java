package io.apsaramqtt.client.transport;

import io.apsaramqtt.mqtt.MqttVersion;

class InboundV5IT extends InboundContract {

    InboundV5IT() {
        super(MqttVersion.V5);
    }
}
