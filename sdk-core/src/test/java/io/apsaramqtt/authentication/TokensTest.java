package io.apsaramqtt.authentication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.apsaramqtt.mqtt.ClientId;
import io.apsaramqtt.mqtt.TopicFilter;
import io.apsaramqtt.permission.EffectivePermissions;
import io.apsaramqtt.permission.Grants;
import io.apsaramqtt.permission.TopicRules;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TokensTest {

    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

    private final Token read = Token.of(TokenType.R, "123", NOON, List.of(TopicFilter.of("alarms/#")));
    private final Token write = Token.of(TokenType.W, "abcd", NOON.minusSeconds(60), List.of(TopicFilter.of("status")));

    @Test
    void areSortedByTypeAndExpireWithTheFirst() {
        Tokens tokens = Tokens.of("LTAI5tExampleQx9", write, read);
        assertThat(tokens.tokens()).containsExactly(read, write);
        assertThat(tokens.expiresAt()).isEqualTo(NOON.minusSeconds(60));
        assertThat(tokens.ofType(TokenType.W)).contains(write);
        assertThat(tokens.ofType(TokenType.RW)).isEmpty();
    }

    @Test
    void areComparedWithOthersByTypeAndText() {
        Tokens tokens = Tokens.of("LTAI5tExampleQx9", write, read);
        Token sameText = Token.of(TokenType.R, "123", NOON.plusSeconds(1));
        assertThat(tokens.notAmong(Tokens.of("other", sameText))).containsExactly(write);
        assertThat(tokens.notAmong(Tokens.of("other", Token.of(TokenType.R, "124", NOON))))
                .containsExactly(read, write);
        assertThat(tokens.notAmong(Tokens.of("other", Token.of(TokenType.RW, "123", NOON))))
                .containsExactly(read, write);
    }

    @ParameterizedTest
    @CsvSource({
        "PT720H, PT72H", // a tenth of 30 days
        "PT1H, PT6M", // a tenth of an hour
        "PT50M, PT5M",
        "PT20M, PT5M", // no less than five minutes
        "PT10M, PT5M",
        "PT60S, PT30S" // but never before half of the life is over
    })
    void areRenewedWellBeforeTheyExpire(Duration life, Duration lead) {
        Tokens tokens = Tokens.of("LTAI5tExampleQx9", Token.of(TokenType.RW, "x", NOON.plus(life)));
        assertThat(tokens.renewalDue(NOON)).isEqualTo(NOON.plus(life).minus(lead));
    }

    @Test
    void permitTogetherWhatEachPermits() {
        EffectivePermissions permissions =
                Tokens.of("LTAI5tExampleQx9", read, write).permissions(NOON);
        assertThat(permissions.principal()).hasToString("tokens of AccessKey LTAI5t****Qx9");
        assertThat(permissions.readAt()).isEqualTo(NOON);
        assertThat(permissions.grants())
                .isInstanceOfSatisfying(
                        Grants.Rules.class,
                        grants -> assertThat(rules(grants.rules()))
                                .containsExactly("allow subscribe to alarms/#", "allow publish to status"));
    }

    private static List<String> rules(TopicRules rules) {
        return rules.rules().stream().map(Object::toString).toList();
    }

    @Test
    void ofWhichOneHasUnknownResourcesPermitNobodyKnowsWhat() {
        assertThat(Tokens.of("LTAI5tExampleQx9", read, Token.of(TokenType.W, "abcd", NOON))
                        .permissions(NOON)
                        .grants())
                .isEqualTo(new Grants.Unknown("the resources of the token of type W are not known"));
    }

    @Test
    void refuseTwoOfATypeNoneAtAllAndNoAccessKeyId() {
        assertThatThrownBy(() -> Tokens.of("LTAI5tExampleQx9", read, read))
                .isInstanceOf(AuthenticationException.class)
                .hasMessage("Tokens of types [R, R] make no password; pass at least one token, and at most one of each"
                        + " type R, W, RW");
        assertThatThrownBy(() -> Tokens.of("LTAI5tExampleQx9"))
                .isInstanceOf(AuthenticationException.class)
                .hasMessageStartingWith("Tokens of types [] make no password");
        for (String id : List.of(" ", "a|b")) {
            assertThatThrownBy(() -> Tokens.of(id, read))
                    .isInstanceOf(AuthenticationException.class)
                    .hasMessageStartingWith("AccessKey ID of the tokens is empty or contains '|'");
        }
    }

    @Test
    void aProviderThatKeepsNothingRenewsByGivingOthers() {
        Tokens tokens = Tokens.of("LTAI5tExampleQx9", read);
        TokenProvider provider = clientId -> tokens;
        assertThat(provider.renew(ClientId.of("x"), tokens)).isSameAs(tokens);
    }
}
