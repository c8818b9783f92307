package io.apsaramqtt.client.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.apsaramqtt.client.proxy.ProxySettings.Kind;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProxySettingsTest {

    private static final char[] SECRET = "proxy-password".toCharArray();

    @Test
    void whatWasSaidIsKept() {
        ProxySettings proxy = ProxySettings.http("proxy.example", 3128);
        assertThat(proxy.kind()).isEqualTo(Kind.HTTP);
        assertThat(proxy.host()).isEqualTo("proxy.example");
        assertThat(proxy.port()).isEqualTo(3128);
        assertThat(proxy.user()).isEmpty();
        assertThat(proxy.password()).isEmpty();
        assertThat(proxy).hasToString("http://proxy.example:3128");
        ProxySettings known = ProxySettings.socks5("proxy.example", 1080).withCredentials("me", SECRET);
        assertThat(known.kind()).isEqualTo(Kind.SOCKS5);
        assertThat(known.user()).hasValue("me");
        assertThat(known.password()).isEqualTo(SECRET);
        assertThat(known).hasToString("socks5://proxy.example:1080");
    }

    @Test
    void thePasswordIsCopied() {
        char[] password = SECRET.clone();
        ProxySettings proxy = ProxySettings.http("proxy.example", 3128).withCredentials("me", password);
        Arrays.fill(password, 'x');
        Arrays.fill(proxy.password(), 'y');
        assertThat(proxy.password()).isEqualTo(SECRET);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "http://proxy", "proxy example", "proxy\r\nX: y"})
    void aHostThatIsNone(String host) {
        assertThatThrownBy(() -> ProxySettings.http(host, 3128))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Proxy host [" + host + "] is no host; write, for example, proxy.example.com");
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 65_536})
    void aPortThatIsNone(int port) {
        assertThatThrownBy(() -> ProxySettings.socks5("proxy.example", port))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Proxy port " + port + " is not allowed; allowed are 1 to 65535");
    }

    @Test
    void usersThatCannotBeSaid() {
        ProxySettings http = ProxySettings.http("proxy.example", 3128);
        ProxySettings socks = ProxySettings.socks5("proxy.example", 1080);
        assertThatThrownBy(() -> http.withCredentials(" ", SECRET)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> http.withCredentials("a:b", SECRET))
                .hasMessage("Proxy user [a:b] is blank or holds a colon")
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(socks.withCredentials("a:b", SECRET).user()).hasValue("a:b");
        String longest = "x".repeat(255);
        assertThat(socks.withCredentials(longest, longest.toCharArray()).user()).hasValue(longest);
        String longer = "\u00fc".repeat(128);
        assertThatThrownBy(() -> socks.withCredentials(longer, SECRET)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> socks.withCredentials("me", longer.toCharArray()))
                .hasMessage("Proxy user [me] or its password is longer than 255 bytes, which SOCKS 5 does not allow")
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(http.withCredentials(longer, SECRET).user()).hasValue(longer);
    }

    @Test
    void anExceptionNamesTheProxyWithoutItsUser() {
        ProxySettings proxy = ProxySettings.http("proxy.example", 3128).withCredentials("me", SECRET);
        ProxyException failure = new ProxyException(proxy, null, "is gone");
        assertThat(failure).hasMessage("proxy [http://proxy.example:3128] is gone");
        assertThat(failure.proxy()).isSameAs(proxy);
        assertThat(failure.answer()).isEmpty();
    }
}
