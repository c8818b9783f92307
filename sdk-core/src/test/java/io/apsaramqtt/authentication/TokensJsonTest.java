package io.apsaramqtt.authentication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.apsaramqtt.mqtt.ClientId;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TokensJsonTest {

    private static final ClientId CLIENT = ClientId.of("GID_demo", "device-1");

    private static String token(String expireTime) {
        return "{\"accessKeyId\":\"a\",\"tokens\":[{\"token\":\"t\",\"type\":\"R\",\"expireTime\":" + expireTime
                + "}]}";
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '~',
            value = {
                "[]; is no object",
                "{\"tokens\":[1]}; has no object at [tokens[0]]",
                "{\"tokens\":{}}; has no array at [tokens]",
                "{\"accessKeyId\":1}; has no text at [accessKeyId]",
                "{\"tokens\":[]}; lacks [accessKeyId]",
                "{\"tokens\": nonsense}; is not valid JSON, or has a member twice, at line 1, column 12"
            })
    void whatIsWrongIsNamedWithItsPlace(String text, String problem) {
        assertThatThrownBy(() -> TokensJson.read(CLIENT, text))
                .isInstanceOf(MalformedTokensException.class)
                .hasMessage(problem);
    }

    @ParameterizedTest
    @CsvSource({"99999999999999999999", "1.5", "\"1764500000000\"", "null", "true"})
    void aTimeThatIsNoneIsNamedAsSuch(String expireTime) {
        assertThatThrownBy(() -> TokensJson.read(CLIENT, token(expireTime)))
                .hasMessage("has no time in milliseconds since 1970, a whole number, at [tokens[0].expireTime]");
    }

    @Test
    void timesOfAnyLengthAreRead() {
        for (long time : new long[] {1, Integer.MAX_VALUE, 1_764_500_000_000L}) {
            assertThat(TokensJson.read(CLIENT, token(Long.toString(time))).expiresAt())
                    .isEqualTo(Instant.ofEpochMilli(time));
        }
    }
}
