package io.apsaramqtt.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import io.apsaramqtt.credentials.AccessKey;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

class Acs3RequestTest {

    private static final Instant NOW = Instant.parse("2026-11-21T18:50:43.123456Z");
    private static final String EMPTY_SHA256 = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
    private static final URI RAM = URI.create("https://ram.aliyuncs.com");

    @Test
    void theCanonicalRequestIsWrittenLineByLineAsThePageHasIt() {
        Acs3Request request = request(Map.of("UserName", "sensor gateway", "A", "*~/+中"), Calls.ACCESS_KEY);
        assertThat(request.canonicalRequest())
                .isEqualTo(String.join(
                        "\n",
                        "POST",
                        "/",
                        "A=%2A~%2F%2B%E4%B8%AD&UserName=sensor%20gateway",
                        "host:ram.aliyuncs.com",
                        "x-acs-action:ListPoliciesForUser",
                        "x-acs-content-sha256:" + EMPTY_SHA256,
                        "x-acs-date:2026-11-21T18:50:43Z",
                        "x-acs-signature-nonce:nonce-1",
                        "x-acs-version:2015-05-01",
                        "",
                        "host;x-acs-action;x-acs-content-sha256;x-acs-date;x-acs-signature-nonce;x-acs-version",
                        EMPTY_SHA256));
    }

    @Test
    void theExampleOfThePageIsSignedAsThePageHasIt() {
        // Page "V3 request structure and signature", section on a fixed example: ECS RunInstances.
        java.util.TreeMap<String, String> headers = new java.util.TreeMap<>(Map.of(
                "host", "ecs.cn-shanghai.aliyuncs.com",
                "x-acs-action", "RunInstances",
                "x-acs-content-sha256", EMPTY_SHA256,
                "x-acs-date", "2023-10-26T10:22:32Z",
                "x-acs-signature-nonce", "3156853299f313e23d1673dc12e1703d",
                "x-acs-version", "2014-05-26"));
        java.util.TreeMap<String, String> query = new java.util.TreeMap<>(
                Map.of("ImageId", "win2019_1809_x64_dtc_zh-cn_40G_alibase_20230811.vhd", "RegionId", "cn-shanghai"));
        Acs3Request request = new Acs3Request(URI.create("https://ecs.cn-shanghai.aliyuncs.com"), query, headers, "");
        assertThat(request.authorization(AccessKey.of("YourAccessKeyId", "YourAccessKeySecret")))
                .isEqualTo("ACS3-HMAC-SHA256 Credential=YourAccessKeyId,SignedHeaders=host;x-acs-action;"
                        + "x-acs-content-sha256;x-acs-date;x-acs-signature-nonce;x-acs-version,"
                        + "Signature=06563a9e1b43f5dfe96b81484da74bceab24a1d853912eee15083a6f0f3283c0");
    }

    @Test
    void theSignatureIsTheHmacOfTheHashOfTheCanonicalRequest() throws Exception {
        Acs3Request request = request(Map.of(), Calls.ACCESS_KEY);
        String hash = HexFormat.of()
                .formatHex(MessageDigest.getInstance("SHA-256")
                        .digest(request.canonicalRequest().getBytes(StandardCharsets.UTF_8)));
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(Calls.ACCESS_KEY.secret().getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        String signature =
                HexFormat.of().formatHex(mac.doFinal(("ACS3-HMAC-SHA256\n" + hash).getBytes(StandardCharsets.UTF_8)));
        assertThat(request.authorization(Calls.ACCESS_KEY))
                .startsWith("ACS3-HMAC-SHA256 Credential=LTAI5tExampleIdQx9,SignedHeaders=host;")
                .endsWith(",Signature=" + signature);
    }

    @Test
    void aTemporaryKeySendsAndSignsItsSecurityToken() {
        Acs3Request request = request(Map.of(), AccessKey.temporary("STS.id", "secret", "the-token"));
        assertThat(request.canonicalRequest())
                .contains("\nx-acs-security-token:the-token\n")
                .contains(";x-acs-security-token;");
        assertThat(request.toHttp(Calls.ACCESS_KEY).headers().firstValue("x-acs-security-token"))
                .contains("the-token");
    }

    @Test
    void parametersTooLongForAQueryAreSentAsAForm() {
        Acs3Request request = request(Map.of("Resources", "t/".repeat(3_000)), Calls.ACCESS_KEY);
        HttpRequest http = request.toHttp(Calls.ACCESS_KEY);
        assertThat(http.uri()).isEqualTo(URI.create("https://ram.aliyuncs.com/"));
        assertThat(http.headers().firstValue("content-type")).contains("application/x-www-form-urlencoded");
        assertThat(http.bodyPublisher().orElseThrow().contentLength()).isEqualTo("Resources=".length() + 3_000 * 4);
        assertThat(request.canonicalRequest())
                .startsWith("POST\n/\n\ncontent-type:application/x-www-form-urlencoded\n")
                .doesNotContain(EMPTY_SHA256);
    }

    @Test
    void onlyTheActionIsPrinted() {
        assertThat(request(Map.of("Token", "hidden"), AccessKey.temporary("STS.id", "secret", "hidden")))
                .hasToString("Acs3Request[ListPoliciesForUser]");
    }

    private static Acs3Request request(Map<String, String> parameters, AccessKey accessKey) {
        OpenApiCall call = OpenApiCall.reading(RAM, "2015-05-01", "ListPoliciesForUser", parameters);
        return Acs3Request.of(call, accessKey, NOW, "nonce-1");
    }
}
