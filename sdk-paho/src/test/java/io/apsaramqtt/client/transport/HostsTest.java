package io.apsaramqtt.client.transport;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HostsTest {

    @ParameterizedTest
    @CsvSource({
        "broker.example, broker.example, false",
        "broker.example., broker.example, false",
        "[::1], ::1, true",
        "::1, ::1, true",
        "127.0.0.1, 127.0.0.1, true",
        "1.2.3, 1.2.3, false",
        "1.2.3.4.example, 1.2.3.4.example, false",
        "[x, [x, false"
    })
    void aHostAsCertificatesWriteIt(String written, String bare, boolean address) {
        assertThat(Hosts.bare(written)).isEqualTo(bare);
        assertThat(Hosts.isAddress(bare)).isEqualTo(address);
    }
}
