package io.apsaramqtt.openapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.apsaramqtt.authentication.DeviceCredential;
import io.apsaramqtt.authentication.Token;
import io.apsaramqtt.authentication.TokenProvider;
import io.apsaramqtt.authentication.TokenType;
import io.apsaramqtt.authentication.Tokens;
import io.apsaramqtt.credentials.AccessKey;
import io.apsaramqtt.credentials.CredentialsProvider;
import io.apsaramqtt.mqtt.ClientId;
import io.apsaramqtt.mqtt.ServiceRuleException;
import io.apsaramqtt.mqtt.TopicFilter;
import io.apsaramqtt.openapi.CloudServer.Answer;
import io.apsaramqtt.openapi.OpenApiException.Reason;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class MqttOpenApiTest {

    private static final Instant NOW = Instant.parse("2026-11-21T16:00:00.123456Z");
    private static final ClientId CLIENT = ClientId.of("GID_demo", "device-1");
    private static final Duration HOUR = Duration.ofHours(1);

    private final CloudServer server = new CloudServer();
    private final MqttOpenApi api = new MqttOpenApi(
            server.uri(),
            "post-cn-demo",
            CredentialsProvider.of(Calls.ACCESS_KEY),
            new Calls().caller(Duration.ofSeconds(30), Clock.fixed(NOW, ZoneOffset.UTC)));

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void aTokenIsAppliedForAsThePageHasItAndKnowsWhatItIsFor() {
        server.on(
                "ApplyToken",
                "{\"Token\":\"LzMT+XLFl5s/YWJ/MlDz4t/Lq5HC1iGU1P28HAMaxYxn8aQbALNtml7QZKl9L9kPe6LqUb95tEVo+zUqOogs9+jZwDUSzsd4X4qaD3n2TrBEuMOqKkk1Xdrvu7VBFbaCvzs=\",\"RequestId\":\"R\"}");
        Token token = api.applyToken(
                TokenType.RW,
                List.of(TopicFilter.of("b/+"), TopicFilter.of("a/#"), TopicFilter.of("b/+"), TopicFilter.of("B")),
                HOUR);
        CloudServer.Request request = server.requests().get(0);
        assertThat(request.headers()).containsEntry("x-acs-version", "2020-04-20");
        assertThat(request.parameters())
                .containsExactly(
                        Map.entry("Actions", "R,W"),
                        Map.entry("ExpireTime", Long.toString(NOW.plus(HOUR).toEpochMilli())),
                        Map.entry("InstanceId", "post-cn-demo"),
                        Map.entry("Resources", "B,a/#,b/+"));
        assertThat(token.type()).isEqualTo(TokenType.RW);
        assertThat(token.value()).startsWith("LzMT+XLFl5s");
        assertThat(token.expiresAt()).isEqualTo(Instant.parse("2026-11-21T17:00:00.123Z"));
        assertThat(token.resources().orElseThrow())
                .extracting(TopicFilter::value)
                .containsExactly("B", "a/#", "b/+");
    }

    @Test
    void revocationsWaitForTheirTurnsAndNoOtherCallWaitsForThem() {
        AtomicLong now = new AtomicLong();
        List<Duration> waits = new ArrayList<>();
        MqttOpenApi paced = new MqttOpenApi(
                server.uri(),
                "post-cn-demo",
                CredentialsProvider.of(Calls.ACCESS_KEY),
                new Calls()
                        .caller(
                                Duration.ofSeconds(30),
                                Clock.fixed(NOW, ZoneOffset.UTC),
                                MqttOpenApi.paces(rate -> new Pace(rate, now::get, time -> {
                                    waits.add(time);
                                    now.addAndGet(time.toNanos());
                                }))));
        server.on("RevokeToken", "{\"RequestId\":\"R\"}");
        server.on("QueryToken", "{\"TokenStatus\":\"true\"}");
        Token token = Token.of(TokenType.R, "t", NOW);
        for (int i = 0; i < 10; i++) {
            paced.revokeToken(token);
        }
        paced.call("RevokeToken", Map.of("Token", "t"));
        assertThat(waits).hasSize(10).containsOnly(Duration.ofMillis(200));
        waits.clear();
        paced.queryToken(token);
        assertThat(waits).isEmpty();
        paced.queryToken(token);
        assertThat(waits).containsExactly(Duration.ofMillis(10));
    }

    @ParameterizedTest
    @EnumSource(TokenType.class)
    void theActionsAreSpelledAsThePageSpellsThem(TokenType type) {
        server.on("ApplyToken", "{\"Token\":\"t\"}");
        api.applyToken(type, List.of(TopicFilter.of("a")), HOUR);
        assertThat(server.requests().get(0).parameter("Actions")).isEqualTo(type == TokenType.RW ? "R,W" : type.name());
    }

    @Test
    void aHundredLongResourcesFitAndOneMoreIsRefused() {
        server.on("ApplyToken", "{\"Token\":\"t\"}");
        api.applyToken(TokenType.R, filters(100), HOUR);
        assertThat(server.requests().get(0).parameter("Resources").split(",", -1))
                .hasSize(100);
        ServiceRuleException refused =
                catchThrowableOfType(ServiceRuleException.class, () -> api.applyToken(TokenType.R, filters(101), HOUR));
        assertThat(refused.rule()).isEqualTo(ServiceRuleException.Rule.TOKEN_RESOURCES);
        assertThat(refused).hasMessageStartingWith("A token for 101 topics");
        assertThat(server.requests()).hasSize(1);
    }

    private static List<TopicFilter> filters(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> TopicFilter.of("p/" + "x".repeat(100) + i))
                .toList();
    }

    @Test
    void noResourceAndOneWithACommaAreRefused() {
        assertThatThrownBy(() -> api.applyToken(TokenType.R, List.of(), HOUR)).isInstanceOf(ServiceRuleException.class);
        assertThatThrownBy(() -> api.applyToken(TokenType.R, List.of(TopicFilter.of("a/b,c")), HOUR))
                .isInstanceOf(ServiceRuleException.class)
                .hasMessageStartingWith("Topic [a/b,c] holds a comma");
        assertThatThrownBy(() -> api.applyToken(TokenType.R, List.of(TopicFilter.of(",a")), HOUR))
                .isInstanceOf(ServiceRuleException.class);
        assertThat(server.requests()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"PT59.999S, false", "PT60S, true", "P30D, true", "P30DT0.001S, false", "PT0S, false", "PT-60S, false"})
    void aLifeIsBetweenAMinuteAndThirtyDays(Duration life, boolean taken) {
        server.on("ApplyToken", "{\"Token\":\"t\"}");
        List<TopicFilter> resources = List.of(TopicFilter.of("a"));
        if (taken) {
            assertThat(api.applyToken(TokenType.R, resources, life)).isNotNull();
        } else {
            assertThat(catchThrowableOfType(
                                    ServiceRuleException.class, () -> api.applyToken(TokenType.R, resources, life))
                            .rule())
                    .isEqualTo(ServiceRuleException.Rule.TOKEN_LIFE);
        }
    }

    @Test
    void aProviderAppliesForEachTimeItIsAskedWithTheAccessKeyOfThatTime() {
        server.on("ApplyToken", "{\"Token\":\"t\"}");
        MqttOpenApi temporary = new MqttOpenApi(
                server.uri(),
                "post-cn-demo",
                () -> AccessKey.temporary("STS.NExampleId" + server.requests().size(), "secret", "the-token"),
                new Calls().caller());
        TokenProvider provider = temporary.tokenProvider(TokenType.W, List.of(TopicFilter.of("alarms/#")), HOUR);
        Tokens first = provider.tokens(CLIENT);
        Tokens second = provider.renew(CLIENT, first);
        assertThat(first.accessKeyId()).isEqualTo("STS.NExampleId0");
        assertThat(second.accessKeyId()).isEqualTo("STS.NExampleId1");
        assertThat(second.ofType(TokenType.W)).isPresent();
        assertThat(server.requests())
                .allSatisfy(request -> assertThat(request.headers()).containsEntry("x-acs-security-token", "the-token"))
                .hasSize(2);
        assertThatThrownBy(() -> temporary.tokenProvider(TokenType.W, List.of(), HOUR))
                .isInstanceOf(ServiceRuleException.class);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void theStatusOfATokenIsAskedFor(boolean valid) {
        server.on("QueryToken", "{\"TokenStatus\":" + valid + "}");
        assertThat(api.queryToken(token())).isEqualTo(valid);
        assertThat(server.requests().get(0).parameters())
                .containsExactly(Map.entry("InstanceId", "post-cn-demo"), Map.entry("Token", "tok+en/="));
    }

    @Test
    void aTokenIsRevoked() {
        server.on("RevokeToken", "{\"RequestId\":\"R\"}");
        api.revokeToken(token());
        assertThat(server.requests().get(0).parameter("Token")).isEqualTo("tok+en/=");
    }

    private static Token token() {
        return Token.of(TokenType.R, "tok+en/=", NOW);
    }

    @Test
    void aDeviceCredentialIsRegisteredReadRefreshedAndUnregistered() {
        String answer = "{\"DeviceCredential\":{\"ClientId\":\"GID_demo@@@device-1\",\"InstanceId\":\"post-cn-demo\","
                + "\"DeviceAccessKeyId\":\"DC.id\",\"DeviceAccessKeySecret\":\"DC.secret\",\"CreateTime\":1,"
                + "\"UpdateTime\":2},\"RequestId\":\"R\"}";
        server.on("RegisterDeviceCredential", answer)
                .on("GetDeviceCredential", answer)
                .on("RefreshDeviceCredential", answer)
                .on("UnRegisterDeviceCredential", "{\"RequestId\":\"R\"}");
        DeviceCredential expected = DeviceCredential.of("DC.id", "DC.secret");
        assertThat(api.registerDeviceCredential(CLIENT)).isEqualTo(expected);
        assertThat(api.getDeviceCredential(CLIENT)).isEqualTo(expected);
        assertThat(api.refreshDeviceCredential(CLIENT)).isEqualTo(expected);
        api.unregisterDeviceCredential(CLIENT);
        assertThat(server.requests())
                .allSatisfy(request -> assertThat(request.parameters())
                        .containsExactly(
                                Map.entry("ClientId", "GID_demo@@@device-1"), Map.entry("InstanceId", "post-cn-demo")))
                .hasSize(4);
    }

    @Test
    void whatChangesADeviceCredentialIsNotDoneTwice() {
        server.on("RegisterDeviceCredential", request -> Answer.refused(500, "InternalError", "perhaps done"));
        server.on("GetDeviceCredential", request -> Answer.refused(500, "InternalError", "not read"));
        assertThat(catchThrowableOfType(OpenApiException.class, () -> api.registerDeviceCredential(CLIENT))
                        .reason())
                .isEqualTo(Reason.SERVER_FAILED);
        assertThat(server.requests()).hasSize(1);
        assertThatThrownBy(() -> api.getDeviceCredential(CLIENT)).isInstanceOf(OpenApiException.class);
        assertThat(server.requests()).hasSize(5);
    }

    @Test
    void anyOtherCallGivesTheAnswerAsItIs() {
        server.on("ListGroupId", "{\"Data\": [ {\"GroupId\":\"GID_demo\"} ], \"RequestId\":\"R\"}");
        assertThat(api.call("ListGroupId", Map.of("Page", "1")))
                .isEqualTo("{\"Data\": [ {\"GroupId\":\"GID_demo\"} ], \"RequestId\":\"R\"}");
        api.call("ListGroupId", Map.of("InstanceId", "another"));
        assertThat(server.requests())
                .extracting(request -> request.parameter("InstanceId"))
                .containsExactly("post-cn-demo", "another");
        server.on("ListGroupId", "<html></html>");
        assertThatThrownBy(() -> api.call("ListGroupId", Map.of()))
                .isInstanceOf(OpenApiException.class)
                .hasMessageContaining("not valid JSON");
    }

    @Test
    void theEndpointIsThatOfTheRegionOrTheOneGiven() {
        MqttOpenApi central = MqttOpenApi.of("cn-hangzhou", "post-cn-demo", CredentialsProvider.of(Calls.ACCESS_KEY));
        assertThat(central).hasToString("MqttOpenApi[https://onsmqtt.cn-hangzhou.aliyuncs.com, post-cn-demo]");
        assertThat(central.withEndpoint(URI.create("https://onsmqtt-vpc.cn-hangzhou.aliyuncs.com")))
                .hasToString("MqttOpenApi[https://onsmqtt-vpc.cn-hangzhou.aliyuncs.com, post-cn-demo]");
        assertThatThrownBy(() -> central.withEndpoint(URI.create("http://onsmqtt.cn-hangzhou.aliyuncs.com")))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static Object caller(MqttOpenApi api) {
        return assertThat(api).extracting("caller").actual();
    }

    @Test
    void allOfAJavaRuntimeTogetherMakeAHundredCallsASecondAndFiveRevocations() {
        MqttOpenApi one = MqttOpenApi.of("cn-hangzhou", "post-cn-demo", CredentialsProvider.of(Calls.ACCESS_KEY));
        MqttOpenApi other = MqttOpenApi.of("cn-beijing", "post-cn-other", CredentialsProvider.of(Calls.ACCESS_KEY));
        assertThat(one).extracting("caller").isSameAs(caller(other));
        assertThat(one)
                .extracting("caller.http.timeout", "caller.backoff.attempts")
                .containsExactly(Duration.ofSeconds(10), 4);
        Pace revocations = pace(one, "RevokeToken");
        assertThat(revocations)
                .extracting("spacingNanos")
                .isEqualTo(Duration.ofMillis(200).toNanos());
        assertThat(pace(other, "RevokeToken")).isSameAs(revocations);
        Pace others = pace(one, "ApplyToken");
        assertThat(others)
                .extracting("spacingNanos")
                .isEqualTo(Duration.ofMillis(10).toNanos());
        assertThat(pace(other, "QueryToken")).isSameAs(others);
    }

    private Pace pace(MqttOpenApi api, String action) {
        OpenApiCall call = new OpenApiCall(server.uri(), "2020-04-20", action, Map.of(), false);
        return ((OpenApiCaller) caller(api)).pace().apply(call);
    }

    @ParameterizedTest
    @CsvSource({"'', post-cn-demo", "evil.example/, post-cn-demo", "CN, post-cn-demo", "cn-hangzhou, ' '"})
    void aRegionOrInstanceThatIsNoneIsRefused(String region, String instance) {
        assertThatThrownBy(() -> MqttOpenApi.of(region, instance, CredentialsProvider.of(Calls.ACCESS_KEY)))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
