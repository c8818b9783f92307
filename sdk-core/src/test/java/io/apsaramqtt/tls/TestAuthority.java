package io.apsaramqtt.tls;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
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
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** A CA of a test. */
final class TestAuthority {

    private static final AtomicLong SERIAL = new AtomicLong(System.nanoTime());
    private static final KeyPair RSA = generate("RSA");

    private final KeyPair keys = ec();
    private final X509Certificate certificate;

    TestAuthority(String name) {
        certificate =
                sign(name, keys, name, keys, now().minus(Duration.ofDays(2)), now().plus(Duration.ofDays(2)), true);
    }

    /** A key pair with its certificate and that of the CA. */
    record Issued(KeyPair keys, List<X509Certificate> chain) {

        X509Certificate certificate() {
            return chain.get(0);
        }
    }

    static Instant now() {
        return Instant.now();
    }

    X509Certificate certificate() {
        return certificate;
    }

    Issued issue(String subject, KeyPair owner, String... hosts) {
        return issue(subject, owner, now().minus(Duration.ofDays(1)), now().plus(Duration.ofDays(1)), hosts);
    }

    Issued issue(String subject, KeyPair owner, Instant from, Instant to, String... hosts) {
        return new Issued(
                owner,
                List.of(
                        sign(
                                subject,
                                owner,
                                certificate.getSubjectX500Principal().getName(),
                                keys,
                                from,
                                to,
                                false,
                                hosts),
                        certificate));
    }

    static Issued selfSigned(String subject, KeyPair owner, String... hosts) {
        return new Issued(
                owner,
                List.of(sign(
                        subject,
                        owner,
                        subject,
                        owner,
                        now().minus(Duration.ofDays(1)),
                        now().plus(Duration.ofDays(1)),
                        false,
                        hosts)));
    }

    private static X509Certificate sign(
            String subject,
            KeyPair owner,
            String issuer,
            KeyPair signer,
            Instant from,
            Instant to,
            boolean authority,
            String... hosts) {
        try {
            X509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                    new X500Name(issuer),
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
            String algorithm = "RSA".equals(signer.getPrivate().getAlgorithm()) ? "SHA256withRSA" : "SHA256withECDSA";
            return new JcaX509CertificateConverter()
                    .getCertificate(builder.build(new JcaContentSignerBuilder(algorithm).build(signer.getPrivate())));
        } catch (GeneralSecurityException | IOException | OperatorCreationException e) {
            throw new AssertionError(e);
        }
    }

    /** One for all: making it takes long. */
    static KeyPair rsa() {
        return RSA;
    }

    /** A new one. */
    static KeyPair ec() {
        return generate("EC");
    }

    static KeyPair generate(String algorithm) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
            if ("EC".equals(algorithm)) {
                generator.initialize(new ECGenParameterSpec("secp256r1"));
            } else if ("RSA".equals(algorithm)) {
                generator.initialize(2048);
            }
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }
}
