package io.apsaramqtt.openapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RamEndpointsTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://ram.aliyuncs.com",
                "https://ram.vpc-proxy.aliyuncs.com:443/",
                "http://127.0.0.1:8080",
                "http://localhost:1",
                "http://[::1]:1"
            })
    void anEndpointIsAServerWithTlsOrOfThisMachine(String endpoint) {
        assertThat(RamEndpoints.all(URI.create(endpoint)).ram()).isEqualTo(URI.create(endpoint));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://ram.aliyuncs.com",
                "http://127.evil.example",
                "http://127.0.0.1.evil.example",
                "http://localhost.evil.example",
                "http://1127.0.0.1",
                "http://[2001:db8::1]",
                "ram.aliyuncs.com",
                "https:ram.aliyuncs.com",
                "ftp://ram.aliyuncs.com",
                "https://ram.aliyuncs.com/path"
            })
    void anythingElseIsRefused(String endpoint) {
        assertThatThrownBy(() -> RamEndpoints.all(URI.create(endpoint)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("Endpoint [" + endpoint + "]");
    }
}
