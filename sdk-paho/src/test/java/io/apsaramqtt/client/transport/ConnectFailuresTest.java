package io.apsaramqtt.client.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.apsaramqtt.client.connection.ConnectFailedException;
import io.apsaramqtt.client.connection.ConnectFailedException.Reason;
import io.apsaramqtt.client.connection.Endpoint;
import io.apsaramqtt.client.proxy.ProxyException;
import io.apsaramqtt.client.proxy.ProxySettings;
import io.apsaramqtt.tls.HandshakeFailure;
import io.apsaramqtt.tls.TlsSettings;
import io.apsaramqtt.tls.TrustAnchors;
import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ConnectFailuresTest {

    private static final Endpoint PLAIN = Endpoint.parse("tcp://h");
    private static final Endpoint TLS = Endpoint.parse("ssl://h");

    @ParameterizedTest
    @CsvSource({
        "1, PROTOCOL, MqttVersion",
        "132, PROTOCOL, MqttVersion",
        "2, REFUSED, <GroupID>@@@<DeviceID>",
        "133, REFUSED, <GroupID>@@@<DeviceID>",
        "3, UNREACHABLE, Try again later",
        "136, UNREACHABLE, Try again later",
        "137, UNREACHABLE, Try again later",
        "4, REFUSED, AccessKey ID and secret",
        "5, REFUSED, AccessKey ID and secret",
        "134, REFUSED, AccessKey ID and secret",
        "135, REFUSED, With tokens",
        "138, REFUSED, MQTT 5 section 3.2.2.2"
    })
    void saysWhatACodeMeansAndWhatToDo(int code, Reason reason, String advice) {
        ConnectFailedException failure = ConnectFailures.refused(PLAIN, code, null);
        assertThat(failure.reason()).isEqualTo(reason);
        assertThat(failure.reasonCode()).hasValue(code);
        assertThat(failure.endpoint()).isEqualTo(PLAIN);
        assertThat(failure)
                .hasMessageStartingWith(
                        "Connection to [tcp://h:1883] was refused with code 0x" + Integer.toHexString(code))
                .hasMessageContaining(advice);
    }

    @Test
    void repeatsTheReasonThatTheBrokerGave() {
        assertThat(ConnectFailures.refused(PLAIN, 0x87, "key disabled")).hasMessageContaining("(\"key disabled\")");
    }

    @ParameterizedTest
    @MethodSource("networkFailures")
    void saysWhatTheNetworkMeant(Endpoint endpoint, Throwable cause, Reason reason) {
        Throwable wrapped = new IllegalStateException("of the engine", cause);
        ConnectFailedException failure = ConnectFailures.failed(endpoint, wrapped);
        assertThat(failure.reason()).isEqualTo(reason);
        assertThat(failure.reasonCode()).isEmpty();
        assertThat(failure).hasCause(wrapped).hasMessageStartingWith("Connection to [" + endpoint + "] ");
    }

    static Stream<Arguments> networkFailures() {
        return Stream.of(
                Arguments.of(PLAIN, new UnknownHostException("h"), Reason.UNKNOWN_HOST),
                Arguments.of(TLS, new UnknownHostException("h"), Reason.UNKNOWN_HOST),
                Arguments.of(PLAIN, new ConnectException("Connection refused"), Reason.UNREACHABLE),
                Arguments.of(TLS, new ConnectException("Connection refused"), Reason.UNREACHABLE),
                Arguments.of(TLS, new NoRouteToHostException("No route"), Reason.UNREACHABLE),
                Arguments.of(PLAIN, new SocketTimeoutException("timed out"), Reason.TIMEOUT),
                Arguments.of(TLS, new SocketTimeoutException("timed out"), Reason.TIMEOUT),
                Arguments.of(TLS, new SSLHandshakeException("no trust"), Reason.TLS),
                Arguments.of(TLS, new SocketException("Connection reset"), Reason.TLS),
                Arguments.of(TLS, new EOFException(), Reason.TLS),
                Arguments.of(PLAIN, new EOFException(), Reason.CLOSED_BY_BROKER),
                Arguments.of(PLAIN, new IOException("Broken pipe"), Reason.UNREACHABLE),
                Arguments.of(PLAIN, new IllegalStateException("else"), Reason.OTHER));
    }

    @Test
    void explainsAHandshake() {
        assertThat(ConnectFailures.failed(TLS, new SSLHandshakeException("Received fatal alert: certificate_required")))
                .hasMessageStartingWith(
                        "Connection to [ssl://h:8883] failed in the TLS handshake: the server demands a client"
                                + " certificate (alert certificate_required)");
        IOException thrown = new SSLHandshakeException("of the JDK");
        HandshakeFailedException explained = new HandshakeFailedException(
                new HandshakeFailure(HandshakeFailure.Reason.WRONG_HOST, "explained by the socket"), thrown);
        assertThat(explained).hasCause(thrown).hasMessage("explained by the socket");
        assertThat(ConnectFailures.failed(TLS, new IllegalStateException("of the engine", explained)))
                .hasMessage("Connection to [ssl://h:8883] failed in the TLS handshake: explained by the socket");
    }

    @Test
    void namesTheFileThatIsWrong() {
        Throwable wrong = catchThrowable(() -> TlsSettings.standard()
                .withTrust(TrustAnchors.pem(Path.of("absent.pem")))
                .context());
        ConnectFailedException failure = ConnectFailures.failed(TLS, wrong);
        assertThat(failure.reason()).isEqualTo(Reason.TLS);
        assertThat(failure)
                .hasCause(wrong)
                .hasMessageStartingWith(
                        "Connection to [ssl://h:8883] failed: CA certificates [absent.pem] does not exist.");
    }

    @Test
    void namesTheProxy() {
        assertThat(ConnectFailures.failed(
                        PLAIN, new ProxyException(ProxySettings.http("p", 3128), null, "is gone. Check its port")))
                .hasMessageStartingWith(
                        "Connection to [tcp://h:1883] failed: proxy [http://p:3128] is gone. Check its port");
    }

    @Test
    void saysHowLongItWaited() {
        assertThat(ConnectFailures.timedOut(TLS, Duration.ofMillis(1_500)))
                .hasMessageContaining("no CONNACK within 1500 ms")
                .satisfies(e -> assertThat(e.reason()).isEqualTo(Reason.TIMEOUT));
    }
}
