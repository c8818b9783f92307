package io.apsaramqtt.tls;

import static org.assertj.core.api.Assertions.assertThat;

import io.apsaramqtt.certificates.KeyKind;
import io.apsaramqtt.certificates.TestAuthority;
import io.apsaramqtt.certificates.TestAuthority.Issued;
import io.apsaramqtt.client.connection.Endpoint;
import io.apsaramqtt.client.proxy.ProxySettings;
import io.apsaramqtt.client.transport.SocketFactories;
import io.apsaramqtt.mosquitto.TlsBroker;
import io.apsaramqtt.mosquitto.TlsBroker.Listener;
import io.apsaramqtt.proxy.TestProxy;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What Paho puts on top of our sockets beside MQTT: WebSocket. */
abstract class PahoTlsContract extends TlsContract {

    @TempDir
    private Path folder = Path.of("");

    @Test
    void aWebSocketWithoutTls() throws Exception {
        connect(Endpoint.parse("ws://localhost:" + broker().port(Listener.PLAIN_WEB_SOCKET)), TRUSTING);
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void aWebSocketOverTls(String version) throws Exception {
        connect(endpoint(Listener.TRUSTED_WEB_SOCKET), TRUSTING.withProtocols(version));
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void aWebSocketOverMutualTls(String version) throws Exception {
        Issued issued = TlsBroker.AUTHORITY.issue("CN=device", TestAuthority.rsa());
        connect(
                endpoint(Listener.MUTUAL_WEB_SOCKET),
                TRUSTING.withIdentity(KeyKind.PKCS1_RSA.write(folder, issued)).withProtocols(version));
    }

    @Test
    void aWebSocketToTheWrongAuthority() {
        assertThat(failure(endpoint(Listener.TRUSTED_WEB_SOCKET), TlsSettings.standard()))
                .hasMessageContaining("it sent [CN=broker], issued by [CN=Test CA]");
    }

    @ParameterizedTest
    @EnumSource
    void aWebSocketThroughAProxy(ProxySettings.Kind kind) throws Exception {
        try (TestProxy proxy = TestProxy.open()) {
            ProxySettings settings = kind == ProxySettings.Kind.HTTP
                    ? ProxySettings.http("127.0.0.1", proxy.port())
                    : ProxySettings.socks5("127.0.0.1", proxy.port());
            Endpoint endpoint = endpoint(Listener.TRUSTED_WEB_SOCKET);
            connect(endpoint, SocketFactories.of(endpoint, TRUSTING, settings));
            assertThat(proxy.targets()).containsExactly("localhost:" + endpoint.port());
        }
    }
}
