package io.apsaramqtt.samples.tokenserver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.apsaramqtt.authentication.TokenType;
import io.apsaramqtt.credentials.CredentialsProvider;
import io.apsaramqtt.openapi.MqttOpenApi;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenServiceTest {

    private static TokenService withSecret(String secret) {
        TokenServerProperties.Device device =
                new TokenServerProperties.Device(Deployment.CLIENT.value(), secret, TokenType.RW, List.of("alarms/#"));
        return new TokenService(
                new TokenServerProperties(
                        "cn-hangzhou", Deployment.INSTANCE, null, Duration.ofHours(1), List.of(device)),
                MqttOpenApi.of("cn-hangzhou", Deployment.INSTANCE, CredentialsProvider.of(Deployment.ACCOUNT)),
                Clock.systemUTC());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "${TOKEN_SERVER_DEVICE_1_SECRET}"})
    void aSecretThatEveryoneKnowsEndsTheStart(String secret) {
        assertThatThrownBy(() -> withSecret(secret))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Device [GID_demo@@@device-1] has no secret");
    }

    @Test
    void aWrongSecretIsNotToldFromAnUnknownDevice() {
        TokenService service = withSecret("secret-of-the-device");
        assertThat(service.tokens(Deployment.CLIENT.value(), "another", false)).isEmpty();
        assertThat(service.tokens("GID_demo@@@device-2", "secret-of-the-device", false))
                .isEmpty();
        assertThat(service.tokens("GID_demo@@@device-2", "", false)).isEmpty();
    }
}
