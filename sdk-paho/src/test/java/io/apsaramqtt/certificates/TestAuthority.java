package io.apsaramqtt.certificates;

import java.io.IOException;
import java.io.StringWriter;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** A CA of a test. */
public final class TestAuthority {

    private static final AtomicLong SERIAL = new AtomicLong(System.nanoTime());
    private static final KeyPair RSA = generate("RSA", 2048);
    private static final KeyPair EC = generate("EC", 256);

    private final String name;
    private final KeyPair keys = generate("EC", 256);
    private final X509Certificate certificate;

    /** A CA of that name, such as {@code CN=Test CA}. */
    public TestAuthority(String name) {
        this.name = name;
        Instant now = Instant.now();
        certificate = sign(name, keys, now.minus(Duration.ofDays(9)), now.plus(Duration.ofDays(9)), true);
    }

    /** A key pair with its certificate and that of the CA. */
    public record Issued(KeyPair keys, List<X509Certificate> chain) {

        /** The certificates in PEM. */
        public String pem() {
            return TestAuthority.pem(chain);
        }
    }

    /** The certificate of the CA in PEM. */
    public String pem() {
        return pem(List.of(certificate));
    }

    /** A certificate that is valid now. */
    public Issued issue(String subject, KeyPair owner, String... hosts) {
        Instant now = Instant.now();
        return issue(subject, owner, now.minus(Duration.ofDays(1)), now.plus(Duration.ofDays(1)), hosts);
    }

    /** A certificate for some time. */
    public Issued issue(String subject, KeyPair owner, Instant from, Instant to, String... hosts) {
        return new Issued(owner, List.of(sign(subject, owner, from, to, false, hosts), certificate));
    }

    private X509Certificate sign(
            String subject, KeyPair owner, Instant from, Instant to, boolean authority, String... hosts) {
        try {
            X509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                    new X500Name(name),
                    BigInteger.valueOf(SERIAL.incrementAndGet()),
                    Date.from(from),
                    Date.from(to),
                    new X500Name(subject),
                    owner.getPublic());
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(authority));
            if (hosts.length > 0) {
                builder.addExtension(
                        Extension.subjectAlternativeName,
                        false,
                        new GeneralNames(Arrays.stream(hosts)
                                .map(host -> new GeneralName(
                                        Character.isDigit(host.charAt(0)) ? GeneralName.iPAddress : GeneralName.dNSName,
                                        host))
                                .toArray(GeneralName[]::new)));
            }
            return new JcaX509CertificateConverter()
                    .getCertificate(
                            builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate())));
        } catch (GeneralSecurityException | IOException | OperatorCreationException e) {
            throw new AssertionError(e);
        }
    }

    /** Certificates or keys in PEM. */
    public static String pem(List<?> objects) {
        StringWriter text = new StringWriter();
        try (JcaPEMWriter writer = new JcaPEMWriter(text)) {
            for (Object each : objects) {
                writer.writeObject(each);
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return text.toString();
    }

    /** One for all: making it takes long. */
    public static KeyPair rsa() {
        return RSA;
    }

    /** One for all. */
    public static KeyPair ec() {
        return EC;
    }

    private static KeyPair generate(String algorithm, int bits) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
            generator.initialize(bits);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }
}
