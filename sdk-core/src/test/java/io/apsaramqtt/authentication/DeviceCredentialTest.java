package io.apsaramqtt.authentication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class DeviceCredentialTest {

    @Test
    void showsItsMaskedIdOnly() {
        assertThat(DeviceCredential.of("DC.Z5fXh9sRRVufyLi6wo", "DC.secret"))
                .hasToString("DeviceCredential[DC.Z5f****6wo]");
    }

    @Test
    void equalsByIdAndSecret() {
        assertThat(DeviceCredential.of("a", "b"))
                .isEqualTo(DeviceCredential.of("a", "b"))
                .hasSameHashCodeAs(DeviceCredential.of("a", "b"))
                .isNotEqualTo(DeviceCredential.of("a", "c"))
                .isNotEqualTo(DeviceCredential.of("b", "b"));
    }

    @Test
    void refusesAnEmptyPart() {
        assertThatThrownBy(() -> DeviceCredential.of(" ", "b"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("Device AccessKey ID is empty");
        assertThatThrownBy(() -> DeviceCredential.of("a", ""))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("Device AccessKey secret is empty");
    }
}
