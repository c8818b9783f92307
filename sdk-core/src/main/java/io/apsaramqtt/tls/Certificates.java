package io.apsaramqtt.tls;

import io.apsaramqtt.tls.TlsConfigurationException.Problem;
import java.io.ByteArrayInputStream;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import javax.security.auth.x500.X500Principal;

/** Reads X.509 certificates, and names them. */
final class Certificates {

    private static final int LONGEST_NAME = 200;
    private static final int MOST_NAMES = 3;

    private Certificates() {}

    /** The certificates of {@code source} in order, at least one. */
    static List<X509Certificate> read(String thing, PemSource source) {
        List<PemBlock> blocks = source.blocks(thing);
        List<X509Certificate> certificates = new ArrayList<>();
        for (PemBlock block : blocks) {
            if (block.isCertificate()) {
                certificates.add(parse(thing, block, certificates.size() + 1));
            }
        }
        if (certificates.isEmpty()) {
            throw new TlsConfigurationException(
                    Problem.NO_CERTIFICATE,
                    thing,
                    source.name(),
                    "holds no certificate" + (blocks.isEmpty() ? ", no PEM at all" : ", but " + blocks)
                            + ". A line -----BEGIN CERTIFICATE----- is expected; a DER file becomes PEM by: openssl x509"
                            + " -inform DER -in <file> -out <file>.pem");
        }
        return certificates;
    }

    private static X509Certificate parse(String thing, PemBlock block, int number) {
        try {
            Certificate certificate = CertificateFactory.getInstance("X.509")
                    .generateCertificate(new ByteArrayInputStream(block.der(thing)));
            return (X509Certificate) certificate;
        } catch (CertificateException e) {
            throw new TlsConfigurationException(
                    Problem.MALFORMED,
                    thing,
                    block.source(),
                    "has a certificate (number " + number + ") that cannot be read: " + e.getMessage(),
                    e);
        }
    }

    /** The subject in brackets. */
    static String subject(X509Certificate certificate) {
        return "[" + name(certificate.getSubjectX500Principal()) + "]";
    }

    /** A name that may come from a stranger: without control characters, and not endless. */
    static String name(X500Principal principal) {
        return printable(principal.getName());
    }

    static String printable(String text) {
        String line = text.replaceAll("\\p{Cntrl}", "?");
        return line.length() <= LONGEST_NAME ? line : line.substring(0, LONGEST_NAME) + "...";
    }

    /** The subjects of the first few. */
    static String subjects(Collection<X509Certificate> certificates) {
        String first = certificates.stream()
                .limit(MOST_NAMES)
                .map(Certificates::subject)
                .collect(Collectors.joining(", "));
        return certificates.size() <= MOST_NAMES
                ? first
                : first + " and " + (certificates.size() - MOST_NAMES) + " more";
    }
}
