package io.apsaramqtt.authentication;

import static org.assertj.core.api.Assertions.assertThat;

import io.apsaramqtt.mqtt.ClientId;
import org.junit.jupiter.api.Test;

class AuthenticationTest {

    @Test
    void plainSendsUserNameAndPasswordAsTheyAre() {
        SignedConnect connect = Authentication.plain("user", "word").sign(ClientId.of("x"));
        assertThat(connect.username()).contains("user");
        assertThat(connect.password()).contains("word");
        assertThat(connect.maskedAccessKeyId()).isEmpty();
    }

    @Test
    void anonymousSendsNeither() {
        SignedConnect connect = Authentication.anonymous().sign(ClientId.of("x"));
        assertThat(connect.username()).isEmpty();
        assertThat(connect.password()).isEmpty();
    }
}
