package io.apsaramqtt.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ExecutableJarIT {

    private static final Path JAR = Path.of("target", "apsara-mqtt.jar");

    private record Ended(int exit, String out) {}

    private static Ended run(String... args) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-jar"));
        command.add(JAR.toString());
        command.addAll(List.of(args));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Ended(process.waitFor(), out.replace(System.lineSeparator(), "\n"));
    }

    @Test
    void theJarAloneRunsTheWholeCorpus() throws Exception {
        Ended ended = run("simulate", "--suite", "../sdk-core/src/test/resources/ram-vectors.json");

        assertThat(ended).isEqualTo(new Ended(0, "158 passed, 0 failed\n"));
    }

    @Test
    void theVersionIsThatOfTheManifest() throws Exception {
        try (JarFile jar = new JarFile(JAR.toFile())) {
            String version = jar.getManifest().getMainAttributes().getValue(Attributes.Name.IMPLEMENTATION_VERSION);

            assertThat(version).matches("\\d+\\.\\d+\\.\\d+.*");
            assertThat(run("--version")).isEqualTo(new Ended(0, "apsara-mqtt " + version + "\n"));
        }
    }

    @Test
    void aPipeGetsNoColours() throws Exception {
        Ended ended = run("check", "--help");

        assertThat(ended.exit()).isZero();
        assertThat(ended.out()).contains("Exit codes:").doesNotContain("\u001b");
    }
}
