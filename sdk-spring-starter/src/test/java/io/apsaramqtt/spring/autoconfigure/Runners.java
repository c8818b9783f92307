package io.apsaramqtt.spring.autoconfigure;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.context.PropertyPlaceholderAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** Application contexts with the auto-configuration and nothing to connect to. */
public final class Runners {

    private Runners() {}

    /** Without an endpoint, a client ID and all else. */
    public static ApplicationContextRunner bare() {
        return new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(
                        PropertyPlaceholderAutoConfiguration.class, ApsaraMqttAutoConfiguration.class));
    }

    /** The property that names a new policy file of this name. */
    public static String policyFile(String name, String document) {
        try {
            Path folder = Files.createTempDirectory("policies");
            Path file = Files.writeString(folder.resolve(name), document);
            folder.toFile().deleteOnExit();
            file.toFile().deleteOnExit();
            return "apsara.mqtt.permissions.policy-file=" + file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** With one client, which does not connect. */
    public static ApplicationContextRunner one() {
        return bare().withPropertyValues(
                        "apsara.mqtt.endpoint=tcp://127.0.0.1:" + Ports.CLOSED,
                        "apsara.mqtt.instance-id=post-cn-x",
                        "apsara.mqtt.group-id=GID_demo",
                        "apsara.mqtt.device-id=device-1",
                        "apsara.mqtt.connect-on-start=off",
                        "apsara.mqtt.credentials.access-key-id=LTAI5tRunner",
                        "apsara.mqtt.credentials.access-key-secret=secret");
    }
}
