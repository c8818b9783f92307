package io.apsaramqtt.tls;

import io.apsaramqtt.tls.HandshakeFailure.Reason;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertPathValidatorException.BasicReason;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.CertificateParsingException;
import java.security.cert.PKIXReason;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Why the server's certificate was not accepted.
 *
 * @param host of the endpoint
 */
record ServerCertificateDiagnosis(String host) {

    private static final int DNS_NAME = 2;
    private static final int IP_ADDRESS = 7;

    HandshakeFailure of(List<Throwable> causes) {
        Optional<ServerCertificateException> evidence = causes.stream()
                .filter(ServerCertificateException.class::isInstance)
                .map(ServerCertificateException.class::cast)
                .findFirst();
        List<X509Certificate> sent =
                evidence.map(ServerCertificateException::sent).orElse(List.of());
        Reason reason = reason(causes);
        Throwable root = causes.get(causes.size() - 1);
        return new HandshakeFailure(
                reason,
                switch (reason) {
                    case WRONG_HOST -> wrongHost(sent);
                    case SERVER_CERTIFICATE_EXPIRED ->
                        certificate(outOfDate(sent))
                                + outOfDate(sent)
                                        .map(each -> " expired at "
                                                + each.getNotAfter().toInstant())
                                        .orElse(" has expired (" + root.getMessage() + ")")
                                + ". It must be renewed on the server; if it is valid there, check the clock of this machine";
                    case SERVER_CERTIFICATE_NOT_YET_VALID ->
                        certificate(outOfDate(sent))
                                + outOfDate(sent)
                                        .map(each -> " is valid only from "
                                                + each.getNotBefore().toInstant())
                                        .orElse(" is not valid yet (" + root.getMessage() + ")")
                                + ". Check the clock of this machine";
                    case UNKNOWN_CA -> unknownCa(sent, evidence);
                    default ->
                        certificate(sent.stream().findFirst()) + " is not accepted: "
                                + Certificates.printable(String.valueOf(root.getMessage()))
                                + ". Have one issued that fits";
                });
    }

    private static Reason reason(List<Throwable> causes) {
        if (any(causes, CertificateExpiredException.class) || any(causes, BasicReason.EXPIRED)) {
            return Reason.SERVER_CERTIFICATE_EXPIRED;
        }
        if (any(causes, CertificateNotYetValidException.class) || any(causes, BasicReason.NOT_YET_VALID)) {
            return Reason.SERVER_CERTIFICATE_NOT_YET_VALID;
        }
        // A signature that does not verify: a CA of the same name with another key.
        if (any(causes, CertPathBuilderException.class)
                || any(causes, PKIXReason.NO_TRUST_ANCHOR)
                || any(causes, BasicReason.INVALID_SIGNATURE)) {
            return Reason.UNKNOWN_CA;
        }
        return causes.stream()
                        .filter(CertificateException.class::isInstance)
                        .map(each -> String.valueOf(each.getMessage()))
                        .anyMatch(words ->
                                words.startsWith("No subject alternative") || words.startsWith("No name matching"))
                ? Reason.WRONG_HOST
                : Reason.SERVER_CERTIFICATE_NOT_ACCEPTED;
    }

    private static boolean any(List<Throwable> causes, Class<? extends Throwable> type) {
        return causes.stream().anyMatch(type::isInstance);
    }

    private static boolean any(List<Throwable> causes, CertPathValidatorException.Reason reason) {
        return causes.stream()
                .anyMatch(each -> each instanceof CertPathValidatorException path && path.getReason() == reason);
    }

    private String wrongHost(List<X509Certificate> sent) {
        return "the server's certificate is not for the host [" + host + "]"
                + sent.stream()
                        .findFirst()
                        .map(each -> ", but for " + names(each))
                        .orElse("")
                + ". Connect by a name that the certificate holds, or have one issued that holds this name";
    }

    private static String names(X509Certificate certificate) {
        try {
            Collection<List<?>> names = certificate.getSubjectAlternativeNames();
            return names == null
                    ? Certificates.subject(certificate) + " without any alternative name"
                    : names.stream()
                            .filter(each ->
                                    each.get(0).equals(DNS_NAME) || each.get(0).equals(IP_ADDRESS))
                            .map(each -> Certificates.printable(String.valueOf(each.get(1))))
                            .limit(10)
                            .collect(Collectors.joining(", ", "[", "]"));
        } catch (CertificateParsingException e) {
            return Certificates.subject(certificate);
        }
    }

    private static String unknownCa(List<X509Certificate> sent, Optional<ServerCertificateException> evidence) {
        return "the server's certificate is not trusted"
                + sent.stream()
                        .findFirst()
                        .map(each -> ": it sent " + Certificates.subject(each) + ", "
                                + (each.getIssuerX500Principal().equals(each.getSubjectX500Principal())
                                        ? "self-signed"
                                        : "issued by [" + Certificates.name(each.getIssuerX500Principal()) + "]"))
                        .orElse("")
                + evidence.map(each -> "; trusted is " + each.trusted()).orElse("")
                + ". If the server is the right one, give the certificate of its CA to TrustAnchors.pem; if an intermediate"
                + " certificate is missing, the server must send it";
    }

    /** The certificate that is out of date, of all that were sent. */
    private static Optional<X509Certificate> outOfDate(List<X509Certificate> sent) {
        return sent.stream().filter(each -> !isValid(each)).findFirst();
    }

    private static boolean isValid(X509Certificate certificate) {
        try {
            certificate.checkValidity();
            return true;
        } catch (CertificateExpiredException | CertificateNotYetValidException e) {
            return false;
        }
    }

    private static String certificate(Optional<X509Certificate> certificate) {
        return "the server's certificate"
                + certificate.map(each -> " " + Certificates.subject(each)).orElse("");
    }
}
