package io.apsaramqtt.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class QosTest {

    @ParameterizedTest
    @EnumSource
    void isFoundByItsNumber(Qos qos) {
        assertThat(Qos.of(qos.code())).isEqualTo(qos);
    }

    @Test
    void hasTheNumbersOfTheWire() {
        assertThat(Qos.AT_MOST_ONCE.code()).isZero();
        assertThat(Qos.AT_LEAST_ONCE.code()).isEqualTo(1);
        assertThat(Qos.EXACTLY_ONCE.code()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 3, 128})
    void refusesOtherNumbers(int code) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Qos.of(code))
                .withMessage("QoS [" + code + "] does not exist; allowed are 0, 1 and 2");
    }
}
