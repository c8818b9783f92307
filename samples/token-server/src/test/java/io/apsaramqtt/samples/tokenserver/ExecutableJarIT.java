package io.apsaramqtt.samples.tokenserver;

import static io.apsaramqtt.samples.tokenserver.Deployment.ACCOUNT;
import static io.apsaramqtt.samples.tokenserver.Deployment.CLIENT;
import static io.apsaramqtt.samples.tokenserver.Deployment.DEVICE_SECRET;
import static org.assertj.core.api.Assertions.assertThat;

import io.apsaramqtt.client.ApsaraMqttClient;
import io.apsaramqtt.mqtt.MqttVersion;
import io.apsaramqtt.test.EmbeddedApsaraMqtt;
import io.apsaramqtt.test.cloud.FakeAlibabaCloud;
import io.apsaramqtt.test.event.BrokerEvent.ConnectAccepted;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The jar as a user starts it: its own settings, the AccessKey and the secret of the device in the environment. */
@Timeout(120)
class ExecutableJarIT {

    private static final Path JAR = Path.of("target", "token-server.jar");
    private static final String INSTANCE = "post-cn-tokenserver-jar";
    private static final Pattern STARTED = Pattern.compile("Tomcat started on port (\\d+)");

    private static Process started(FakeAlibabaCloud cloud) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-jar",
                JAR.toString(),
                "--server.port=0",
                "--server.address=127.0.0.1",
                "--token-server.instance-id=" + INSTANCE,
                "--token-server.endpoint=" + cloud.endpoint());
        builder.environment().put("ALIBABA_CLOUD_ACCESS_KEY_ID", ACCOUNT.id());
        builder.environment().put("ALIBABA_CLOUD_ACCESS_KEY_SECRET", ACCOUNT.secret());
        builder.environment().put("TOKEN_SERVER_DEVICE_1_SECRET", DEVICE_SECRET);
        return builder.redirectErrorStream(true).start();
    }

    private static int port(BufferedReader output, StringBuilder said) throws IOException {
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            said.append(line).append('\n');
            Matcher started = STARTED.matcher(line);
            if (started.find()) {
                return Integer.parseInt(started.group(1));
            }
        }
        throw new AssertionError("The server has ended; it said:\n" + said);
    }

    @Test
    void aDeviceOfTheSettingsInTheJarConnectsAndPublishes() throws Exception {
        StringBuilder said = new StringBuilder();
        try (FakeAlibabaCloud cloud = FakeAlibabaCloud.builder()
                        .account(ACCOUNT)
                        .instance(INSTANCE)
                        .start();
                EmbeddedApsaraMqtt broker = Devices.broker(cloud, INSTANCE)) {
            Process server = started(cloud);
            try (BufferedReader output = server.inputReader()) {
                int port = port(output, said);
                try (ApsaraMqttClient client =
                        Devices.connected(broker, MqttVersion.V3_1_1, CLIENT, Devices.asking(port, DEVICE_SECRET))) {
                    client.publish("alarms/device-1", "hot");
                    assertThat(broker.events().of(ConnectAccepted.class)).hasSize(1);
                }
                // Not destroy(), which would close the output before its end is read.
                server.toHandle().destroy();
                said.append(output.lines().collect(Collectors.joining("\n")));
                server.waitFor();
            } finally {
                server.destroyForcibly();
            }
        }
        assertThat(said.toString()).contains("Started TokenServer").doesNotContain(ACCOUNT.secret(), DEVICE_SECRET);
        assertThat(List.of("ERROR", "Exception")).noneMatch(said.toString()::contains);
    }
}
