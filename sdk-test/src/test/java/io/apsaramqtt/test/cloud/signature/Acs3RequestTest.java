package io.apsaramqtt.test.cloud.signature;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.apsaramqtt.test.cloud.wire.CloudErrorException;
import io.apsaramqtt.test.cloud.wire.WireRequest;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The example of the page "V3 request structure and signature", and what becomes of it when one thing is changed. */
class Acs3RequestTest {

    private static final String SECRET = "YourAccessKeySecret";
    private static final String QUERY =
            "ImageId=win2019_1809_x64_dtc_zh-cn_40G_alibase_20230811.vhd&RegionId=cn-shanghai";
    private static final String EMPTY = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
    private static final String SIGNED_HEADERS =
            "host;x-acs-action;x-acs-content-sha256;x-acs-date;x-acs-signature-nonce;x-acs-version";
    private static final String SIGNATURE = "06563a9e1b43f5dfe96b81484da74bceab24a1d853912eee15083a6f0f3283c0";
    private static final Map<String, String> HEADERS = Map.of(
            "Host", "ecs.cn-shanghai.aliyuncs.com",
            "x-acs-action", "RunInstances",
            "x-acs-content-sha256", EMPTY,
            "x-acs-date", "2023-10-26T10:22:32Z",
            "x-acs-signature-nonce", "3156853299f313e23d1673dc12e1703d",
            "x-acs-version", "2014-05-26");

    @Test
    void theExampleOfThePageIsVerified() {
        assertThatCode(() -> request("POST", "/", QUERY, HEADERS, "", SIGNED_HEADERS, SIGNATURE)
                        .verify(SECRET))
                .doesNotThrowAnyException();
    }

    @Test
    void anotherSecretDoesNotMatch() {
        assertRefused(
                "SignatureDoesNotMatch",
                request("POST", "/", QUERY, HEADERS, "", SIGNED_HEADERS, SIGNATURE),
                "YourAccessKeySecreT");
    }

    @ParameterizedTest
    @CsvSource({"GET,/,''", "POST,/path,''", "POST,/,&Extra=1"})
    void anotherMethodPathOrQueryDoesNotMatch(String method, String path, String more) {
        assertRefused(
                "SignatureDoesNotMatch",
                request(method, path, QUERY + more, HEADERS, "", SIGNED_HEADERS, SIGNATURE),
                SECRET);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Host", "x-acs-action", "x-acs-date", "x-acs-signature-nonce", "x-acs-version"})
    void anAlteredHeaderDoesNotMatch(String name) {
        Map<String, String> headers = new TreeMap<>(HEADERS);
        headers.computeIfPresent(name, (same, value) -> value + "0");

        assertRefused(
                "SignatureDoesNotMatch", request("POST", "/", QUERY, headers, "", SIGNED_HEADERS, SIGNATURE), SECRET);
    }

    @Test
    void eachByteOfTheSignatureCounts() {
        for (int i = 0; i < SIGNATURE.length(); i++) {
            char other = SIGNATURE.charAt(i) == '0' ? '1' : '0';
            String mutated = SIGNATURE.substring(0, i) + other + SIGNATURE.substring(i + 1);

            assertRefused(
                    "SignatureDoesNotMatch", request("POST", "/", QUERY, HEADERS, "", SIGNED_HEADERS, mutated), SECRET);
        }
    }

    @Test
    void aBodyThatIsNotHashedDoesNotMatch() {
        assertRefused(
                "SignatureDoesNotMatch",
                request("POST", "/", QUERY, HEADERS, "a=b", SIGNED_HEADERS, SIGNATURE),
                SECRET);
    }

    @Test
    void aHashOfTheAlteredBodyDoesNotMatchEither() {
        Map<String, String> headers = new TreeMap<>(HEADERS);
        headers.put("x-acs-content-sha256", Digests.sha256Hex("a=b".getBytes(StandardCharsets.UTF_8)));

        assertRefused(
                "SignatureDoesNotMatch",
                request("POST", "/", QUERY, headers, "a=b", SIGNED_HEADERS, SIGNATURE),
                SECRET);
    }

    @ParameterizedTest
    @ValueSource(strings = {"x-acs-security-token", "content-type", "x-acs-anything"})
    void anUnsignedHeaderIsIncomplete(String name) {
        Map<String, String> headers = new TreeMap<>(HEADERS);
        headers.put(name, "x");

        assertRefused(
                "IncompleteSignature", request("POST", "/", QUERY, headers, "", SIGNED_HEADERS, SIGNATURE), SECRET);
    }

    @Test
    void anUnsortedListOfHeadersIsIncomplete() {
        String unsorted = SIGNED_HEADERS.replace("host;x-acs-action", "x-acs-action;host");

        assertRefused("IncompleteSignature", request("POST", "/", QUERY, HEADERS, "", unsorted, SIGNATURE), SECRET);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Basic abc",
                "ACS3-HMAC-SHA256 Credential=a,SignedHeaders=host",
                "ACS3-HMAC-SHA256 Credential=a,SignedHeaders=host,Signature=abc",
                "ACS3-HMAC-SM3 Credential=a,SignedHeaders=host,Signature=" + SIGNATURE
            })
    void anotherFormOfTheHeaderIsIncomplete(String authorization) {
        WireRequest wire = new WireRequest("POST", "/", QUERY, HEADERS, new byte[0]);

        assertThatExceptionOfType(CloudErrorException.class)
                .isThrownBy(() -> new Acs3Request(wire, authorization))
                .matches(error -> error.code().equals("IncompleteSignature"));
    }

    private static void assertRefused(String code, Acs3Request request, String secret) {
        assertThatExceptionOfType(CloudErrorException.class)
                .isThrownBy(() -> request.verify(secret))
                .matches(error -> error.code().equals(code), code);
    }

    private static Acs3Request request(
            String method,
            String path,
            String query,
            Map<String, String> headers,
            String body,
            String signedHeaders,
            String signature) {
        return new Acs3Request(
                new WireRequest(method, path, query, headers, body.getBytes(StandardCharsets.UTF_8)),
                "ACS3-HMAC-SHA256 Credential=YourAccessKeyId,SignedHeaders=" + signedHeaders + ",Signature="
                        + signature);
    }
}
