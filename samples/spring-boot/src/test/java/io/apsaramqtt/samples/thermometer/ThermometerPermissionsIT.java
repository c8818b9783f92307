package io.apsaramqtt.samples.thermometer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.apsaramqtt.spring.MqttTemplate;
import io.apsaramqtt.spring.test.EmbeddedApsaraMqttTest;
import io.apsaramqtt.test.EmbeddedApsaraMqtt;
import io.apsaramqtt.test.event.BrokerEvent.PublishDenied;
import io.apsaramqtt.test.event.BrokerEvent.SubscribeDenied;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** The policy in the repository is all that the application needs: take a line out of it, and the build fails. */
@EmbeddedApsaraMqttTest(policy = "classpath:policy.json")
class ThermometerPermissionsIT {

    @Test
    void whatTheApplicationDoesIsGranted(
            @Autowired MqttTemplate mqtt, @Autowired Readings readings, @Autowired EmbeddedApsaraMqtt broker) {
        mqtt.publish("sensors/kitchen/temperature", new Reading(21.5));
        await().untilAsserted(() -> assertThat(readings.latest("kitchen")).contains(new Reading(21.5)));
        mqtt.publish("sensors/kitchen/temperature", "no reading at all");
        await().untilAsserted(() -> assertThat(readings.rejected()).containsExactly("no reading at all"));
        assertThat(broker.events().of(PublishDenied.class)).isEmpty();
        assertThat(broker.events().of(SubscribeDenied.class)).isEmpty();
    }
}
