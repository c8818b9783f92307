package io.apsaramqtt.samples.thermometer;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** Start it with an AccessKey in the environment, or look at its tests, which bring a broker. */
@SpringBootApplication(proxyBeanMethods = false)
class ThermometerApplication {

    public static void main(String... args) {
        SpringApplication.run(ThermometerApplication.class, args);
    }
}
