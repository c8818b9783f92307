package io.apsaramqtt.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import com.aliyun.openapiutil.Client;
import com.aliyun.tea.TeaRequest;
import io.apsaramqtt.credentials.AccessKey;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * For the same call, date and nonce our signature is the one of the official library. It covers the canonical request, so
 * equal signatures are equal canonical requests.
 */
class OfficialSignatureTest {

    private static final URI ENDPOINT = URI.create("http://127.0.0.1:8080");
    private static final Instant NOW = Instant.parse("2026-11-21T08:00:00Z");
    private static final String NONCE = "3156853299f313e23d1673dc12e1703d";
    private static final AccessKey PERMANENT = AccessKey.of("LTAI5tInteropAccount", "account-secret/+=");
    private static final AccessKey TEMPORARY =
            AccessKey.temporary("STS.NInteropSession", "session-secret", "CAIS+token/with=all&it%may~hold*");

    static List<Map<String, String>> parameters() {
        Map<String, String> numbered = new TreeMap<>();
        IntStream.rangeClosed(1, 12).forEach(i -> numbered.put("Topic." + i, "t" + i));
        return Stream.concat(
                        Stream.of(
                                        "",
                                        " ",
                                        "a b",
                                        "+",
                                        "a+b",
                                        "*",
                                        "~",
                                        "/",
                                        "%",
                                        "%2F",
                                        "&=?#",
                                        "\"'<>",
                                        "-_.",
                                        ",;:@!$()[]")
                                .map(value -> Map.of("Value", value)),
                        Stream.of(
                                Map.of("Value", "温度/é/😀"),
                                Map.of("名", "x", "a中", "y", "a-b", "z", "aZ", "w"),
                                Map.of("b", "1", "B", "2", "a", "3", "A", "4", "_", "5", "0", "6"),
                                Map.of("Value", "line\nand\ttab"),
                                Map.of("Resources", "alarms/#,plants/+", "Long", "x+ y*~/".repeat(1_000)),
                                numbered,
                                Map.<String, String>of()))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("parameters")
    void isTheSignatureOfThePermanentAccessKey(Map<String, String> parameters) throws Exception {
        assertSameSignature(parameters, PERMANENT);
    }

    @ParameterizedTest
    @MethodSource("parameters")
    void isTheSignatureOfTheTemporaryAccessKey(Map<String, String> parameters) throws Exception {
        assertSameSignature(parameters, TEMPORARY);
    }

    private static void assertSameSignature(Map<String, String> parameters, AccessKey accessKey) throws Exception {
        OpenApiCall call = OpenApiCall.reading(ENDPOINT, "2015-05-01", "GetPolicy", parameters);

        Acs3Request ours = Acs3Request.of(call, accessKey, NOW, NONCE);

        assertThat(ours.authorization(accessKey)).isEqualTo(official(ours, accessKey));
    }

    /** Headers and parameters as they are sent; what becomes of them is computed by the official library alone. */
    private static String official(Acs3Request sent, AccessKey accessKey) throws Exception {
        TeaRequest request = new TeaRequest();
        request.method = "POST";
        request.pathname = "/";
        request.headers = new HashMap<>(sent.headers());
        request.query = new HashMap<>(sent.query());
        String hash = Client.hexEncode(Client.hash(sent.body().getBytes(StandardCharsets.UTF_8), "ACS3-HMAC-SHA256"));
        return Client.getAuthorization(request, "ACS3-HMAC-SHA256", hash, accessKey.id(), accessKey.secret());
    }
}
