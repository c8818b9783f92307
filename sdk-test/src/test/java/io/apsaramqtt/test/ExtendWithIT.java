package io.apsaramqtt.test;

import static org.assertj.core.api.Assertions.assertThat;

import io.apsaramqtt.mqtt.MqttVersion;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(EmbeddedApsaraMqttExtension.class)
class ExtendWithIT {

    @Test
    void theAnnotationAloneGivesAnInstanceThatWorks(EmbeddedApsaraMqtt broker) {
        try (Device device = Device.of(broker, MqttVersion.V5, "device-1").connect()) {
            device.subscribe("alarms/#");
            device.publish("alarms/x", "hot");
            assertThat(device.awaitTexts(1)).containsExactly("hot");
        }
    }
}
