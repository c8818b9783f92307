package io.apsaramqtt.test;

import static org.assertj.core.api.Assertions.assertThat;

import io.apsaramqtt.credentials.AccessKey;
import io.apsaramqtt.credentials.CredentialsProvider;
import io.apsaramqtt.mqtt.MqttVersion;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class SecretsIT {

    private static final String SECRET = "s3cr3t-0f-the-broker";
    private static final AccessKey KEY = AccessKey.of("LTAI5tSecretsUser1", SECRET);

    @Test
    void noEventNoTextAndNoLogLineHoldsTheSecretOrAPassword() {
        ByteArrayOutputStream console = new ByteArrayOutputStream();
        PrintStream before = System.out;
        System.setOut(new PrintStream(console, true, StandardCharsets.UTF_8));
        String password;
        StringBuilder texts = new StringBuilder();
        try (EmbeddedApsaraMqtt instance =
                EmbeddedApsaraMqtt.builder().user(KEY).start()) {
            CredentialsProvider wrong = CredentialsProvider.of(AccessKey.of(KEY.id(), SECRET + "!"));
            Device refused =
                    Device.of(instance, MqttVersion.V5, instance.clientId("refused"), instance.instanceId(), wrong);
            texts.append(Device.failureOf(refused.connecting()));
            Device device = Device.of(instance, MqttVersion.V3_1_1, "d").connect();
            password = device.signed.password().orElseThrow();
            texts.append(Device.failureOf(
                    device.publishing("alarms/x", io.apsaramqtt.mqtt.Qos.AT_LEAST_ONCE, false, new byte[0])));
            device.awaitClosed();
            texts.append(instance).append(instance.events().all()).append(instance.events());
            texts.append(instance.credentials());
        } finally {
            System.setOut(before);
        }
        texts.append(console.toString(StandardCharsets.UTF_8));

        assertThat(texts.toString())
                .contains("ConnectRefused", "PublishDenied")
                .doesNotContain(SECRET, password, KEY.id());
    }
}
