package io.apsaramqtt.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.apsaramqtt.client.connection.ConnectionLostException;
import io.apsaramqtt.client.connection.ProbableCause;
import io.apsaramqtt.credentials.AccessKey;
import io.apsaramqtt.test.EmbeddedApsaraMqtt;
import io.apsaramqtt.test.EmbeddedApsaraMqttExtension;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.event.EventListener;

/** Two replicas that were given the same client ID. */
class TakeoverIT {

    private static final AccessKey KEY = AccessKey.of("LTAI5tTakeover", "takeover-secret");

    @RegisterExtension
    static final EmbeddedApsaraMqttExtension BROKER = EmbeddedApsaraMqttExtension.of(
            EmbeddedApsaraMqtt.builder().group("GID_spring").account(KEY));

    private static ConfigurableApplicationContext replica() {
        return Applications.on(BROKER.broker(), KEY, Application.class)
                .properties(
                        "apsara.mqtt.mqtt-version=5",
                        "apsara.mqtt.device-id=twice",
                        "apsara.mqtt.reconnect.min=1ms",
                        "apsara.mqtt.reconnect.max=5s",
                        "logging.level.root=error")
                .run();
    }

    @Test
    void oneOfThemGivesUpAndSaysWhy() throws InterruptedException {
        try (ConfigurableApplicationContext one = replica();
                ConfigurableApplicationContext other = replica()) {
            MqttEvent.@Nullable GaveUp gaveUp = null;
            for (int waited = 0; gaveUp == null && waited < 300; waited++) {
                gaveUp = one.getBean(Application.class).gaveUp.poll(100, TimeUnit.MILLISECONDS);
                gaveUp =
                        gaveUp == null ? other.getBean(Application.class).gaveUp.poll() : gaveUp;
            }
            assertThat(gaveUp).isNotNull();
            assertThat(Objects.requireNonNull(gaveUp).client()).isEqualTo("default");
            assertThat(gaveUp.why())
                    .isInstanceOfSatisfying(
                            ConnectionLostException.class,
                            loss -> assertThat(loss.probableCause())
                                    .hasValueSatisfying(cause ->
                                            assertThat(cause.causes()).contains(ProbableCause.Cause.TAKEN_OVER)));
        }
    }

    @SpringBootConfiguration
    @EnableAutoConfiguration
    static class Application {

        private final BlockingQueue<MqttEvent.GaveUp> gaveUp = new LinkedBlockingQueue<>();

        @EventListener
        void on(MqttEvent.GaveUp event) {
            gaveUp.add(event);
        }
    }
}
