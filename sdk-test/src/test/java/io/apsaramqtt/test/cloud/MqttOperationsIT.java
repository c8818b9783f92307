package io.apsaramqtt.test.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import io.apsaramqtt.authentication.TokenType;
import io.apsaramqtt.credentials.AccessKey;
import io.apsaramqtt.policy.Policy;
import io.apsaramqtt.test.cloud.mqtt.IssuedDeviceCredential;
import io.apsaramqtt.test.cloud.mqtt.IssuedToken;
import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tokens and device credentials: the rules of the pages, and what a broker can see of them. */
class MqttOperationsIT {

    private static final AccessKey ACCOUNT = AccessKey.of("LTAI5tCloudAccount", "account-secret");
    private static final AccessKey SERVER = AccessKey.of("LTAI5tCloudServer", "server-secret");
    private static final String INSTANCE = "post-cn-cloud";
    private static final Pattern TOKEN = Pattern.compile("\"Token\":\"([^\"]+)\"");

    private FakeAlibabaCloud cloud;

    @BeforeEach
    void start() {
        cloud = FakeAlibabaCloud.builder()
                .account(ACCOUNT)
                .user("server", SERVER, Policy.parse("tokens", """
                                {"Version":"1","Statement":[
                                 {"Effect":"Allow","Action":"mq:MqttInstanceAccess","Resource":"acs:mq:*:*:instance/post-cn-cloud"},
                                 {"Effect":"Allow","Action":"mq:ApplyToken","Resource":"acs:mq:*:*:topic/post-cn-cloud/alarms"}]}"""))
                .instance(INSTANCE)
                .start();
    }

    @AfterEach
    void stop() {
        cloud.close();
    }

    @Test
    void aTokenIsKnownToABroker() throws IOException {
        Instant expiresAt = Instant.ofEpochMilli(Instant.now().plusSeconds(3600).toEpochMilli());

        IssuedToken token = cloud.issued()
                .token(token(apply(ACCOUNT, "alarms/#,plants/+", "R,W", expiresAt)))
                .orElseThrow();

        assertThat(token.instanceId()).isEqualTo(INSTANCE);
        assertThat(token.resources()).containsExactly("alarms/#", "plants/+");
        assertThat(token.type()).isEqualTo(TokenType.RW);
        assertThat(token.expiresAt()).isEqualTo(expiresAt);
        assertThat(token.isValid(expiresAt.minusMillis(1))).isTrue();
        assertThat(token.isValid(expiresAt)).isFalse();
    }

    @Test
    void aTokenLivesThirtyDaysAtMost() throws IOException {
        Instant before = Instant.now();
        IssuedToken token = cloud.issued()
                .token(token(apply(ACCOUNT, "a", "R", before.plus(Duration.ofDays(31)))))
                .orElseThrow();

        assertThat(token.expiresAt())
                .isBetween(before.plus(Duration.ofDays(30)), Instant.now().plus(Duration.ofDays(30)));
    }

    @Test
    void aRevokedTokenIsNoLongerValid() throws IOException {
        String token = token(apply(ACCOUNT, "a", "W", Instant.now().plusSeconds(3600)));
        assertThat(call(ACCOUNT, "QueryToken", Map.of("Token", token)).body()).contains("\"TokenStatus\":true");

        assertThat(call(ACCOUNT, "RevokeToken", Map.of("Token", token)).statusCode())
                .isEqualTo(200);

        assertThat(call(ACCOUNT, "QueryToken", Map.of("Token", token)).body()).contains("\"TokenStatus\":false");
        assertThat(cloud.issued().token(token).orElseThrow().revoked()).isTrue();
        assertError(call(ACCOUNT, "RevokeToken", Map.of("Token", "made-up")), "ParameterCheckFailed");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {"b,a;R", "a,;R", "a;RW", "a;W,R", "a;r", "a/#/b;R", "a+;W"})
    void aTokenAgainstTheRulesIsRefused(String resources, String actions) throws IOException {
        assertError(apply(ACCOUNT, resources, actions, Instant.now().plusSeconds(3600)), "ParameterCheckFailed");
    }

    @Test
    void aTokenHasAHundredResourcesAtMost() throws IOException {
        Instant expiresAt = Instant.now().plusSeconds(3600);

        assertThat(apply(ACCOUNT, resources(100), "R", expiresAt).statusCode()).isEqualTo(200);
        assertError(apply(ACCOUNT, resources(101), "R", expiresAt), "ParameterCheckFailed");
    }

    private static String resources(int count) {
        return IntStream.range(100, 100 + count).mapToObj(i -> "t" + i).collect(Collectors.joining(","));
    }

    @Test
    void aTokenLivesAMinuteAtLeast() throws IOException {
        assertError(apply(ACCOUNT, "a", "R", Instant.now().plusSeconds(59)), "ParameterCheckFailed");
    }

    @ParameterizedTest
    @ValueSource(strings = {"InstanceId", "Resources", "Actions", "ExpireTime"})
    void aMissingParameterIsNamed(String name) throws IOException {
        Map<String, String> parameters =
                new TreeMap<>(Map.of("InstanceId", INSTANCE, "Resources", "a", "Actions", "R", "ExpireTime", "1"));
        parameters.remove(name);
        CloudClient client = new CloudClient(cloud, ACCOUNT);

        assertError(client.call("2020-04-20", "ApplyToken", parameters), "Missing" + name);
    }

    @Test
    void aUserMayApplyForItsTopicsOnly() throws IOException {
        Instant expiresAt = Instant.now().plusSeconds(3600);

        assertThat(apply(SERVER, "alarms,alarms/#", "R", expiresAt).statusCode())
                .isEqualTo(200);
        assertError(apply(SERVER, "alarms/#,plants/#", "R", expiresAt), "PermissionCheckFailed");
        cloud.account().user("server").detachAll();
        assertError(apply(SERVER, "alarms", "R", expiresAt), "InstancePermissionCheckFailed");
    }

    @Test
    void anInstanceOfSomebodyElseIsRefused() throws IOException {
        CloudClient client = new CloudClient(cloud, ACCOUNT);

        assertError(
                client.call("2020-04-20", "QueryToken", Map.of("InstanceId", "post-cn-other", "Token", "t")),
                "InstancePermissionCheckFailed");
    }

    @Test
    void aDeviceHasOneCredential() throws IOException {
        Map<String, String> device = Map.of("ClientId", "GID_a@@@b");
        call(ACCOUNT, "RegisterDeviceCredential", device);
        IssuedDeviceCredential first = credential();
        call(ACCOUNT, "RefreshDeviceCredential", device);
        IssuedDeviceCredential refreshed = credential();
        call(ACCOUNT, "RegisterDeviceCredential", device);
        IssuedDeviceCredential second = credential();

        assertThat(first.accessKeyId()).startsWith("DC.");
        assertThat(refreshed.accessKeyId()).isEqualTo(first.accessKeyId());
        assertThat(refreshed.accessKeySecret()).isNotEqualTo(first.accessKeySecret());
        assertThat(second.accessKeyId()).isNotEqualTo(first.accessKeyId());
        assertThat(call(ACCOUNT, "GetDeviceCredential", device).body()).contains(second.accessKeySecret());
        assertThat(second.toString()).doesNotContain(second.accessKeySecret());
    }

    private IssuedDeviceCredential credential() {
        return cloud.issued().deviceCredential(INSTANCE, "GID_a@@@b").orElseThrow();
    }

    @ParameterizedTest
    @ValueSource(strings = {"GetDeviceCredential", "RefreshDeviceCredential", "UnRegisterDeviceCredential"})
    void aDeviceThatIsNotRegisteredIsRefused(String action) throws IOException {
        assertError(call(ACCOUNT, action, Map.of("ClientId", "GID_a@@@b")), "ParameterCheckFailed");
    }

    @Test
    void aClientIdHasTheFormOfTheService() throws IOException {
        assertError(call(ACCOUNT, "RegisterDeviceCredential", Map.of("ClientId", "device")), "ParameterCheckFailed");
    }

    @Test
    void aUserNeedsTheActionOfEachOperation() throws IOException {
        assertError(call(SERVER, "RegisterDeviceCredential", Map.of("ClientId", "GID_a@@@b")), "PermissionCheckFailed");
        assertError(call(SERVER, "QueryToken", Map.of("Token", "t")), "PermissionCheckFailed");
    }

    private HttpResponse<String> apply(AccessKey accessKey, String resources, String actions, Instant expiresAt)
            throws IOException {
        return call(
                accessKey,
                "ApplyToken",
                Map.of("Resources", resources, "Actions", actions, "ExpireTime", "" + expiresAt.toEpochMilli()));
    }

    private HttpResponse<String> call(AccessKey accessKey, String action, Map<String, String> parameters)
            throws IOException {
        Map<String, String> encoded = new TreeMap<>(Map.of("InstanceId", INSTANCE));
        parameters.forEach((name, value) -> encoded.put(
                name, URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20")));
        return new CloudClient(cloud, accessKey).call("2020-04-20", action, encoded);
    }

    private static String token(HttpResponse<String> answer) {
        Matcher matcher = TOKEN.matcher(answer.body());
        assertThat(matcher.find()).as(answer.body()).isTrue();
        return matcher.group(1);
    }

    private static void assertError(HttpResponse<String> answer, String code) {
        assertThat(answer.body()).contains("\"Code\":\"" + code + "\"");
        assertThat(answer.statusCode()).isEqualTo(400);
    }
}
