package io.apsaramqtt.spring.actuate;

import static org.assertj.core.api.Assertions.assertThat;

import io.apsaramqtt.client.ClientStatistics;
import io.apsaramqtt.client.connection.ConnectionState;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClientHealthTest {

    @ParameterizedTest
    @CsvSource({
        "CONNECTED,    1, 9, false, UP",
        "CONNECTING,   0, 0, false, DOWN",
        "RECONNECTING, 1, 0, false, DOWN",
        "DISCONNECTED, 0, 0, false, UNKNOWN",
        "DISCONNECTED, 0, 1, false, DOWN",
        "DISCONNECTED, 1, 1, false, UNKNOWN",
        "DISCONNECTED, 1, 1, true,  DOWN",
        "CLOSED,       1, 0, false, OUT_OF_SERVICE"
    })
    void aClientIsUpWhileItIsConnectedAndDownWhereItShouldBe(
            ConnectionState state, long connects, long failedAttempts, boolean gaveUp, String status) {
        assertThat(ClientHealth.status(state, gaveUp, counted(connects, failedAttempts)))
                .isEqualTo(status);
    }

    private static ClientStatistics counted(long connects, long failedAttempts) {
        return new ClientStatistics(connects, 0, failedAttempts, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
    }
}
