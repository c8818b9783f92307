package io.apsaramqtt.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.apsaramqtt.authentication.Authentication;
import io.apsaramqtt.certificates.KeyKind;
import io.apsaramqtt.client.ApsaraMqttClient;
import io.apsaramqtt.client.ApsaraMqttClientBuilder;
import io.apsaramqtt.client.Connections;
import io.apsaramqtt.client.Inbox;
import io.apsaramqtt.client.connection.ConnectFailedException.Reason;
import io.apsaramqtt.client.proxy.ProxySettings;
import io.apsaramqtt.mosquitto.TlsBroker;
import io.apsaramqtt.mosquitto.TlsBroker.Listener;
import io.apsaramqtt.mqtt.ClientId;
import io.apsaramqtt.mqtt.MqttVersion;
import io.apsaramqtt.mqtt.Profile;
import io.apsaramqtt.proxy.TestProxy;
import io.apsaramqtt.test.FaultProxy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What a client's builder is told of TLS and proxies is what its connections have. */
class TlsClientIT extends WithTlsBroker {

    @TempDir
    private Path folder = Path.of("");

    private static int port(Listener listener) {
        return broker().port(listener);
    }

    private static ApsaraMqttClientBuilder builder(MqttVersion version, String endpoint) {
        return ApsaraMqttClient.builder()
                .endpoint(endpoint)
                .profile(Profile.GENERIC)
                .clientId(ClientId.of("tls-client-" + version))
                .authentication(Authentication.anonymous())
                .reconnectDelay(Duration.ofMillis(10), Duration.ofMillis(100))
                .mqttVersion(version);
    }

    private Path authority(String pem) throws IOException {
        return Files.writeString(folder.resolve("ca.pem"), pem);
    }

    @ParameterizedTest
    @CsvSource({
        "V3_1_1, HTTP,   ssl, MUTUAL",
        "V5,     SOCKS5, ssl, MUTUAL",
        "V3_1_1, SOCKS5, wss, MUTUAL_WEB_SOCKET",
        "V5,     HTTP,   wss, MUTUAL_WEB_SOCKET",
    })
    void messagesTravelOverMutualTlsThroughAProxy(
            MqttVersion version, ProxySettings.Kind kind, String scheme, Listener listener) throws Exception {
        Inbox inbox = new Inbox();
        try (TestProxy proxy = TestProxy.demanding("user:pass-word");
                ApsaraMqttClient client = builder(version, scheme + "://localhost:" + port(listener))
                        .tls(TlsSettings.standard()
                                .withTrust(TrustAnchors.pem(authority(TlsBroker.AUTHORITY.pem())))
                                .withIdentity(KeyKind.ENCRYPTED_PKCS8_EC.write(
                                        folder,
                                        TlsBroker.AUTHORITY.issue("CN=device", KeyKind.ENCRYPTED_PKCS8_EC.keys()))))
                        .proxy((kind == ProxySettings.Kind.HTTP
                                        ? ProxySettings.http("127.0.0.1", proxy.port())
                                        : ProxySettings.socks5("127.0.0.1", proxy.port()))
                                .withCredentials("user", "pass-word".toCharArray()))
                        .build()) {
            client.connect();
            client.subscribe("alarms/tls", inbox);
            client.publish("alarms/tls", "sealed");
            assertThat(inbox.next().text()).isEqualTo("sealed");
            assertThat(proxy.targets()).containsExactly("localhost:" + port(listener));
        }
    }

    @ParameterizedTest
    @EnumSource
    void filesAreReadAgainWhenTheClientReconnects(MqttVersion version) throws IOException {
        Connections connections = new Connections();
        Path file = authority(TlsBroker.AUTHORITY.pem());
        try (FaultProxy network = FaultProxy.to("127.0.0.1", port(Listener.TRUSTED));
                ApsaraMqttClient client = builder(version, "ssl://localhost:" + network.port())
                        .tls(TlsSettings.standard().withTrust(TrustAnchors.pem(file)))
                        .connectionListener(connections)
                        .build()) {
            client.connect();
            Files.writeString(file, TlsBroker.STRANGER.pem());
            network.cutAll();
            await().until(() -> !connections.failures().isEmpty());
            assertThat(connections.failures().get(0)).satisfies(failure -> {
                assertThat(failure.reason()).isEqualTo(Reason.TLS);
                assertThat(failure).hasMessageContaining("is not trusted").hasMessageContaining("[CN=Stranger CA]");
            });
            Files.writeString(file, TlsBroker.AUTHORITY.pem());
            await().until(client::isConnected);
        }
    }
}
