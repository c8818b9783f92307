package io.apsaramqtt.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClientIdTest {

    @Test
    void joinsGroupAndDevice() {
        ClientId id = ClientId.of("GID_demo", "device-1");
        assertThat(id).hasToString("GID_demo@@@device-1").isEqualTo(ClientId.of("GID_demo@@@device-1"));
        assertThat(id.groupId()).contains("GID_demo");
        assertThat(id.deviceId()).contains("device-1");
    }

    @Test
    void carriesAnyFormButThenKnowsNoGroup() {
        ClientId id = ClientId.of("just a name");
        assertThat(id.value()).isEqualTo("just a name");
        assertThat(id.groupId()).isEmpty();
        assertThat(id.deviceId()).isEmpty();
    }

    @Test
    void splitsAtTheFirstSeparator() {
        ClientId id = ClientId.of("a@@@b@@@c");
        assertThat(id.groupId()).contains("a");
        assertThat(id.deviceId()).contains("b@@@c");
    }

    @ParameterizedTest
    @ValueSource(strings = {"GID@demo", "@", "GID_demo@@@", "@@@x"})
    void refusesTheSeparatorInAPart(String part) {
        assertThatThrownBy(() -> ClientId.of(part, "device-1"))
                .isInstanceOf(InvalidMqttValueException.class)
                .hasMessage("Group ID [" + part + "] contains '@', which only separates group ID and device ID"
                        + " (GID_demo@@@device-1)");
        assertThatThrownBy(() -> ClientId.of("GID_demo", part))
                .isInstanceOf(InvalidMqttValueException.class)
                .hasMessageStartingWith("Device ID [" + part + "] contains '@'");
    }

    @Test
    void refusesAnEmptyPart() {
        assertThatThrownBy(() -> ClientId.of("", "device-1")).hasMessageStartingWith("Group ID [] is empty");
        assertThatThrownBy(() -> ClientId.of("GID_demo", "")).hasMessageStartingWith("Device ID [] is empty");
        assertThatThrownBy(() -> ClientId.of("")).hasMessageStartingWith("Client ID [] is empty");
    }
}
