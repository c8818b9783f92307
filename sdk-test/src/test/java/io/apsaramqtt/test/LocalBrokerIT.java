package io.apsaramqtt.test;

import static org.assertj.core.api.Assertions.assertThat;

import io.apsaramqtt.credentials.AccessKey;
import io.apsaramqtt.credentials.CredentialsException;
import io.apsaramqtt.credentials.CredentialsProvider;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LocalBrokerIT {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    /** The program leaves its instance open until it is interrupted. */
    private final String instanceId = "post-cn-" + UUID.randomUUID();

    @Test
    void helpListsTheOptions() {
        assertThat(start(Optional.empty(), "--help")).isZero();
        assertThat(text(out)).contains("--port", "--instance", "--group", "--policy", "1883");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--prt 1         | Option [--prt] does not exist; allowed are --port, --instance",
                "--port          | Option [--port] lacks its value",
                "--group --port  | Option [--group] lacks its value",
                "--port many     | Port [many] is no port; allowed are 0",
                "--port 65536    | Port [65536] is no port; allowed are 0",
                "--port -1       | Port [-1] is no port; allowed are 0"
            })
    void wrongOptionsEndWith64AndSayWhatIsAllowed(String args, String message) {
        assertThat(start(Optional.empty(), args.split(" "))).isEqualTo(64);
        assertThat(text(err)).contains(message);
    }

    @Test
    void halfAnAccessKeyEndsWith64() {
        CredentialsProvider half = () -> {
            throw CredentialsException.of("environment", "ALIBABA_CLOUD_ACCESS_KEY_SECRET is not set");
        };
        assertThat(start(Optional.of(half), "--port", "0")).isEqualTo(64);
        assertThat(text(err)).contains("ALIBABA_CLOUD_ACCESS_KEY_SECRET is not set");
    }

    @Test
    void aTemporaryAccessKeyEndsWith64() {
        CredentialsProvider temporary = CredentialsProvider.of(AccessKey.temporary("STS.abc", "secret", "token"));
        assertThat(start(Optional.of(temporary), "--port", "0", "--instance", instanceId))
                .isEqualTo(64);
        assertThat(text(err)).contains("is temporary");
    }

    @Test
    void aMissingPolicyFileEndsWith65() {
        assertThat(start(Optional.empty(), "--policy", "no-such-policy.json")).isEqualTo(65);
        assertThat(text(err)).contains("[no-such-policy.json] does not exist");
    }

    @Test
    void aMalformedPolicyFileEndsWith65AndSaysWhere(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("policy.json"), "{\"Version\":\"1\",\n \"Statement\":}");
        assertThat(start(Optional.empty(), "--policy", file.toString())).isEqualTo(65);
        assertThat(text(err)).contains("policy.json").contains("line 2");
    }

    @Test
    void withoutAnAccessKeyOneIsMadeUpAndShown() {
        assertThat(start(Optional.empty(), "--port", "0", "--instance", instanceId, "--group", "GID_a"))
                .isZero();
        assertThat(text(out))
                .contains("tcp://127.0.0.1:", "GID_a@@@device-1", "Signature|LTAI5tLocalUseOnly|" + instanceId)
                .contains("made up for local use", "export ALIBABA_CLOUD_ACCESS_KEY_SECRET=");
    }

    @Test
    void anAccessKeyOfTheEnvironmentIsNeverShown(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(
                folder.resolve("policy.json"), "{\"policies\":[{\"name\":\"AliyunMQReadOnlyAccess\"}]}");
        AccessKey accessKey = AccessKey.of("LTAI5tEnvironmentKey", "environment-secret");
        assertThat(start(
                        Optional.of(CredentialsProvider.of(accessKey)),
                        "--port",
                        "0",
                        "--instance",
                        instanceId,
                        "--policy",
                        file.toString()))
                .isZero();
        assertThat(text(out))
                .contains("LTAI5t****Key from the environment", "as in " + file)
                .doesNotContain("environment-secret", accessKey.id(), "password");
    }

    private int start(Optional<CredentialsProvider> environment, String... args) {
        return new LocalBroker(print(out), print(err)).start(environment, args);
    }

    private static PrintStream print(ByteArrayOutputStream bytes) {
        return new PrintStream(bytes, true, StandardCharsets.UTF_8);
    }

    private static String text(ByteArrayOutputStream bytes) {
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
