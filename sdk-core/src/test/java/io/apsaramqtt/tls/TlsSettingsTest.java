package io.apsaramqtt.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.apsaramqtt.tls.HandshakeFailure.Reason;
import io.apsaramqtt.tls.TestAuthority.Issued;
import io.apsaramqtt.tls.TlsConfigurationException.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

class TlsSettingsTest {

    private static final TestAuthority AUTHORITY = new TestAuthority("CN=Test CA");
    private static final TestAuthority OTHER = new TestAuthority("CN=Other CA");
    private static final Issued SERVER = AUTHORITY.issue("CN=server", TestAuthority.ec(), "broker.test");

    @TempDir
    private Path folder = Path.of("");

    private Path write(String name, String text) {
        try {
            return Files.writeString(folder.resolve(name), text);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private TrustAnchors anchors(String kind) {
        return switch (kind) {
            case "a PEM file" -> TrustAnchors.pem(write("ca.pem", Pem.certificates(AUTHORITY.certificate())));
            case "a PEM file of several certificates" ->
                TrustAnchors.pem(
                        write("ca.pem", "Bag\n" + Pem.certificates(OTHER.certificate(), AUTHORITY.certificate())));
            case "several PEM files" ->
                TrustAnchors.pem(
                        write("other.pem", Pem.certificates(OTHER.certificate())),
                        write("ca.pem", Pem.certificates(AUTHORITY.certificate())));
            case "a PEM text" -> TrustAnchors.pemText(Pem.certificates(AUTHORITY.certificate()));
            case "PKCS12", "JKS" ->
                TrustAnchors.store(
                        Stores.trust(folder.resolve("trust"), kind, "changeit", AUTHORITY.certificate()),
                        "changeit".toCharArray());
            default -> throw new AssertionError(kind);
        };
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a PEM file",
                "a PEM file of several certificates",
                "several PEM files",
                "a PEM text",
                "PKCS12",
                "JKS"
            })
    void aServerOfATrustedAuthorityIsTrustedAndNoOther(String kind) {
        TlsSettings settings = TlsSettings.standard().withTrust(anchors(kind));
        assertThat(Handshake.of(settings, "broker.test", SERVER).failure()).isEmpty();
        Issued stranger = new TestAuthority("CN=Stranger").issue("CN=server", TestAuthority.ec(), "broker.test");
        assertThat(Handshake.of(settings, "broker.test", stranger).clientFailure())
                .hasMessageContaining("unable to find valid certification path");
    }

    @Test
    void whatTheRuntimeTrustsIsTrustedByDefault() throws Exception {
        assertThat(TrustAnchors.system().manager().getAcceptedIssuers())
                .containsExactlyInAnyOrder(runtimeTrust().getAcceptedIssuers())
                .isNotEmpty();
        assertThat(HandshakeFailure.of(
                                Handshake.of(TlsSettings.standard(), "broker.test", SERVER)
                                        .clientFailure(),
                                "broker.test")
                        .reason())
                .isEqualTo(Reason.UNKNOWN_CA);
    }

    private static javax.net.ssl.X509TrustManager runtimeTrust() throws Exception {
        var factory = javax.net.ssl.TrustManagerFactory.getInstance("PKIX");
        factory.init((java.security.KeyStore) null);
        return (javax.net.ssl.X509TrustManager) factory.getTrustManagers()[0];
    }

    @Test
    void filesAreReadAgainForEachContext() {
        Path file = write("ca.pem", Pem.certificates(OTHER.certificate()));
        TlsSettings settings = TlsSettings.standard().withTrust(TrustAnchors.pem(file));
        assertThat(Handshake.of(settings, "broker.test", SERVER).failure()).isPresent();
        write("ca.pem", Pem.certificates(AUTHORITY.certificate()));
        assertThat(Handshake.of(settings, "broker.test", SERVER).failure()).isEmpty();
    }

    @Test
    void nothingIsReadBeforeAContextIsAskedFor() {
        Path absent = folder.resolve("absent.pem");
        TlsSettings settings = TlsSettings.standard()
                .withTrust(TrustAnchors.pem(absent))
                .withIdentity(ClientIdentity.pem(absent, absent));
        assertThat(settings)
                .hasToString("TlsSettings[trust=" + absent + ", identity=" + absent
                        + ", protocols=[TLSv1.3, TLSv1.2], host names verified]");
        assertThatThrownBy(settings::context).isInstanceOf(TlsConfigurationException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void onlyChosenVersionsAreSpoken(String version) {
        TlsSettings settings =
                TlsSettings.standard().withTrust(anchors("a PEM text")).withProtocols(version);
        assertThat(Handshake.of(settings, "broker.test", SERVER).protocol()).isEqualTo(version);
    }

    @Test
    void theBetterVersionIsPreferred() {
        TlsSettings settings = TlsSettings.standard().withTrust(anchors("a PEM text"));
        assertThat(Handshake.of(settings, "broker.test", SERVER).protocol()).isEqualTo("TLSv1.3");
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.1", "SSLv3", "1.2", ""})
    void otherVersionsAreRefused(String version) {
        assertThatThrownBy(() -> TlsSettings.standard().withProtocols("TLSv1.2", version))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("TLS version [" + version + "] is not allowed; allowed are [TLSv1.3, TLSv1.2]");
    }

    @Test
    void hostNamesAreVerifiedUnlessSwitchedOff() {
        TlsSettings settings = TlsSettings.standard().withTrust(anchors("a PEM text"));
        assertThat(settings.hostnamesVerified()).isTrue();
        assertThat(Handshake.of(settings, "other.test", SERVER).failure()).isPresent();
        TlsSettings blind = settings.withoutHostnameVerification();
        assertThat(blind.hostnamesVerified()).isFalse();
        assertThat(blind.withTrust(anchors("a PEM text")).withProtocols("TLSv1.2"))
                .asString()
                .endsWith("host names not verified]");
        assertThat(Handshake.of(blind, "other.test", SERVER).failure()).isEmpty();
    }

    @Test
    void whoSwitchesHostNamesOffIsWarnedOnce() {
        Logger logger = (Logger) LoggerFactory.getLogger(TlsSettings.class);
        ListAppender<ILoggingEvent> appender = new ListAppender<>();
        appender.start();
        logger.addAppender(appender);
        try {
            TlsSettings.standard().context();
            TlsSettings blind = TlsSettings.standard().withoutHostnameVerification();
            assertThat(appender.list).isEmpty();
            blind.context();
            blind.context();
        } finally {
            logger.detachAppender(appender);
        }
        assertThat(appender.list)
                .extracting(ILoggingEvent::getFormattedMessage)
                .containsExactly(
                        "Host names are not verified in TLS: anyone with a certificate of a trusted CA can pose"
                                + " as the broker");
    }

    @Test
    void aContextOfTheProgramIsAskedForEachTime() {
        SSLContext made = Handshake.userMade(AUTHORITY);
        AtomicInteger asked = new AtomicInteger();
        TlsSettings settings = TlsSettings.of(() -> {
            asked.incrementAndGet();
            return made;
        });
        assertThat(settings.context()).isSameAs(made);
        assertThat(settings.withProtocols("TLSv1.2").context()).isSameAs(made);
        assertThat(settings.withoutHostnameVerification().context()).isSameAs(made);
        assertThat(asked).hasValue(3);
        assertThat(settings)
                .hasToString("TlsSettings[context of the program, protocols=[TLSv1.3, TLSv1.2], host names verified]");
    }

    @Test
    void aContextOfTheProgramTakesNoTrustAndNoIdentity() {
        TlsSettings settings = TlsSettings.of(() -> Handshake.userMade(AUTHORITY));
        assertThatThrownBy(() -> settings.withTrust(TrustAnchors.system()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("no trust of their own");
        assertThatThrownBy(() -> settings.withIdentity(ClientIdentity.pemText("", "")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("no identity of their own");
    }

    @Test
    void aSupplierThatGivesNoContextIsNamed() {
        Map<String, SSLContext> none = Map.of();
        TlsSettings settings = TlsSettings.of(() -> none.get("absent"));
        assertThatThrownBy(settings::context)
                .isInstanceOfSatisfying(
                        TlsConfigurationException.class,
                        e -> assertThat(e.problem()).isEqualTo(Problem.NO_CONTEXT))
                .hasMessage("SSLContext [supplier] was not given: the supplier returned null");
    }
}
