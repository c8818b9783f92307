package io.apsaramqtt.permission.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.apsaramqtt.permission.EffectivePermissions;
import io.apsaramqtt.permission.Grants;
import io.apsaramqtt.policy.MalformedPolicyException;
import io.apsaramqtt.policy.Policy;
import io.apsaramqtt.time.ManualClock;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FilePermissionSourceTest {

    private final ManualClock clock = new ManualClock();

    @Test
    void readsADocument(@TempDir Path directory) throws IOException {
        Path file = write(directory, """
                {"Version": "1", "Statement": [{"Effect": "Allow", "Action": "mq:温", "Resource": "*"}]}""");
        EffectivePermissions read = new FilePermissionSource(file, clock).load();
        assertThat(read.source()).isEqualTo("policy.json");
        assertThat(read.readAt()).isEqualTo(clock.instant());
        assertThat(read.grants()).isInstanceOfSatisfying(Grants.Policies.class, granted -> {
            Policy policy = granted.layers().account().policies().get(0);
            assertThat(policy.name()).isEqualTo("policy.json");
            assertThat(policy.statements().get(0).actions()).containsExactly("mq:温");
        });
    }

    @Test
    void readsTheFileAnewEachTime(@TempDir Path directory) throws IOException {
        Path file = write(directory, "{\"policies\": []}");
        PermissionSource source = PermissionSource.file(file);
        assertThat(statements(source)).isZero();
        write(directory, "{\"policies\": [{\"name\": \"AliyunMQFullAccess\"}]}");
        assertThat(statements(source)).isEqualTo(2);
    }

    @Test
    void aMissingFileIsToldWithItsPlace(@TempDir Path directory) {
        Path file = directory.resolve("absent.json");
        PermissionSourceException e = refusal(file);
        assertThat(e)
                .hasMessage("Permission source [" + file + "] does not exist (looked in " + directory
                        + "). Create it, or choose another PermissionSource")
                .hasCauseInstanceOf(NoSuchFileException.class);
        assertThat(e.source()).isEqualTo(file.toString());
    }

    @Test
    void aMalformedFileIsToldWithLineAndColumn(@TempDir Path directory) throws IOException {
        Path file = write(directory, """
                {
                  "Version": "1",
                  "Statement": [
                    {"Effect": "Alow", "Action": "mq:PUB", "Resource": "*"}
                  ]
                }
                """);
        MalformedPolicyException e =
                catchThrowableOfType(MalformedPolicyException.class, PermissionSource.file(file)::load);
        assertThat(e)
                .hasMessage(
                        "Policy [policy.json], line 4, column 16 (/Statement/0/Effect): Effect [Alow] does not exist;"
                                + " allowed are \"Allow\" and \"Deny\"");
    }

    @Test
    void anEmptyFileIsMalformed(@TempDir Path directory) throws IOException {
        Path file = write(directory, "");
        assertThat(catchThrowableOfType(MalformedPolicyException.class, PermissionSource.file(file)::load))
                .hasMessageContaining("line 1, column 1: the document is empty");
    }

    @Test
    void aFileThatIsNotUtf8IsRefused(@TempDir Path directory) throws IOException {
        Path file = directory.resolve("policy.json");
        Files.write(file, "{\"温\": 1}".getBytes(StandardCharsets.UTF_16));
        assertThat(refusal(file))
                .hasMessage("Permission source [" + file + "] is not text in UTF-8")
                .hasCauseInstanceOf(CharacterCodingException.class);
    }

    @Test
    void aDirectoryCannotBeRead(@TempDir Path directory) {
        assertThat(refusal(directory)).hasMessageStartingWith("Permission source [" + directory + "] cannot be read: ");
    }

    private static PermissionSourceException refusal(Path file) {
        return catchThrowableOfType(PermissionSourceException.class, PermissionSource.file(file)::load);
    }

    private static Path write(Path directory, String text) throws IOException {
        return Files.writeString(directory.resolve("policy.json"), text);
    }

    private static int statements(PermissionSource source) {
        return source.load().grants() instanceof Grants.Policies granted
                ? granted.layers().account().statementCount()
                : -1;
    }
}
