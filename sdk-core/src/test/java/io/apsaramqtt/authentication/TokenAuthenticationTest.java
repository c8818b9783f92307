package io.apsaramqtt.authentication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.apsaramqtt.mqtt.ClientId;
import io.apsaramqtt.time.ManualClock;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class TokenAuthenticationTest {

    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
    private static final ClientId CLIENT = ClientId.of("GID_demo", "device-1");

    private final ManualClock clock = new ManualClock(NOON);
    private final Queue<Tokens> answers = new ArrayDeque<>();
    private final List<String> asked = new ArrayList<>();
    private final TokenProvider provider = new TokenProvider() {
        @Override
        public Tokens tokens(ClientId clientId) {
            asked.add("tokens");
            return answers.remove();
        }

        @Override
        public Tokens renew(ClientId clientId, Tokens present) {
            asked.add("renew " + present.tokens().get(0).value());
            return answers.remove();
        }
    };
    private final Authentication authentication = Authentication.token("mqtt-xxxxx", provider, clock);

    @Test
    void thePasswordHoldsOneTokenOfEachTypeInAFixedOrder() {
        answers.add(Tokens.of("YYYYY", token(TokenType.R, "123")));
        SignedConnect one = authentication.sign(CLIENT);
        assertThat(one.username()).contains("Token|YYYYY|mqtt-xxxxx");
        assertThat(one.password()).contains("R|123");
        assertThat(one.maskedAccessKeyId()).contains("Y****");

        answers.add(
                Tokens.of("YYYYY", token(TokenType.RW, "xyz"), token(TokenType.W, "abcd"), token(TokenType.R, "123")));
        SignedConnect three = authentication.sign(ClientId.of("GID_demo", "device-2"));
        assertThat(three.password()).contains("R|123|W|abcd|RW|xyz");
        assertThat(three.tokens())
                .hasValueSatisfying(tokens -> assertThat(tokens.tokens()).hasSize(3));
        assertThat(three).hasToString("SignedConnect[Y****]");
    }

    @Test
    void tokensAreKeptFromConnectionToConnectionUntilTheyExpire() {
        answers.add(tokens("old", NOON.plusSeconds(60)));
        answers.add(tokens("new", NOON.plusSeconds(120)));
        authentication.sign(CLIENT);
        clock.moveTo(NOON.plusMillis(59_999));
        assertThat(authentication.sign(CLIENT).password()).contains("RW|old");
        assertThat(asked).containsExactly("tokens");
        clock.moveTo(NOON.plusSeconds(60));
        assertThat(authentication.sign(CLIENT).password()).contains("RW|new");
        assertThat(asked).containsExactly("tokens", "renew old");
    }

    @Test
    void anExpiredTokenIsNeverUsedAndTheExceptionSaysWhyAndWhatToDo() {
        answers.add(tokens("old", NOON));
        assertThatThrownBy(() -> authentication.sign(CLIENT))
                .isInstanceOf(AuthenticationException.class)
                .hasMessage(
                        "Token of type [RW] for client ID [GID_demo@@@device-1] expired at 2026-01-01T12:00:00Z and it is"
                                + " 2026-01-01T12:00:00Z here, so nothing was sent. Have the TokenProvider give tokens that live"
                                + " on, and check the clock of this machine");
        answers.add(tokens("new", NOON.plusSeconds(1)));
        assertThat(authentication.sign(CLIENT).password()).contains("RW|new");
    }

    @Test
    void oneExpiredTokenAmongSeveralIsOneTooMany() {
        answers.add(Tokens.of(
                "YYYYY",
                Token.of(TokenType.R, "a", NOON.plusSeconds(60)),
                Token.of(TokenType.W, "b", NOON.minusSeconds(1))));
        assertThatThrownBy(() -> authentication.sign(CLIENT))
                .isInstanceOf(AuthenticationException.class)
                .hasMessageStartingWith("Token of type [W] ");
    }

    @Test
    void refusedTokensAreNotUsedAgain() {
        answers.add(tokens("refused", NOON.plusSeconds(60)));
        answers.add(tokens("other", NOON.plusSeconds(60)));
        ClientTokens tokens = authentication.tokens(CLIENT).orElseThrow();
        Tokens refused = tokens.valid();
        tokens.refused(refused);
        assertThat(authentication.sign(CLIENT).password()).contains("RW|other");
        tokens.refused(refused);
        assertThat(authentication.sign(CLIENT).password()).contains("RW|other");
        assertThat(asked).containsExactly("tokens", "renew refused");
    }

    @Test
    void renewedTokensAreUsedOnlyWhenTheyAreSaidToBe() {
        answers.add(tokens("old", NOON.plusSeconds(60)));
        answers.add(tokens("new", NOON.plusSeconds(120)));
        ClientTokens tokens = authentication.tokens(CLIENT).orElseThrow();
        assertThat(tokens.present()).isEmpty();
        assertThat(tokens.renewalDue()).isEmpty();
        tokens.valid();
        assertThat(tokens.renewalDue()).contains(NOON.plusSeconds(30));
        List<String> seen = new ArrayList<>();
        tokens.watch(() -> seen.add(tokens.toString()));
        Tokens renewed = tokens.renew();
        assertThat(authentication.sign(CLIENT).password()).contains("RW|old");
        assertThat(seen).isEmpty();
        tokens.use(renewed);
        assertThat(authentication.sign(CLIENT).password()).contains("RW|new");
        assertThat(seen)
                .containsExactly(
                        "ClientTokens[GID_demo@@@device-1, Tokens[Y****, Token[RW, expires 2026-01-01T12:02:00Z,"
                                + " resources not known]]]");
    }

    @Test
    void aWatchEndsWhenItIsClosed() throws Exception {
        answers.add(tokens("old", NOON.plusSeconds(60)));
        ClientTokens tokens = authentication.tokens(CLIENT).orElseThrow();
        List<String> seen = new ArrayList<>();
        tokens.watch(() -> seen.add("changed")).close();
        tokens.valid();
        assertThat(seen).isEmpty();
    }

    @Test
    void whatTheProviderThrowsIsPassedOnAndItIsAskedAgain() {
        IllegalStateException down = new IllegalStateException("down");
        List<RuntimeException> failures = new ArrayList<>(List.of(down));
        Authentication failing = Authentication.token(
                "mqtt-xxxxx",
                clientId -> {
                    if (!failures.isEmpty()) {
                        throw failures.remove(0);
                    }
                    return tokens("good", NOON.plusSeconds(60));
                },
                clock);
        assertThatThrownBy(() -> failing.sign(CLIENT)).isSameAs(down);
        assertThat(failing.sign(CLIENT).password()).contains("RW|good");
    }

    @Test
    @SuppressWarnings("NullAway") // what a caller without null checks may do
    void aProviderThatReturnsNullIsNamed() {
        assertThatThrownBy(() -> Authentication.token("mqtt-xxxxx", clientId -> null, clock)
                        .sign(CLIENT))
                .isInstanceOf(AuthenticationException.class)
                .hasMessageStartingWith("TokenProvider returned null for client ID [GID_demo@@@device-1]");
    }

    @Test
    void whoAsksAtTheSameTimeSharesOneAnswer() throws Exception {
        CountDownLatch inProvider = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        List<String> questions = new ArrayList<>();
        Authentication slow = Authentication.token(
                "mqtt-xxxxx",
                clientId -> {
                    questions.add("asked");
                    inProvider.countDown();
                    awaitUninterrupted(release);
                    return tokens("one", NOON.plusSeconds(60));
                },
                clock);
        CompletableFuture<SignedConnect> first = CompletableFuture.supplyAsync(() -> slow.sign(CLIENT));
        inProvider.await();
        CompletableFuture<Tokens> second = CompletableFuture.supplyAsync(
                () -> slow.tokens(CLIENT).orElseThrow().valid());
        release.countDown();
        assertThat(first.get().tokens()).contains(second.get());
        assertThat(questions).containsExactly("asked");
    }

    @Test
    void onlyTokenModeHasTokens() {
        assertThat(Authentication.anonymous().tokens(CLIENT)).isEmpty();
        assertThat(authentication).hasToString("TokenAuthentication[mqtt-xxxxx]");
    }

    private static void awaitUninterrupted(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static Token token(TokenType type, String value) {
        return Token.of(type, value, NOON.plusSeconds(60));
    }

    private static Tokens tokens(String value, Instant expiresAt) {
        return Tokens.of("YYYYY", Token.of(TokenType.RW, value, expiresAt));
    }
}
