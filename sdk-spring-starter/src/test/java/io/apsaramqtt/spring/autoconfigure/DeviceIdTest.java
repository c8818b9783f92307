package io.apsaramqtt.spring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who a replica is. */
class DeviceIdTest {

    @TempDir
    private Path folder;

    private static String deviceId(Map<String, String> variables, String... properties) {
        Map<String, String> values = new HashMap<>(Map.of("apsara.mqtt.group-id", "GID_demo"));
        for (String each : properties) {
            int equals = each.indexOf('=');
            values.put("apsara.mqtt." + each.substring(0, equals), each.substring(equals + 1));
        }
        return ClientIdentity.of(Bound.properties(values), variables::get)
                .orElseThrow()
                .deviceId()
                .orElseThrow();
    }

    @ParameterizedTest
    @CsvSource({
        "host-name, node.a, pod-7, node-a",
        "pod-name, node.a, pod-7, pod-7",
        "pod-name, pod.8, '', pod-8",
    })
    void comesFromWhereThePropertySays(String source, String host, String pod, String expected) {
        assertThat(deviceId(Map.of("HOSTNAME", host, "POD_NAME", pod), "device-id-from=" + source))
                .isEqualTo(expected);
    }

    @Test
    void oneThatIsGivenWins() {
        assertThat(deviceId(Map.of("POD_NAME", "pod-7"), "device-id-from=pod-name", "device-id=mine"))
                .isEqualTo("mine");
    }

    @Test
    void withoutTheNameOfAPodItSaysWhatToSet() {
        assertThatThrownBy(() -> deviceId(Map.of(), "device-id-from=pod-name"))
                .isInstanceOf(MqttPropertyException.class)
                .hasMessageContaining("neither POD_NAME nor HOSTNAME is set");
    }

    @Test
    void aFileIsMadeOnceAndKeepsItsDeviceId() throws IOException {
        Path file = folder.resolve("state/device-id");
        String first = deviceId(Map.of(), "device-id-from=file", "device-id-file=" + file);
        assertThat(first).matches("[0-9a-f]{16}");
        assertThat(deviceId(Map.of(), "device-id-from=file", "device-id-file=" + file))
                .isEqualTo(first);
        try (var files = Files.list(file.getParent())) {
            assertThat(files).containsExactly(file);
        }
    }

    @Test
    void aFileOfTheApplicationIsReadWithoutItsLineBreak() throws IOException {
        Path file = Files.writeString(folder.resolve("id"), "line-4\n");
        assertThat(deviceId(Map.of(), "device-id-from=file", "device-id-file=" + file))
                .isEqualTo("line-4");
    }

    @Test
    void aFileThatCannotServeIsNamed() throws IOException {
        Path empty = Files.createFile(folder.resolve("empty"));
        Path folderNotFile = folder;
        assertThatThrownBy(() -> deviceId(Map.of(), "device-id-from=file", "device-id-file=" + empty))
                .isInstanceOf(MqttPropertyException.class)
                .hasMessageContaining("Property [apsara.mqtt.device-id-file] names [" + empty + "], which is empty");
        assertThatThrownBy(() -> deviceId(Map.of(), "device-id-from=file", "device-id-file=" + folderNotFile))
                .isInstanceOf(MqttPropertyException.class)
                .hasMessageContaining("can neither be read nor made");
        assertThatThrownBy(() -> deviceId(Map.of(), "device-id-from=file"))
                .isInstanceOf(MqttPropertyException.class)
                .hasMessageContaining("Property [apsara.mqtt.device-id-file] is missing");
    }
}
