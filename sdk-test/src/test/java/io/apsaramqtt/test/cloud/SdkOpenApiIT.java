package io.apsaramqtt.test.cloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.apsaramqtt.authentication.DeviceCredential;
import io.apsaramqtt.authentication.Token;
import io.apsaramqtt.authentication.TokenType;
import io.apsaramqtt.credentials.AccessKey;
import io.apsaramqtt.credentials.CredentialsProvider;
import io.apsaramqtt.mqtt.ClientId;
import io.apsaramqtt.mqtt.TopicFilter;
import io.apsaramqtt.openapi.MqttOpenApi;
import io.apsaramqtt.openapi.OpenApiException;
import io.apsaramqtt.openapi.OpenApiException.Reason;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The SDK's own client of the OpenAPI against a cloud that verifies its signatures by itself. */
class SdkOpenApiIT {

    private static final AccessKey ACCOUNT = AccessKey.of("LTAI5tAccountOfTests", "secret-of-the-account");
    private static final ClientId CLIENT = ClientId.of("GID_demo", "device-1");
    private static final String INSTANCE = "post-cn-demo";

    private final FakeAlibabaCloud cloud =
            FakeAlibabaCloud.builder().account(ACCOUNT).instance(INSTANCE).start();
    private final MqttOpenApi api = api(ACCOUNT);

    private MqttOpenApi api(AccessKey accessKey) {
        return MqttOpenApi.of("cn-hangzhou", INSTANCE, CredentialsProvider.of(accessKey))
                .withEndpoint(URI.create(cloud.endpoint()));
    }

    @AfterEach
    void stop() {
        cloud.close();
    }

    @Test
    void aTokenIsAppliedForAskedForAndRevoked() {
        Token token = api.applyToken(
                TokenType.RW, List.of(TopicFilter.of("b/+"), TopicFilter.of("a/#")), Duration.ofHours(1));
        assertThat(token.expiresAt())
                .isBetween(Instant.now().plusSeconds(3_000), Instant.now().plusSeconds(3_600));
        assertThat(api.queryToken(token)).isTrue();
        api.revokeToken(token);
        assertThat(api.queryToken(token)).isFalse();
    }

    @Test
    void aHundredLongTopicsAreSignedAsAForm() {
        List<TopicFilter> topics = IntStream.range(0, 100)
                .mapToObj(i -> TopicFilter.of("parent/" + "x".repeat(90) + i + "/+"))
                .toList();
        assertThat(api.queryToken(api.applyToken(TokenType.R, topics, Duration.ofDays(30))))
                .isTrue();
    }

    @Test
    void aDeviceCredentialIsRegisteredReadRefreshedAndUnregistered() {
        DeviceCredential registered = api.registerDeviceCredential(CLIENT);
        assertThat(api.getDeviceCredential(CLIENT)).isEqualTo(registered);
        DeviceCredential refreshed = api.refreshDeviceCredential(CLIENT);
        assertThat(refreshed.secret()).isNotEqualTo(registered.secret());
        assertThat(api.getDeviceCredential(CLIENT)).isEqualTo(refreshed);
        api.unregisterDeviceCredential(CLIENT);
        assertThat(catchThrowableOfType(OpenApiException.class, () -> api.getDeviceCredential(CLIENT)))
                .isNotNull();
    }

    @Test
    void aWrongSecretAnUnknownKeyAndADisabledOneAreTold() {
        AccessKey wrong = AccessKey.of(ACCOUNT.id(), "another secret");
        assertThat(reason(api(wrong))).isEqualTo(Reason.WRONG_CREDENTIALS);
        assertThat(reason(api(AccessKey.of("LTAI5tNobodyKnowsMe", "x")))).isEqualTo(Reason.WRONG_CREDENTIALS);
        cloud.account().accessKeys().setEnabled(ACCOUNT.id(), false);
        assertThat(reason(api)).isEqualTo(Reason.WRONG_CREDENTIALS);
    }

    @Test
    void anExpiredSessionIsTold() {
        AccessKey expired = AccessKey.temporary("STS.NExpiredSession", "secret", "CAIS/token+1==");
        cloud.account().role("edge").addSession("edge-1", expired, Instant.now().minusSeconds(1));
        assertThat(reason(api(expired))).isEqualTo(Reason.EXPIRED_CREDENTIALS);
    }

    @Test
    void whatPassesIsWaitedFor() {
        cloud.fault(CloudFault.throttled().times(1));
        cloud.fault(CloudFault.truncated().times(1));
        cloud.fault(CloudFault.cut().times(1));
        assertThat(api.applyToken(TokenType.R, List.of(TopicFilter.of("a")), Duration.ofHours(1)))
                .isNotNull();
        assertThat(cloud.requests().count("ApplyToken")).isEqualTo(4);
    }

    @Test
    void anythingTheApiDoesNotKnowIsRefused() {
        assertThat(catchThrowableOfType(OpenApiException.class, () -> api.call("NoSuchAction", Map.of()))
                        .code())
                .contains("InvalidAction.NotFound");
    }

    private static Reason reason(MqttOpenApi api) {
        return catchThrowableOfType(
                        OpenApiException.class,
                        () -> api.applyToken(TokenType.R, List.of(TopicFilter.of("a")), Duration.ofHours(1)))
                .reason();
    }
}
