package io.apsaramqtt.samples.thermometer;

import io.apsaramqtt.permission.PermissionDeniedException;
import io.apsaramqtt.spring.MqttTemplate;
import io.apsaramqtt.spring.permission.PublishesTo;
import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Thermometers over HTTP. Thread-safe. */
@RestController
class ThermometerController {

    private final MqttTemplate mqtt;
    private final Readings readings;

    ThermometerController(MqttTemplate mqtt, Readings readings) {
        this.mqtt = mqtt;
        this.readings = readings;
    }

    /** Publishes a reading, and answers when the broker has acknowledged it. */
    @PostMapping("/rooms/{room}/temperature")
    @ResponseStatus(HttpStatus.ACCEPTED)
    @PublishesTo("sensors/{room}/temperature")
    void read(@PathVariable String room, @RequestBody Reading reading) {
        mqtt.publish("sensors/" + room + "/temperature", reading);
    }

    @GetMapping("/rooms/{room}/temperature")
    ResponseEntity<Reading> latest(@PathVariable String room) {
        return ResponseEntity.of(readings.latest(room));
    }

    @GetMapping("/rejected")
    List<String> rejected() {
        return readings.rejected();
    }

    /** A statement is missing in the policy: its text says which. */
    @ExceptionHandler
    ResponseEntity<String> denied(PermissionDeniedException denial) {
        return ResponseEntity.status(HttpStatus.FORBIDDEN).body(denial.getMessage());
    }
}
