package io.apsaramqtt.authentication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.apsaramqtt.credentials.AccessKey;
import io.apsaramqtt.credentials.CredentialsException;
import io.apsaramqtt.credentials.CredentialsProvider;
import io.apsaramqtt.mqtt.ClientId;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class SignatureAuthenticationTest {

    @ParameterizedTest
    @MethodSource("goldenVectors")
    void signsAsTheServiceDoes(String secret, String clientId, String password) {
        assertThat(sign(AccessKey.of("YYYYY", secret), clientId).password()).contains(password);
    }

    static Stream<Arguments> goldenVectors() {
        return Stream.of(
                // The inputs printed in the service's pages.
                arguments("XXXXX", "GID_Test@@@0001", "vI009IZJZVGRwBwZvnbwjfuXxVM="),
                arguments("XXXXX", "GID_AAA@@@BBB001", "WDZKW3yHyb9fiCKeChtgQGLVPMo="),
                arguments("XXXXX", "GID_test@@@test", "XlPUrF2g13iLQu87+WcYfGB7iVk="),
                arguments("XXXXX", "GID_XXXXX@@@XXXXX", "dIoZwlGQ4p9NiI9phWSPjz4aSAo="),
                arguments("XXXXX", "GID_xxxx@@@DEVICEID_001", "HZYSVeYw0Zyhs5gUUQEQSeXBPpU="),
                arguments("XXXXX", "GID_test@@@producer", "cii9JbdY5nWMJzCz/za0nrcVnEM="),
                arguments("secret", "GID_demo@@@device-001", "tA4o53t96r0vS3LMBzyJKp5Neho="),
                // A key of the block size, and one above it, which HMAC hashes first.
                arguments("k".repeat(64), "GID_demo@@@device-001", "9a94oYocaaGgvgUNIshyBI/UCS4="),
                arguments("k".repeat(65), "GID_demo@@@device-001", "+3V/0uUyXFlBeIyX5HTn7ubfgW0="),
                // Not ASCII.
                arguments("密钥", "GID_demo@@@device-001", "PlBfeBhlR4YALv+k2WCBf0eVrGE="),
                // The longest client ID.
                arguments("XXXXX", "GID_Test@@@" + "a".repeat(53), "9B5Ctef9/UlcFMPIT+9x3RJd7XU="),
                // RFC 2202, test case 2.
                arguments("Jefe", "what do ya want for nothing?", "7/zfauXrL6LSdBbV8YTfnCWafHk="),
                arguments("key", "The quick brown fox jumps over the lazy dog", "3nybhbi3iqa8ino29wqQcBydtNk="),
                // The string of the former token server.
                arguments("XXXXX", "parama=a&paramb=b1,b2,b3&paramc=c1,c2", "5MkABB5zHWDmJVhXM6K+WfwD2/E="));
    }

    @Test
    void theUserNameNamesModeKeyAndInstance() {
        SignedConnect connect = sign(AccessKey.of("YYYYY", "XXXXX"), "GID_Test@@@0001");
        assertThat(connect.username()).contains("Signature|YYYYY|mqtt-xxxxx");
        assertThat(connect.maskedAccessKeyId()).contains("Y****");
    }

    @Test
    void theStringFormShowsTheMaskedIdOnly() {
        assertThat(sign(AccessKey.of("LTAI5tExampleQx9", "XXXXX"), "GID_Test@@@0001"))
                .hasToString("SignedConnect[LTAI5t****Qx9]");
        assertThat(Authentication.plain("user", "top-secret").sign(ClientId.of("x")))
                .hasToString("SignedConnect[no AccessKey]");
    }

    @Test
    void refusesATemporaryKeyAndSaysWhyAndWhatToDo() {
        String message =
                "AccessKey [STS.NE****123] is temporary and cannot sign a connection: the user name has no place"
                        + " for its security token. Use a permanent AccessKey of a RAM user, or token mode, by Authentication.token(...)"
                        + " or tokens(...) of the client's builder: ApplyToken takes temporary AccessKeys. An application on a server"
                        + " applies for its tokens itself, by MqttOpenApi.tokenProvider(...); a device gets them from its"
                        + " application server";
        assertThatThrownBy(() -> sign(AccessKey.temporary("STS.NExample123", "s", "t"), "GID_Test@@@0001"))
                .isInstanceOf(AuthenticationException.class)
                .hasMessage(message);
        assertThatThrownBy(() -> sign(AccessKey.of("STS.NExample123", "s"), "GID_Test@@@0001"))
                .isInstanceOf(AuthenticationException.class)
                .hasMessage(message);
        assertThatThrownBy(() -> sign(AccessKey.temporary("LTAI5tExampleQx9", "s", "t"), "GID_Test@@@0001"))
                .isInstanceOf(AuthenticationException.class);
    }

    @Test
    void asksForTheKeyAtEachConnection() {
        CredentialsProvider provider = mock();
        when(provider.resolve())
                .thenReturn(AccessKey.of("YYYYY", "XXXXX"))
                .thenReturn(AccessKey.of("ZZZZZ", "secret"))
                .thenThrow(CredentialsException.of("vault", "is sealed"));
        Authentication authentication = Authentication.signature("mqtt-xxxxx", provider);
        ClientId id = ClientId.of("GID_demo@@@device-001");
        assertThat(authentication.sign(id).username()).contains("Signature|YYYYY|mqtt-xxxxx");
        SignedConnect rotated = authentication.sign(id);
        assertThat(rotated.username()).contains("Signature|ZZZZZ|mqtt-xxxxx");
        assertThat(rotated.password()).contains("tA4o53t96r0vS3LMBzyJKp5Neho=");
        assertThatThrownBy(() -> authentication.sign(id)).isInstanceOf(CredentialsException.class);
    }

    private static SignedConnect sign(AccessKey key, String clientId) {
        return Authentication.signature("mqtt-xxxxx", CredentialsProvider.of(key))
                .sign(ClientId.of(clientId));
    }
}
