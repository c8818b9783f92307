package io.apsaramqtt.authentication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.apsaramqtt.mqtt.TopicFilter;
import io.apsaramqtt.permission.Operation;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TokenTest {

    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

    @ParameterizedTest
    @CsvSource({"R,R,R", "W,W,W", "RW,RW,'R,W'"})
    void aTypeIsSpelledOneWayInPasswordsAndAnotherInApplyToken(TokenType type, String literal, String actions) {
        assertThat(type.literal()).isEqualTo(literal);
        assertThat(type.actions()).isEqualTo(actions);
        assertThat(TokenType.of(literal)).isEqualTo(type);
    }

    @ParameterizedTest
    @ValueSource(strings = {"R,W", "rw", "", "RW ", "WR"})
    void noOtherSpellingIsAType(String literal) {
        assertThatThrownBy(() -> TokenType.of(literal))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Token type [" + literal
                        + "] is none; it must be R, W or RW (only ApplyToken spells the last one R,W)");
    }

    @Test
    void itsResourcesAreTopicRulesForWhatItsTypePermits() {
        assertThat(token(TokenType.R, "alarms/#", "status").rules())
                .hasValueSatisfying(rules -> assertThat(rules)
                        .extracting(Object::toString)
                        .containsExactly("allow subscribe to alarms/#", "allow subscribe to status"));
        assertThat(TokenType.W.operations()).containsExactly(Operation.PUBLISH);
        assertThat(token(TokenType.RW, "alarms/#").rules().orElseThrow())
                .singleElement()
                .hasToString("allow publish to, subscribe to alarms/#");
    }

    @Test
    void withoutResourcesItHasNoRules() {
        Token token = Token.of(TokenType.R, "abc", NOON);
        assertThat(token.resources()).isEmpty();
        assertThat(token.rules()).isEmpty();
        assertThat(token).hasToString("Token[R, expires 2026-01-01T12:00:00Z, resources not known]");
    }

    @Test
    void expiresAtItsMoment() {
        Token token = token(TokenType.R);
        assertThat(token.isExpired(NOON.minusMillis(1))).isFalse();
        assertThat(token.isExpired(NOON)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a|b", "a\0b"})
    void refusesWhatWouldSpoilThePassword(String value) {
        assertThatThrownBy(() -> Token.of(TokenType.RW, value, NOON))
                .isInstanceOf(AuthenticationException.class)
                .hasMessageStartingWith("Token of type [RW] ")
                .hasMessageEndingWith("; pass the Token of the answer to ApplyToken as it is");
    }

    @Test
    void equalsByAllParts() {
        assertThat(token(TokenType.R, "a"))
                .isEqualTo(token(TokenType.R, "a"))
                .hasSameHashCodeAs(token(TokenType.R, "a"));
        assertThat(token(TokenType.R, "a"))
                .isNotEqualTo(token(TokenType.W, "a"))
                .isNotEqualTo(token(TokenType.R, "b"))
                .isNotEqualTo(Token.of(TokenType.R, "other", NOON, List.of(TopicFilter.of("a"))))
                .isNotEqualTo(Token.of(TokenType.R, "abc", NOON.plusMillis(1), List.of(TopicFilter.of("a"))));
    }

    private static Token token(TokenType type, String... resources) {
        return Token.of(
                type,
                "abc",
                NOON,
                List.of(resources).stream().map(TopicFilter::of).toList());
    }
}
