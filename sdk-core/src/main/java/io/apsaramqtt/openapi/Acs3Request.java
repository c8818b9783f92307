package io.apsaramqtt.openapi;

import io.apsaramqtt.credentials.AccessKey;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A call as it is sent and signed by ACS3-HMAC-SHA256 (page "V3 request structure and signature"): parameters in the query, or
 * in a form where the query would be too long for a gateway; every header that is signed in lower case.
 *
 * @param endpoint scheme, host and port
 * @param query sorted by name; empty if the parameters are in the body
 * @param headers those that are signed, sorted by name
 * @param body the form, or nothing
 */
record Acs3Request(URI endpoint, SortedMap<String, String> query, SortedMap<String, String> headers, String body) {

    static final String ALGORITHM = "ACS3-HMAC-SHA256";

    private static final String METHOD = "POST";
    private static final String PATH = "/";

    /** Gateways take 8 KB of request line and headers for certain. */
    private static final int LONGEST_QUERY = 4_000;

    static Acs3Request of(OpenApiCall call, AccessKey accessKey, Instant now, String nonce) {
        TreeMap<String, String> parameters = new TreeMap<>(call.parameters());
        String form = joined(parameters);
        boolean inBody = form.length() > LONGEST_QUERY;
        String body = inBody ? form : "";
        TreeMap<String, String> headers = new TreeMap<>(Map.of(
                "host", call.host(),
                "x-acs-action", call.action(),
                "x-acs-version", call.version(),
                "x-acs-date", now.truncatedTo(ChronoUnit.SECONDS).toString(),
                "x-acs-signature-nonce", nonce,
                "x-acs-content-sha256", sha256(body)));
        accessKey.securityToken().ifPresent(token -> headers.put("x-acs-security-token", token));
        if (inBody) {
            headers.put("content-type", "application/x-www-form-urlencoded");
        }
        return new Acs3Request(call.endpoint(), inBody ? new TreeMap<>() : parameters, headers, body);
    }

    /** The request in the one form that both sides sign. */
    String canonicalRequest() {
        String canonicalHeaders = headers.entrySet().stream()
                .map(header -> header.getKey() + ":" + header.getValue().strip() + "\n")
                .collect(Collectors.joining());
        return String.join("\n", METHOD, PATH, joined(query), canonicalHeaders, signedHeaders(), sha256(body));
    }

    String authorization(AccessKey accessKey) {
        String toSign = ALGORITHM + "\n" + sha256(canonicalRequest());
        return ALGORITHM + " Credential=" + accessKey.id() + ",SignedHeaders=" + signedHeaders() + ",Signature="
                + hmac(accessKey.secret(), toSign);
    }

    HttpRequest toHttp(AccessKey accessKey) {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        endpoint.resolve(query.isEmpty() ? PATH : PATH + "?" + joined(query)))
                .header("Authorization", authorization(accessKey))
                .header("Accept", "application/json")
                .header("User-Agent", "apsara-mqtt")
                .POST(body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        // The client writes the host itself, as it stands in the URI.
        headers.forEach((name, value) -> {
            if (!name.equals("host")) {
                request.header(name, value);
            }
        });
        return request.build();
    }

    private String signedHeaders() {
        return String.join(";", headers.keySet());
    }

    private static String joined(SortedMap<String, String> parameters) {
        return parameters.entrySet().stream()
                .map(parameter -> encoded(parameter.getKey()) + "=" + encoded(parameter.getValue()))
                .collect(Collectors.joining("&"));
    }

    /** Percent-encoded as RFC 3986 has it: everything but letters, digits and {@code -_.~}. */
    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("*", "%2A")
                .replace("%7E", "~");
    }

    private static String sha256(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("SHA-256 is missing from this Java runtime; every one must have it", e);
        }
    }

    private static String hmac(String secret, String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("HmacSHA256 is missing from this Java runtime; every one must have it", e);
        }
    }

    /** Never headers, parameters or body: they may hold a security token or a token. */
    @Override
    public String toString() {
        return "Acs3Request[" + headers.get("x-acs-action") + "]";
    }
}
