package io.apsaramqtt.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.apsaramqtt.client.inbound.InboundStatistics;
import io.apsaramqtt.client.session.SessionStatistics;
import org.junit.jupiter.api.Test;

class ClientStatisticsTest {

    @Test
    void eachNumberIsTheSessionsOwn() {
        InboundStatistics inbound = new InboundStatistics(11, 12, 13, 14, 15, 16, 17, 18);
        assertThat(ClientStatistics.of(new SessionStatistics(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, inbound)))
                .isEqualTo(new ClientStatistics(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 13, 14, 15, 16, 11, 17, 18));
    }
}
