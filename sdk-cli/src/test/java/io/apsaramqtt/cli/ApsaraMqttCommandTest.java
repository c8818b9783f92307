package io.apsaramqtt.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.apsaramqtt.credentials.AccessKey;
import io.apsaramqtt.credentials.CredentialsException;
import io.apsaramqtt.credentials.CredentialsProvider;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class ApsaraMqttCommandTest {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(CredentialsProvider credentials, String... args) {
        CommandLine command = ApsaraMqttCommand.commandLine(credentials)
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true));
        return command.execute(args);
    }

    @Test
    void signsTheExampleOfTheServicePage() {
        int exit = run(
                CredentialsProvider.of(AccessKey.of("YYYYY", "XXXXX")),
                "sign",
                "--instance",
                "mqtt-xxxxx",
                "--client-id",
                "GID_Test@@@0001");

        assertThat(exit).isZero();
        assertThat(out.toString().lines())
                .containsExactly("username=Signature|YYYYY|mqtt-xxxxx", "password=vI009IZJZVGRwBwZvnbwjfuXxVM=");
    }

    @Test
    void aMissingAccessKeyIsSaidInOneLineWithoutAStackTrace() {
        int exit = run(
                () -> {
                    throw CredentialsException.of("environment", "ALIBABA_CLOUD_ACCESS_KEY_ID is not set");
                },
                "sign",
                "--instance",
                "mqtt-xxxxx",
                "--client-id",
                "GID_Test@@@0001");

        assertThat(exit).isEqualTo(1);
        assertThat(err.toString().lines())
                .singleElement()
                .asString()
                .contains("environment: ALIBABA_CLOUD_ACCESS_KEY_ID is not set");
    }

    @Test
    void aBadClientIdIsRefusedWithTheReason() {
        int exit = run(
                CredentialsProvider.of(AccessKey.of("YYYYY", "XXXXX")),
                "sign",
                "--instance",
                "mqtt-xxxxx",
                "--client-id",
                "device-1");

        assertThat(exit).isEqualTo(1);
        assertThat(err.toString()).contains("<GroupID>@@@<DeviceID>");
    }

    @Test
    void aMissingOptionShowsTheUsageAndExitsWith64() {
        int exit = run(CredentialsProvider.of(AccessKey.of("YYYYY", "XXXXX")), "sign");

        assertThat(exit).isEqualTo(64);
        assertThat(err.toString()).contains("--instance").contains("Usage: apsara-mqtt sign");
    }
}
