package io.apsaramqtt.samples.tokenserver;

import static org.assertj.core.api.Assertions.assertThat;

import io.apsaramqtt.authentication.Token;
import io.apsaramqtt.authentication.TokenType;
import io.apsaramqtt.authentication.Tokens;
import io.apsaramqtt.mqtt.ClientId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class GrantedDeviceTest {

    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

    private final AtomicInteger applications = new AtomicInteger();
    private final GrantedDevice device = new GrantedDevice(
            ClientId.of("GID_demo", "device-1"),
            "secret",
            clientId -> Tokens.of(
                    "LTAI5tAccountOfTests",
                    Token.of(TokenType.RW, "token-" + applications.incrementAndGet(), NOON.plus(Duration.ofHours(1)))));

    private Tokens at(Duration afterNoon, boolean renew) {
        return device.tokens(renew, Clock.fixed(NOON.plus(afterNoon), ZoneOffset.UTC));
    }

    @Test
    void anotherTokenIsAppliedForWhenTheSdkItselfWouldAskForOne() {
        Tokens first = at(Duration.ZERO, false);
        Duration due = Duration.between(NOON, first.renewalDue(NOON));
        assertThat(due).isEqualTo(Duration.ofMinutes(54));
        assertThat(at(due.minusMillis(1), false)).isEqualTo(first);
        assertThat(at(due, false)).isNotEqualTo(first);
        assertThat(applications).hasValue(2);
    }
}
