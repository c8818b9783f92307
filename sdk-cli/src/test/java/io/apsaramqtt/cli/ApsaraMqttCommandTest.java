package io.apsaramqtt.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.apsaramqtt.credentials.CredentialsException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ApsaraMqttCommandTest {

    private static final String[] SIGN = {"sign", "--instance", "mqtt-xxxxx", "--client-id", "GID_Test@@@0001"};

    @Test
    void signsTheExampleOfTheServicePage() {
        Run run = Run.of(SIGN);

        assertThat(run.exit()).isZero();
        assertThat(run.out().lines())
                .containsExactly("username=Signature|YYYYY|mqtt-xxxxx", "password=vI009IZJZVGRwBwZvnbwjfuXxVM=");
    }

    @Test
    void aMissingAccessKeyIsSaidInOneLineWithoutAStackTrace() {
        Run run = Run.of(
                () -> {
                    throw CredentialsException.of("environment", "ALIBABA_CLOUD_ACCESS_KEY_ID is not set");
                },
                SIGN);

        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.err().lines())
                .singleElement()
                .asString()
                .contains("environment: ALIBABA_CLOUD_ACCESS_KEY_ID is not set");
    }

    @Test
    void aBadClientIdIsRefusedWithTheReason() {
        Run run = Run.of("sign", "--instance", "mqtt-xxxxx", "--client-id", "device-1");

        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.err()).contains("<GroupID>@@@<DeviceID>");
    }

    @Test
    void aMissingOptionShowsTheUsageAndExitsWith64() {
        Run run = Run.of("sign");

        assertThat(run.exit()).isEqualTo(64);
        assertThat(run.err()).contains("--instance").contains("Usage: apsara-mqtt sign");
    }

    @Test
    void withoutArgumentsItShowsTheHelpAndExitsWith64() {
        Run run = Run.of();

        assertThat(run.exit()).isEqualTo(64);
        assertThat(run.err()).contains("Commands:", "simulate", "check", "sign", "Exit codes of every command:");
        assertThat(run.out()).isEmpty();
    }

    @Test
    void aMisspeltCommandIsToldTheNearestOne() {
        Run run = Run.of("simulat");

        assertThat(run.exit()).isEqualTo(64);
        assertThat(run.err())
                .contains("'simulat'", "Did you mean: apsara-mqtt simulate", "Try 'apsara-mqtt --help' for more.");
    }

    @Test
    void aDefectIsNotTakenForADeny() {
        Run run = Run.of(
                () -> {
                    throw new IllegalStateException("planted");
                },
                SIGN);

        assertThat(run.exit()).isEqualTo(70);
        assertThat(run.err()).contains("IllegalStateException: planted", "\tat ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"simulate", "check", "lint", "generate", "sign"})
    void everyHelpHoldsExamplesAndExitCodesOnLinesThatCanBeCopied(String command) {
        Run run = Run.of(command, "--help");

        assertThat(run.exit()).isZero();
        assertThat(run.out()).contains("Exit codes:", "64   wrong usage", "  apsara-mqtt " + command + " ");
        assertThat(run.out().lines().filter(line -> line.startsWith("  apsara-mqtt")))
                .as("examples that were not wrapped")
                .allSatisfy(line -> assertThat(line).matches(".*(\\\\|json|device-1)$"));
        assertThat(run.out()).doesNotContain("\u001b");
    }

    @Test
    void outsideItsJarItSaysThatItDoesNotKnowItsVersion() {
        Run run = Run.of("--version");

        assertThat(run.exit()).isZero();
        assertThat(run.out()).startsWith("apsara-mqtt ").doesNotContain("null");
    }
}
