package io.apsaramqtt.test.cloud;

import io.apsaramqtt.credentials.AccessKey;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The least that can call the fake: ACS3, parameters that need no encoding. */
final class CloudClient {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final FakeAlibabaCloud cloud;
    private final AccessKey accessKey;

    CloudClient(FakeAlibabaCloud cloud, AccessKey accessKey) {
        this.cloud = cloud;
        this.accessKey = accessKey;
    }

    /** Calls now, with a nonce of its own. */
    HttpResponse<String> call(String version, String action, Map<String, String> parameters) throws IOException {
        return send(signed(
                version, action, parameters, Instant.now(), UUID.randomUUID().toString()));
    }

    HttpResponse<String> send(HttpRequest request) throws IOException {
        try {
            return http.send(request, BodyHandlers.ofString());
        } catch (InterruptedException e) {
            throw new IOException("Interrupted", e);
        }
    }

    HttpRequest signed(String version, String action, Map<String, String> parameters, Instant at, String nonce) {
        StringBuilder query = new StringBuilder();
        new TreeMap<>(parameters)
                .forEach((name, value) -> query.append(query.isEmpty() ? "" : "&")
                        .append(name)
                        .append('=')
                        .append(value));
        Map<String, String> headers = new TreeMap<>(Map.of(
                "x-acs-action", action,
                "x-acs-version", version,
                "x-acs-date", at.truncatedTo(ChronoUnit.SECONDS).toString(),
                "x-acs-signature-nonce", nonce,
                "x-acs-content-sha256", hash("")));
        accessKey.securityToken().ifPresent(token -> headers.put("x-acs-security-token", token));
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(cloud.endpoint() + "/?" + query))
                .timeout(PATIENCE)
                .POST(HttpRequest.BodyPublishers.noBody());
        headers.forEach(request::header);
        headers.put("host", cloud.host());
        return request.header("Authorization", authorization(query.toString(), headers))
                .build();
    }

    private String authorization(String query, Map<String, String> headers) {
        StringBuilder lines = new StringBuilder();
        headers.forEach(
                (name, value) -> lines.append(name).append(':').append(value).append('\n'));
        String names = String.join(";", headers.keySet());
        String canonical = "POST\n/\n" + query + "\n" + lines + "\n" + names + "\n" + hash("");
        return "ACS3-HMAC-SHA256 Credential=" + accessKey.id() + ",SignedHeaders=" + names + ",Signature="
                + hmac("ACS3-HMAC-SHA256\n" + hash(canonical));
    }

    private String hmac(String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(accessKey.secret().getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String hash(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
