package io.apsaramqtt.soak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.apsaramqtt.soak.SoakOptions.Choice;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class SoakOptionsTest {

    @Test
    void everyOptionIsRead() {
        assertThat(SoakOptions.parse(
                        "--minutes", "2", "--rate", "3", "--disconnects", "4", "--seed", "5", "--broker", "embedded"))
                .isEqualTo(new SoakOptions(Duration.ofMinutes(2), 3, 4, 5, Choice.EMBEDDED));
        assertThat(SoakOptions.parse()).isEqualTo(SoakOptions.defaults());
    }

    @Test
    void wrongOptionsAreNamed() {
        assertThatThrownBy(() -> SoakOptions.parse("--speed", "1")).hasMessageContaining("Option [--speed] is unknown");
        assertThatThrownBy(() -> SoakOptions.parse("--rate", "0")).hasMessageContaining("[0] of option [--rate]");
        assertThatThrownBy(() -> SoakOptions.parse("--rate")).hasMessageContaining("[--rate] has no value");
        assertThatThrownBy(() -> SoakOptions.parse("--broker", "x")).hasMessageContaining("Broker [x] is unknown");
    }
}
