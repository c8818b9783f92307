package io.apsaramqtt.client.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EndpointTest {

    @ParameterizedTest
    @CsvSource({
        "post-cn-x.mqtt.aliyuncs.com, ssl://post-cn-x.mqtt.aliyuncs.com:8883",
        "post-cn-x.mqtt.aliyuncs.com:9883, ssl://post-cn-x.mqtt.aliyuncs.com:9883",
        "tcp://h, tcp://h:1883",
        "mqtt://h, tcp://h:1883",
        "tcp://h:2883, tcp://h:2883",
        "ssl://h, ssl://h:8883",
        "tls://h, ssl://h:8883",
        "mqtts://h, ssl://h:8883",
        "MQTTS://h, ssl://h:8883",
        "ssl://h/, ssl://h:8883",
        "ws://h, ws://h:80/mqtt",
        "ws://h/, ws://h:80/mqtt",
        "ws://h:8083/path/to, ws://h:8083/path/to",
        "wss://h, wss://h:443/mqtt",
        "' tcp://h:1 ', tcp://h:1",
        "tcp://127.0.0.1:1883, tcp://127.0.0.1:1883",
        "tcp://[::1], tcp://[::1]:1883",
        "[2001:db8::1]:8883, ssl://[2001:db8::1]:8883",
        "tcp://h:1, tcp://h:1",
        "tcp://h:65535, tcp://h:65535",
    })
    void understands(String text, String endpoint) {
        assertThat(Endpoint.parse(text)).hasToString(endpoint);
        assertThat(Endpoint.parse(endpoint)).isEqualTo(Endpoint.parse(text));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "http://h | has the scheme 'http'; allowed are ssl, tls, mqtts, tcp, mqtt, wss and ws, or none for ssl",
                "://h | has the scheme ''",
                "tcp://my_broker:1883 | has an underscore in its host",
                "my_broker | has an underscore in its host",
                "tcp:// | is not a host",
                "'' | is not a host",
                "tcp://:1883 | has no host",
                "tcp://h:port | has no host",
                "tcp://a b | is not a host with an optional port",
                "tcp://h/path | has the path [/path], which only ws and wss may have",
                "tcp://h:0 | has the port 0; allowed are 1 to 65535",
                "tcp://h:65536 | has the port 65536; allowed are 1 to 65535",
                "h:99999 | has the port 99999; allowed are 1 to 65535",
            })
    void refuses(String text, String problem) {
        assertThatThrownBy(() -> Endpoint.parse(text))
                .isInstanceOfSatisfying(
                        InvalidEndpointException.class,
                        e -> assertThat(e.endpoint()).isEqualTo(text))
                .hasMessageStartingWith("Endpoint [" + text + "]")
                .hasMessageContaining(problem);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "tcp://user:pass-word@h:1883",
                "user:pass-word@h",
                "tcp://user:pass-word@my_broker",
                "tcp://user:pass-word@h h",
                "http://user:pass-word@h",
                "tcp://user:a/pass-word@h",
                "tcp://user:a@pass-word@h",
                "tcp://h?password=pass-word",
                "tcp://h#pass-word"
            })
    void neverRepeatsAPassword(String text) {
        assertThatThrownBy(() -> Endpoint.parse(text))
                .isInstanceOfSatisfying(
                        InvalidEndpointException.class,
                        e -> assertThat(e.endpoint()).doesNotContain("pass-word"))
                .satisfies(e -> assertThat(String.valueOf(e.getMessage())).doesNotContain("pass-word"));
    }

    @Test
    void knowsThisMachineWithoutAskingANameServer() {
        assertThat(Endpoint.parse("tcp://localhost").isLoopback()).isTrue();
        assertThat(Endpoint.parse("tcp://LOCALHOST").isLoopback()).isTrue();
        assertThat(Endpoint.parse("tcp://127.1.2.3").isLoopback()).isTrue();
        assertThat(Endpoint.parse("tcp://[::1]").isLoopback()).isTrue();
        assertThat(Endpoint.parse("tcp://192.0.2.1").isLoopback()).isFalse();
        assertThat(Endpoint.parse("tcp://example.com").isLoopback()).isFalse();
        assertThat(Endpoint.parse("tcp://127.example.com").isLoopback()).isFalse();
    }

    @Test
    void tellsWhetherItIsEncrypted() {
        assertThat(Endpoint.parse("h").scheme().isTls()).isTrue();
        assertThat(Endpoint.parse("wss://h").scheme().isTls()).isTrue();
        assertThat(Endpoint.parse("tcp://h").scheme().isTls()).isFalse();
        assertThat(Endpoint.parse("ws://h").scheme().isTls()).isFalse();
    }
}
