package io.apsaramqtt.tls;

import io.apsaramqtt.tls.TlsConfigurationException.Problem;
import java.util.Base64;

/**
 * One block of PEM (RFC 7468). Immutable.
 *
 * @param source the name of the file it stands in
 * @param label what it holds, as in {@code CERTIFICATE}
 * @param text all of it, BEGIN and END line included
 * @param body what stands between those lines
 */
record PemBlock(String source, String label, String text, String body) {

    boolean isCertificate() {
        return "CERTIFICATE".equals(label) || "X509 CERTIFICATE".equals(label);
    }

    boolean isPrivateKey() {
        return label.endsWith("PRIVATE KEY");
    }

    byte[] der(String thing) {
        try {
            return Base64.getDecoder().decode(body.replaceAll("\\s", ""));
        } catch (IllegalArgumentException e) {
            throw new TlsConfigurationException(
                    Problem.MALFORMED,
                    thing,
                    source,
                    "has a " + label + " block that is not Base64: " + e.getMessage(),
                    e);
        }
    }

    /** The label alone: the text may be a private key. */
    @Override
    public String toString() {
        return label;
    }
}
