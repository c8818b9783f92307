package io.apsaramqtt.authentication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.apsaramqtt.mqtt.ClientId;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The modes in which a secret that is no AccessKey's makes the password. */
class SecretModesTest {

    private static final ClientId CLIENT = ClientId.of("GID_Test@@@0001");

    /** The service's own example, and the password that a client of another author expects for it. */
    private static final String SIGNATURE = "vI009IZJZVGRwBwZvnbwjfuXxVM=";

    @Test
    void aDeviceCredentialSignsTheClientId() {
        SignedConnect connect = Authentication.deviceCredential("mqtt-xxxxx", DeviceCredential.of("YYYYY", "XXXXX"))
                .sign(CLIENT);
        assertThat(connect.username()).contains("DeviceCredential|YYYYY|mqtt-xxxxx");
        assertThat(connect.password()).contains(SIGNATURE);
        assertThat(connect.maskedAccessKeyId()).contains("Y****");
        assertThat(connect.tokens()).isEmpty();
    }

    @Test
    void aRefreshedDeviceCredentialIsUsedAtTheNextConnection() {
        Queue<DeviceCredential> credentials =
                new ArrayDeque<>(List.of(DeviceCredential.of("YYYYY", "old"), DeviceCredential.of("YYYYY", "XXXXX")));
        Authentication authentication = Authentication.deviceCredential("mqtt-xxxxx", credentials::remove);
        assertThat(authentication.sign(CLIENT).password()).isPresent().get().isNotEqualTo(SIGNATURE);
        assertThat(authentication.sign(CLIENT).password()).contains(SIGNATURE);
    }

    @Test
    void customAuthenticationSendsTheSecretOrSignsWithIt() {
        SignedConnect origin =
                Authentication.custom("sensor", "XXXXX", SignMode.ORIGIN).sign(CLIENT);
        assertThat(origin.username()).contains("sensor");
        assertThat(origin.password()).contains("XXXXX");
        assertThat(Authentication.custom("sensor", "XXXXX", SignMode.SIGNED)
                        .sign(CLIENT)
                        .password())
                .contains(SIGNATURE);
        assertThat(Authentication.custom("sensor", "XXXXX", SignMode.ORIGIN))
                .hasToString("CustomAuthentication[sensor, ORIGIN]");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "|sensor",
                "Token|YYYYY|mqtt-xxxxx",
                "a2345678901234567890123456789012345678901234567890123456789012345"
            })
    void aUserNameThatIsNoIdentityIsRefused(String username) {
        assertThatThrownBy(() -> Authentication.custom(username, "XXXXX", SignMode.ORIGIN))
                .isInstanceOf(AuthenticationException.class)
                .hasMessage("User name [" + username + "] is no identity of custom authentication: it has "
                        + username.length()
                        + " characters, allowed are 1 to 64 without '|', which would make it the user name of another"
                        + " mode");
    }

    @Test
    void anEmptySecretIsRefused() {
        assertThatThrownBy(() -> Authentication.custom("sensor", "", SignMode.SIGNED))
                .isInstanceOf(AuthenticationException.class)
                .hasMessageStartingWith("Secret of user name [sensor] is empty");
        assertThat(Authentication.custom("a".repeat(64), "s", SignMode.ORIGIN)
                        .sign(CLIENT)
                        .username())
                .contains("a".repeat(64));
    }
}
