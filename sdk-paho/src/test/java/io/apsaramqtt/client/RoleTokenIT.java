package io.apsaramqtt.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.apsaramqtt.authentication.AuthenticationException;
import io.apsaramqtt.authentication.TokenType;
import io.apsaramqtt.credentials.AccessKey;
import io.apsaramqtt.credentials.CredentialsProvider;
import io.apsaramqtt.mqtt.MqttVersion;
import io.apsaramqtt.mqtt.TopicFilter;
import io.apsaramqtt.openapi.MqttOpenApi;
import io.apsaramqtt.permission.PermissionDeniedException;
import io.apsaramqtt.test.EmbeddedApsaraMqtt;
import io.apsaramqtt.test.cloud.FakeAlibabaCloud;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A server that has a role and no AccessKey of its own: it cannot sign a connection, and applies for a token instead. */
class RoleTokenIT {

    private static final AccessKey SESSION =
            AccessKey.temporary("STS.NRoleOfTheServer", "secret-of-the-session", "CAIS/token+1==");

    @ParameterizedTest
    @EnumSource
    void aTemporaryAccessKeyConnectsInTokenModeWhereItCannotSign(MqttVersion version) {
        String instance = "post-cn-role-" + version.name().toLowerCase(Locale.ROOT);
        try (FakeAlibabaCloud cloud =
                        FakeAlibabaCloud.builder().instance(instance).start();
                EmbeddedApsaraMqtt broker = EmbeddedApsaraMqtt.builder()
                        .instanceId(instance)
                        .group("GID_role")
                        .issued(cloud.issued())
                        .start()) {
            cloud.account()
                    .role("server")
                    .addSession("server-1", SESSION, Instant.now().plusSeconds(3_600))
                    .attach("AliyunMQFullAccess");
            CredentialsProvider role = CredentialsProvider.of(SESSION);
            ApsaraMqttClientBuilder builder = ApsaraMqttClient.builder()
                    .endpoint(broker.endpoint())
                    .instanceId(instance)
                    .clientId("GID_role", "server-1")
                    .mqttVersion(version);
            try (ApsaraMqttClient signing = builder.credentials(role).build()) {
                assertThatThrownBy(signing::connect)
                        .isInstanceOf(AuthenticationException.class)
                        .hasMessageContaining("tokens(...)");
            }
            MqttOpenApi api = MqttOpenApi.of("cn-hangzhou", instance, role).withEndpoint(URI.create(cloud.endpoint()));
            try (ApsaraMqttClient client = builder.tokens(
                            api.tokenProvider(TokenType.RW, List.of(TopicFilter.of("alarms/#")), Duration.ofHours(1)))
                    .build()) {
                client.connect();
                client.publish("alarms/1", "hot");
                assertThatThrownBy(() -> client.publish("billing/1", "x"))
                        .isInstanceOf(PermissionDeniedException.class);
                assertThat(client.isConnected()).isTrue();
            }
            assertThat(cloud.requests().count("ApplyToken")).isEqualTo(1);
        }
    }
}
