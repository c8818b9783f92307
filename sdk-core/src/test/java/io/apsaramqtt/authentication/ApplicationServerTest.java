package io.apsaramqtt.authentication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ApplicationServerTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://devices.example.com/tokens",
                "HTTPS://devices.example.com:8443",
                "http://localhost:8080/tokens",
                "http://127.0.0.2/tokens",
                "http://[::1]:8080/tokens"
            })
    void aServerWithTlsOrOfThisMachineIsAsked(String address) {
        assertThat(ApplicationServer.at(URI.create(address)).address()).hasToString(address);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://[2001:db8::1]/tokens",
                "http://192.0.2.1/tokens",
                "http://localhost.example.com/tokens",
                "http://127.invalid/tokens"
            })
    void anotherMachineIsNotAskedWithoutTls(String address) {
        assertThatThrownBy(() -> ApplicationServer.at(URI.create(address)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Application server [" + address
                        + "] would send tokens without TLS, which is only done on this machine; write https");
    }

    @Test
    void aProviderPrintsWhereItAsksAndWhatItKeepsAlone() {
        HttpTokenProvider provider = HttpTokenProvider.of(
                        URI.create("https://devices.example.com:8443/tokens?key=hidden"))
                .withAuthorization(() -> "Bearer hidden");
        assertThat(provider).hasToString("HttpTokenProvider[https://devices.example.com:8443/tokens]");
        assertThat(provider.withDirectory(Path.of("state")))
                .hasToString("HttpTokenProvider[https://devices.example.com:8443/tokens, tokens kept in [state]]");
    }
}
