package io.apsaramqtt.samples.thermometer;

import io.apsaramqtt.spring.MqttListener;
import io.apsaramqtt.spring.MqttVariable;
import jakarta.validation.Valid;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** The last reading of each room, and what was put aside. Thread-safe. */
@Component
class Readings {

    private static final Logger log = LoggerFactory.getLogger(Readings.class);

    private final Map<String, Reading> latest = new ConcurrentHashMap<>();
    private final List<String> rejected = new CopyOnWriteArrayList<>();

    /** A reading that is not valid fails here three times, and goes to the dead letter topic. */
    @MqttListener(topics = "sensors/{room}/temperature")
    void onReading(@Valid Reading reading, @MqttVariable String room) {
        log.info("Room [{}] has {} degrees", room, reading.celsius());
        latest.put(room, reading);
    }

    @MqttListener(topics = "${apsara.mqtt.listener.dead-letter-topic}")
    void onRejected(String payload) {
        rejected.add(payload);
    }

    Optional<Reading> latest(String room) {
        return Optional.ofNullable(latest.get(room));
    }

    List<String> rejected() {
        return List.copyOf(rejected);
    }
}
