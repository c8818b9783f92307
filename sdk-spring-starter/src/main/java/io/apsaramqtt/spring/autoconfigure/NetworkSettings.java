package io.apsaramqtt.spring.autoconfigure;

import io.apsaramqtt.client.proxy.ProxySettings;
import io.apsaramqtt.tls.TlsSettings;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.ssl.NoSuchSslBundleException;
import org.springframework.boot.ssl.SslBundles;

/** Makes proxy and TLS settings of what the properties say of them. */
final class NetworkSettings {

    private NetworkSettings() {}

    /** Empty if there is none. */
    static Optional<ProxySettings> proxy(ApsaraMqttProperties.Proxy given) {
        String host = given.host();
        if (host == null) {
            return Optional.empty();
        }
        Integer port = given.port();
        if (port == null) {
            throw new MqttPropertyException("proxy.port", "is missing; a proxy is host and port");
        }
        ProxySettings proxy = MqttPropertyException.naming(
                "proxy.host",
                host,
                name -> given.type() == ProxySettings.Kind.HTTP
                        ? ProxySettings.http(name, port)
                        : ProxySettings.socks5(name, port));
        String user = given.username();
        String password = given.password() == null ? "" : given.password();
        return Optional.of(
                user == null
                        ? proxy
                        : MqttPropertyException.naming(
                                "proxy.username", user, name -> proxy.withCredentials(name, password.toCharArray())));
    }

    /** Empty if the properties leave it to what the Java runtime trusts. A bundle is asked anew at each connection. */
    static Optional<TlsSettings> tls(ApsaraMqttProperties.Ssl given, @Nullable SslBundles bundles) {
        String name = given.bundle();
        if (name == null && given.verifyHostname()) {
            return Optional.empty();
        }
        TlsSettings tls = name == null ? TlsSettings.standard() : ofBundle(name, bundles);
        return Optional.of(given.verifyHostname() ? tls : tls.withoutHostnameVerification());
    }

    private static TlsSettings ofBundle(String name, @Nullable SslBundles bundles) {
        if (bundles == null) {
            throw new MqttPropertyException(
                    "ssl.bundle",
                    "names [" + name + "], but there are no SSL bundles: Spring Boot's SslAutoConfiguration"
                            + " is not active");
        }
        TlsSettings tls = TlsSettings.of(() -> bundles.getBundle(name).createSslContext());
        String[] protocols = protocols(name, bundles);
        return protocols.length == 0
                ? tls
                : MqttPropertyException.naming(
                        "ssl.bundle",
                        protocols,
                        chosen -> tls.withProtocols(chosen[0], Arrays.copyOfRange(chosen, 1, chosen.length)));
    }

    private static String[] protocols(String name, SslBundles bundles) {
        try {
            String[] enabled = bundles.getBundle(name).getOptions().getEnabledProtocols();
            return enabled == null ? new String[0] : enabled;
        } catch (NoSuchSslBundleException e) {
            throw new MqttPropertyException("ssl.bundle", e);
        }
    }
}
