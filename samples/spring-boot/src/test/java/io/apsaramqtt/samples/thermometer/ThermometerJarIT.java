package io.apsaramqtt.samples.thermometer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.apsaramqtt.credentials.AccessKey;
import io.apsaramqtt.policy.Policy;
import io.apsaramqtt.test.EmbeddedApsaraMqtt;
import io.apsaramqtt.test.event.BrokerEvent.ConnectAccepted;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The jar as a user starts it: over HTTP, on a broker that enforces its policy. */
@Timeout(120)
class ThermometerJarIT {

    private static final AccessKey KEY = AccessKey.of("LTAI5tThermometer", "secret-of-the-thermometer");

    @TempDir
    private Path folder;

    private static String policy() throws IOException {
        try (InputStream in = ThermometerJarIT.class.getResourceAsStream("/policy.json")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static EmbeddedApsaraMqtt broker(Policy policy) {
        return EmbeddedApsaraMqtt.builder()
                .instanceId("post-cn-thermometer")
                .group("GID_thermometer")
                .user(KEY, policy)
                .start();
    }

    @Test
    void readsPublishesListensAndTellsItsState() throws Exception {
        Path file = Files.writeString(folder.resolve("policy.json"), policy());
        try (EmbeddedApsaraMqtt broker = broker(Policy.parse("policy.json", policy()));
                ThermometerJar jar =
                        ThermometerJar.start(broker, KEY, "--apsara.mqtt.permissions.policy-file=" + file)) {
            assertThat(jar.post("/rooms/kitchen/temperature", "{\"celsius\": 21.5}")
                            .statusCode())
                    .isEqualTo(202);
            await().untilAsserted(() ->
                    assertThat(jar.get("/rooms/kitchen/temperature").body()).isEqualTo("{\"celsius\":21.5}"));

            assertThat(jar.post("/rooms/kitchen/temperature", "{\"celsius\": -300}")
                            .statusCode())
                    .isEqualTo(202);
            await().untilAsserted(() -> assertThat(jar.get("/rejected").body()).contains("-300"));
            assertThat(jar.get("/rooms/kitchen/temperature").body()).isEqualTo("{\"celsius\":21.5}");

            assertThat(jar.get("/actuator/health").statusCode()).isEqualTo(200);
            assertThat(jar.get("/actuator/health/apsaraMqtt").body())
                    .contains("\"status\":\"UP\"", "\"state\":\"CONNECTED\"", broker.endpoint());
            assertThat(jar.get("/actuator/metrics/apsara.mqtt.dead.lettered").body())
                    .contains("\"value\":1.0");
            assertThat(jar.get("/actuator/metrics/apsara.mqtt.process?tag=outcome:failure")
                            .body())
                    .contains("\"COUNT\"", "\"value\":3.0");
            assertThat(jar.get("/actuator/apsaramqtt/default").body())
                    .contains("sensors/+/temperature", "GID_thermometer@@@")
                    .doesNotContain(KEY.id(), KEY.secret());
            assertThat(jar.get("/actuator/apsaramqtt/default/publish?topic=billing/1")
                            .body())
                    .contains("implicit deny", "acs:mq:*:*:topic/post-cn-thermometer/billing");
            assertThat(jar.post("/actuator/apsaramqtt", "{}").statusCode()).isEqualTo(204);
            assertThat(jar.post("/actuator/apsaramqtt/default", "{}").statusCode())
                    .isEqualTo(204);
            assertThat(jar.post("/actuator/apsaramqtt/other", "{}").statusCode())
                    .isEqualTo(400);

            assertThat(broker.events().of(ConnectAccepted.class)).hasSize(1);
            assertThat(jar.stop()).contains("Started ThermometerApplication").doesNotContain(KEY.secret());
        }
    }

    @Test
    void aGrantThatIsMissingEndsTheStartWithThePolicyThatIsNeeded() throws Exception {
        String less = policy().replace("/rejected", "/unused");
        Path file = Files.writeString(folder.resolve("policy.json"), less);
        try (EmbeddedApsaraMqtt broker = broker(Policy.parse("policy.json", less));
                ThermometerJar jar =
                        ThermometerJar.start(broker, KEY, "--apsara.mqtt.permissions.policy-file=" + file)) {
            assertThat(jar.exitCode()).isEqualTo(1);
            assertThat(jar.stop())
                    .contains("APPLICATION FAILED TO START", "rejected/temperature", "implicit deny")
                    .contains("acs:mq:*:*:topic/post-cn-thermometer/rejected")
                    .doesNotContain(KEY.secret());
        }
    }
}
