package io.apsaramqtt.client.session;

import static io.apsaramqtt.client.Futures.failureOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.apsaramqtt.authentication.Authentication;
import io.apsaramqtt.authentication.AuthenticationException;
import io.apsaramqtt.authentication.Token;
import io.apsaramqtt.authentication.TokenProvider;
import io.apsaramqtt.authentication.TokenType;
import io.apsaramqtt.authentication.Tokens;
import io.apsaramqtt.client.connection.ConnectionLostException;
import io.apsaramqtt.client.connection.ConnectionState;
import io.apsaramqtt.client.connection.OperationRefusedException;
import io.apsaramqtt.client.connection.ProbableCause;
import io.apsaramqtt.client.connection.ProbableCause.Cause;
import io.apsaramqtt.client.transport.Ack;
import io.apsaramqtt.mqtt.ClientId;
import io.apsaramqtt.mqtt.Message;
import io.apsaramqtt.mqtt.Profile;
import io.apsaramqtt.mqtt.Qos;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tokens of a connection, from their use in a CONNECT to their replacement, and what the broker says of them. */
@InSeveralOrders
class SessionTokenTest {

    private static final Duration LIFE = Duration.ofHours(1);

    /** A tenth of an hour before the expiry, and a tenth of that earlier, as chance is at its limit here. */
    private static final Duration UNTIL_DUE = LIFE.minusMinutes(6).minusSeconds(36);

    private final SessionFixture fixture;
    /** What the provider answers, the last one for ever. */
    private final Deque<Supplier<Tokens>> answers = new ArrayDeque<>();

    private final List<String> asked = new ArrayList<>();

    SessionTokenTest(long seed) {
        fixture = new SessionFixture(seed);
        fixture.authentication = Authentication.token("post-cn-session", provider(), fixture.runtime.clock());
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    private TokenProvider provider() {
        return new TokenProvider() {
            @Override
            public Tokens tokens(ClientId clientId) {
                asked.add("tokens");
                return answer();
            }

            @Override
            public Tokens renew(ClientId clientId, Tokens present) {
                asked.add("renew " + present.tokens().get(0).value());
                return answer();
            }

            private Tokens answer() {
                return (answers.size() == 1 ? answers.getFirst() : answers.removeFirst()).get();
            }
        };
    }

    private void answers(String... values) {
        for (String value : values) {
            answers.add(() -> tokens(TokenType.RW, value));
        }
    }

    private Tokens tokens(TokenType type, String value) {
        return Tokens.of("LTAI5tExampleQx9", token(type, value));
    }

    private Token token(TokenType type, String value) {
        return Token.of(type, value, now().plus(LIFE));
    }

    private Instant now() {
        return fixture.runtime.clock().instant();
    }

    private static String password(FakeTransport transport) {
        return transport.connectPacket().signed().password().orElseThrow();
    }

    private List<Cause> causesOfLast() {
        List<ConnectionLostException> losses = fixture.connections.losses();
        return losses.get(losses.size() - 1)
                .probableCause()
                .map(ProbableCause::causes)
                .orElse(List.of());
    }

    /** Connected with "old", and "new" is on its way to the broker. */
    private FakeTransport uploading() {
        answers("old", "new");
        FakeTransport transport = fixture.connected();
        fixture.pass(UNTIL_DUE);
        assertThat(transport.uploads).hasSize(1);
        return transport;
    }

    @Test
    void beforeTokensExpireOthersAreUploadedAndUsedFromThenOn() {
        answers("old", "new", "newest");
        FakeTransport transport = fixture.connected();
        assertThat(password(transport)).isEqualTo("RW|old");
        fixture.pass(UNTIL_DUE.minusMillis(1));
        assertThat(transport.packets).isEmpty();
        fixture.pass(Duration.ofMillis(1));
        assertThat(transport.packets).containsExactly("PUBLISH 1 $SYS/uploadToken");
        assertThat(transport.uploads).containsExactly("{\"token\":\"new\",\"type\":\"RW\"}");
        assertThat(fixture.connections.told()).containsExactly("connected");
        Instant expiry = now().plus(LIFE);
        transport.acknowledge();
        assertThat(fixture.connections.told()).containsExactly("connected", "renewed until " + expiry);
        transport.lose();
        assertThat(password(fixture.reconnected())).isEqualTo("RW|new");
        assertThat(asked).containsExactly("tokens", "renew old");
    }

    @Test
    void tokensAreReplacedAgainAndAgain() {
        answers("t0", "t1", "t2", "t3");
        FakeTransport transport = fixture.connected();
        for (int i = 0; i < 3; i++) {
            fixture.pass(UNTIL_DUE);
            transport.acknowledge();
        }
        assertThat(transport.uploads).extracting(json -> json.substring(10, 12)).containsExactly("t1", "t2", "t3");
    }

    @Test
    void nothingElseLeavesBetweenAnUploadAndItsAcknowledgement() {
        answers("old", "new");
        FakeTransport transport = fixture.connected();
        fixture.subscribed(transport, "before");
        fixture.pass(UNTIL_DUE);
        int sent = transport.packets.size();
        CompletableFuture<Void> acknowledged = fixture.publish("alarms");
        CompletableFuture<Void> unacknowledged = fixture.publish("alarms", Qos.AT_MOST_ONCE);
        CompletableFuture<Void> subscribed = fixture.subscribe("alarms/#");
        CompletableFuture<Void> unsubscribed = fixture.unsubscribe("before");
        assertThat(transport.packets).hasSize(sent);
        assertThat(fixture.session().statistics().pending()).isEqualTo(2);
        transport.acknowledge();
        assertThat(transport.packets.subList(sent, transport.packets.size()))
                .hasSize(4)
                .anyMatch(packet -> packet.startsWith("PUBLISH 0 alarms"))
                .anyMatch(packet -> packet.startsWith("SUBSCRIBE"))
                .anyMatch(packet -> packet.startsWith("UNSUBSCRIBE"));
        transport.acknowledge();
        transport.acknowledge();
        transport.grant(1);
        transport.nextUnsubscribe().answer(List.of(Ack.SUCCESS));
        assertThat(List.of(acknowledged, unacknowledged, subscribed, unsubscribed))
                .allSatisfy(call -> assertThat(call).isCompleted());
    }

    @Test
    void oneMessageATypeIsUploadedEachAfterTheLastIsAcknowledged() {
        answers.add(() -> Tokens.of("LTAI", token(TokenType.R, "r1"), token(TokenType.W, "w1")));
        answers.add(() -> Tokens.of("LTAI", token(TokenType.W, "w2"), token(TokenType.R, "r2")));
        answers.add(() -> Tokens.of("LTAI", token(TokenType.W, "w3"), token(TokenType.R, "r2")));
        FakeTransport transport = fixture.connected();
        fixture.pass(UNTIL_DUE);
        assertThat(transport.uploads).containsExactly("{\"token\":\"r2\",\"type\":\"R\"}");
        transport.acknowledge();
        assertThat(transport.uploads)
                .endsWith("{\"token\":\"w2\",\"type\":\"W\"}")
                .hasSize(2);
        fixture.publish("alarms");
        assertThat(transport.packets).hasSize(2);
        transport.acknowledge();
        assertThat(transport.packets).hasSize(3);
        transport.acknowledge();
        fixture.pass(UNTIL_DUE);
        transport.acknowledge();
        assertThat(transport.uploads)
                .endsWith("{\"token\":\"w3\",\"type\":\"W\"}")
                .hasSize(3);
    }

    @Test
    void anUploadWaitsForRoomInTheWindow() {
        answers("old", "new");
        fixture.connect();
        FakeTransport transport = fixture.engine.next();
        transport.accept(false, 1);
        fixture.pass(UNTIL_DUE.minusSeconds(1));
        fixture.publish("alarms");
        fixture.pass(Duration.ofSeconds(1));
        assertThat(transport.uploads).isEmpty();
        transport.acknowledge();
        assertThat(transport.packets).containsExactly("PUBLISH 1 alarms", "PUBLISH 2 $SYS/uploadToken");
        transport.acknowledge();
    }

    @Test
    void whatWasHeldBackLeavesOnTheNextConnectionWhichIsMadeWithTheNewTokens() {
        FakeTransport transport = uploading();
        CompletableFuture<Void> published = fixture.publish("alarms");
        transport.lose();
        FakeTransport next = fixture.reconnected();
        assertThat(password(next)).isEqualTo("RW|new");
        assertThat(next.packets).containsExactly("PUBLISH 2 alarms");
        next.acknowledge();
        assertThat(published).isCompleted();
        assertThat(asked).containsExactly("tokens", "renew old");
    }

    @Test
    void aBrokerThatDoesNotAcknowledgeAnUploadIsLeft() {
        FakeTransport transport = uploading();
        fixture.pass(fixture.operationTimeout);
        fixture.assertState(ConnectionState.RECONNECTING);
        assertThat(fixture.connections.losses().get(0))
                .hasMessageContaining("the broker has not acknowledged an uploaded token within 5000 ms");
        transport.acknowledge();
        assertThat(password(fixture.reconnected())).isEqualTo("RW|new");
    }

    @Test
    void aTokenThatTheBrokerRefusesIsNotUsedAndAnotherIsAskedFor() {
        answers("old", "bad", "good");
        FakeTransport transport = fixture.connected();
        Instant expiry = now().plus(LIFE);
        fixture.pass(UNTIL_DUE);
        CompletableFuture<Void> published = fixture.publish("alarms");
        transport.nextPublish().answer(new Ack(0x87, "no"));
        assertThat(fixture.connections.told()).containsExactly("connected", "not renewed, expiring at " + expiry);
        assertThat(fixture.connections.reason()).isInstanceOf(OperationRefusedException.class);
        transport.acknowledge();
        assertThat(published).isCompleted();
        fixture.pass(Duration.ofSeconds(1));
        assertThat(transport.uploads).endsWith("{\"token\":\"good\",\"type\":\"RW\"}");
        transport.acknowledge();
        transport.lose();
        assertThat(password(fixture.reconnected())).isEqualTo("RW|good");
        assertThat(asked).containsExactly("tokens", "renew old", "renew old");
    }

    @Test
    void aProviderThatFailsIsAskedAgainAndTrafficGoesOnMeanwhile() {
        answers("old");
        answers.add(() -> {
            throw new IllegalStateException("down");
        });
        answers.add(() -> {
            throw new AuthenticationException("still down");
        });
        answers("new");
        FakeTransport transport = fixture.connected();
        Instant expiry = now().plus(LIFE);
        fixture.pass(UNTIL_DUE);
        assertThat(fixture.connections.reason())
                .hasMessage("TokenProvider failed: java.lang.IllegalStateException: down");
        assertThat(fixture.connections.told()).endsWith("not renewed, expiring at " + expiry);
        fixture.publish("alarms");
        transport.acknowledge();
        fixture.pass(Duration.ofSeconds(1));
        assertThat(fixture.connections.reason()).hasMessage("still down");
        fixture.pass(Duration.ofSeconds(2).minusMillis(1));
        assertThat(transport.uploads).isEmpty();
        fixture.pass(Duration.ofMillis(1));
        assertThat(transport.uploads).hasSize(1);
        transport.acknowledge();
    }

    @Test
    void aProviderThatGivesTheSameTokensIsToldApartFromOneThatRenews() {
        answers("same");
        answers.add(() -> Tokens.of("LTAI", Token.of(TokenType.RW, "same", Instant.parse("2026-11-21T17:00:00Z"))));
        FakeTransport transport = fixture.connected();
        fixture.pass(UNTIL_DUE);
        assertThat(transport.uploads).isEmpty();
        assertThat(fixture.connections.reason())
                .isInstanceOf(AuthenticationException.class)
                .hasMessage(
                        "TokenProvider gave the tokens that are in use, which expire at 2026-11-21T17:00:00Z; it must"
                                + " give others when it is asked to renew");
        assertThat(asked).hasSize(2);
    }

    @Test
    void tokensThatAreKnownToLiveLongerNeedNoUpload() {
        answers("same", "same");
        FakeTransport transport = fixture.connected();
        fixture.pass(UNTIL_DUE.multipliedBy(2));
        assertThat(transport.uploads).isEmpty();
        assertThat(asked).hasSize(3);
        assertThat(fixture.connections.told()).containsExactly("connected");
    }

    @Test
    void noticeOfAnExpiryHastensTheRenewal() {
        answers("old", "new");
        FakeTransport transport = fixture.connected();
        transport.send(
                7,
                notice("$SYS/tokenExpireNotice", "{\"expireTime\":1763742000000,\"type\":\"RW\"}")
                        .withQos(Qos.AT_LEAST_ONCE));
        assertThat(transport.uploads).hasSize(1);
        assertThat(transport.packets).contains("PUBACK 7");
        assertThat(fixture.connections.told())
                .containsExactly("connected", "notice Expiring[type=RW, expiresAt=2025-11-21T16:20:00Z]");
        transport.acknowledge();
        fixture.pass(UNTIL_DUE.minusMillis(1));
        assertThat(asked).hasSize(2);
    }

    @Test
    void noticeOfTheNewTokensThatOvertakesTheirAcknowledgementIsHeededBehindIt() {
        answers("old", "new", "newest");
        FakeTransport transport = fixture.connected();
        fixture.pass(UNTIL_DUE);
        // A little earlier than the token says: the broker's clock is another.
        noticeOfExpiryAt(now().plus(LIFE).minusSeconds(1), transport);
        assertThat(transport.uploads).hasSize(1);
        transport.acknowledge();
        assertThat(transport.uploads)
                .endsWith("{\"token\":\"newest\",\"type\":\"RW\"}")
                .hasSize(2);
        transport.acknowledge();
        fixture.pass(UNTIL_DUE.minusMillis(1));
        assertThat(asked).hasSize(3);
    }

    @Test
    void noticeOfTokensThatAreBeingReplacedHastensNothing() {
        answers("old", "new", "newest");
        FakeTransport transport = fixture.connected();
        Instant expiry = now().plus(LIFE);
        fixture.pass(UNTIL_DUE);
        noticeOfExpiryAt(expiry, transport);
        transport.acknowledge();
        fixture.pass(UNTIL_DUE.minusMillis(1));
        assertThat(asked).hasSize(2);
    }

    private void noticeOfExpiryAt(Instant expiry, FakeTransport transport) {
        transport.send(
                0, notice("$SYS/tokenExpireNotice", "{\"expireTime\":" + expiry.toEpochMilli() + ",\"type\":\"RW\"}"));
    }

    @Test
    void noticeThatComesBeforeTheConnectionIsReadyIsHeededWhenItIs() {
        answers("old", "new");
        fixture.subscribeAtConnect("alarms/#");
        fixture.connect();
        FakeTransport transport = fixture.engine.nextAccepted();
        transport.send(0, notice("$SYS/tokenExpireNotice", "{\"expireTime\":1763742000000,\"type\":\"RW\"}"));
        assertThat(asked).hasSize(1);
        transport.grant(1);
        fixture.assertState(ConnectionState.CONNECTED);
        assertThat(transport.uploads).hasSize(1);
        transport.acknowledge();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{\"type\":\"RW\"}",
                "{\"expireTime\":1}",
                "{\"expireTime\":\"1\",\"type\":\"RW\"}",
                "{\"expireTime\":1.5,\"type\":\"RW\"}",
                "{\"expireTime\":99999999999999999999,\"type\":\"RW\"}",
                "{\"expireTime\":1,\"type\":\"R,W\"}",
                "{\"expireTime\":1,\"type\":7}",
                "{\"expireTime\":1,\"type\":\"RW\"} x",
                "{\"expireTime\":1,\"expireTime\":1,\"type\":\"RW\"}",
                "{\"expireTime\":1,\"type\":\"RW\""
            })
    void aMalformedNoticeIsIgnored(String payload) {
        answers("old", "new");
        FakeTransport transport = fixture.connected();
        transport.send(0, notice("$SYS/tokenExpireNotice", payload));
        fixture.assertState(ConnectionState.CONNECTED);
        assertThat(fixture.connections.told()).containsExactly("connected");
        assertThat(asked).hasSize(1);
    }

    @Test
    void aNoticeMaySayMoreThanIsKnown() {
        answers("old", "new");
        FakeTransport transport = fixture.connected();
        transport.send(
                0,
                notice(
                        "$SYS/tokenExpireNotice",
                        "{\"more\":{\"type\":[1,2]},\"type\":\"RW\",\"expireTime\":1763742000000,\"x\":null}"));
        assertThat(transport.uploads).hasSize(1);
        transport.acknowledge();
    }

    @ParameterizedTest
    @CsvSource({
        "1, TOKEN_MALFORMED, true",
        "2, TOKEN_EXPIRED, true",
        "3, TOKEN_REVOKED, true",
        "4, TOKEN_NOT_FOR_TOPIC, false",
        "5, TOKEN_NOT_FOR_OPERATION, false",
        "8, TOKEN_SIGNATURE, true",
        "-1, ACCOUNT_NOT_PERMITTED, true",
        "99, TOKEN_INVALID, true"
    })
    void whatTheBrokerSaysOfATokenIsTheCauseOfTheLossThatFollows(int code, Cause cause, boolean replaced) {
        answers("old", "new");
        FakeTransport transport = fixture.connected();
        CompletableFuture<Void> published = fixture.publish("alarms");
        transport.send(0, notice("$SYS/tokenInvalidNotice", "{\"code\":" + code + ",\"type\":\"RW\"}"));
        fixture.assertState(ConnectionState.CONNECTED);
        transport.lose();
        assertThat(causesOfLast()).containsExactly(cause);
        boolean suspected = fixture.connections
                .losses()
                .get(0)
                .probableCause()
                .flatMap(ProbableCause::inProgress)
                .isPresent();
        assertThat(suspected).isEqualTo(!replaced);
        FakeTransport next = fixture.reconnected();
        assertThat(password(next)).isEqualTo(replaced ? "RW|new" : "RW|old");
        next.acknowledge();
        assertThat(published).isCompleted();
    }

    @Test
    void aLossAfterTheTokensExpiredIsProbablyForThat() {
        answers("old");
        answers.add(() -> {
            throw new AuthenticationException("down");
        });
        FakeTransport transport = fixture.connected();
        fixture.pass(LIFE);
        transport.lose();
        assertThat(causesOfLast()).containsExactly(Cause.TOKEN_EXPIRED);
    }

    @Test
    void expiredTokensAreNeverConnectedWith() {
        answers("old");
        answers.add(() -> {
            throw new AuthenticationException("down");
        });
        answers.add(() -> {
            throw new AuthenticationException("down");
        });
        answers("new");
        fixture.reconnecting = fixture.reconnecting.withDelay(LIFE, LIFE);
        FakeTransport transport = fixture.connected();
        transport.lose();
        fixture.pass(LIFE);
        assertThat(fixture.engine.created).isEmpty();
        assertThat(fixture.connections.failures()).hasSize(1);
        fixture.pass(LIFE.multipliedBy(2));
        assertThat(password(fixture.engine.nextAccepted())).isEqualTo("RW|new");
    }

    @Test
    void tokensThatABrokerDoesNotAcceptAreReplacedAtTheNextAttempt() {
        answers("revoked", "new");
        FakeTransport transport = fixture.connected();
        transport.lose();
        FakeTransport refused = fixture.reconnecting();
        assertThat(password(refused)).isEqualTo("RW|revoked");
        refused.refuse(5);
        assertThat(password(fixture.reconnected())).isEqualTo("RW|new");
        assertThat(asked).containsExactly("tokens", "renew revoked");
    }

    @Test
    void aDisconnectDuringAnUploadEndsItAndTheNextConnectionIsMadeWithTheNewTokens() {
        FakeTransport transport = uploading();
        CompletableFuture<Void> published = fixture.publish("alarms");
        CompletableFuture<?> ended = fixture.disconnect(Duration.ofMillis(1));
        fixture.pass(Duration.ofMillis(1));
        transport.disconnect.complete(null);
        fixture.run();
        assertThat(ended).isCompleted();
        assertThat(failureOf(published)).isInstanceOf(ConnectionLostException.class.getSuperclass());
        assertThat(transport.packets).containsExactly("PUBLISH 1 $SYS/uploadToken", "DISCONNECT");
        fixture.connect();
        FakeTransport next = fixture.engine.nextAccepted();
        assertThat(password(next)).isEqualTo("RW|new");
        fixture.publish("alarms");
        next.acknowledge();
    }

    @Test
    void anUploadThatStillWaitsForRoomWhenTheClientDisconnectsIsNotSent() {
        answers("old", "new");
        fixture.connect();
        FakeTransport transport = fixture.engine.next();
        transport.accept(false, 1);
        fixture.pass(UNTIL_DUE.minusSeconds(1));
        fixture.publish("alarms");
        fixture.pass(Duration.ofSeconds(1));
        fixture.disconnect(Duration.ofMillis(1));
        fixture.pass(Duration.ofMillis(1));
        transport.acknowledge();
        transport.disconnect.complete(null);
        fixture.run();
        assertThat(transport.packets).containsExactly("PUBLISH 1 alarms", "DISCONNECT");
    }

    @Test
    void aDisconnectWaitsForWhatAnUploadHoldsBack() {
        FakeTransport transport = uploading();
        CompletableFuture<Void> published = fixture.publish("alarms");
        CompletableFuture<?> ended = fixture.disconnect(Duration.ofSeconds(2));
        transport.acknowledge();
        transport.acknowledge();
        assertThat(published).isCompleted();
        transport.disconnect.complete(null);
        fixture.run();
        assertThat(ended).isCompleted();
        assertThat(transport.packets).containsExactly("PUBLISH 1 $SYS/uploadToken", "PUBLISH 2 alarms", "DISCONNECT");
    }

    @Test
    void tokensThatComeWhileNoConnectionIsThereServeTheNext() {
        answers("old", "new");
        FakeTransport transport = fixture.connected();
        transport.send(0, notice("$SYS/tokenExpireNotice", "{\"expireTime\":1763742000000,\"type\":\"RW\"}"));
        transport.lose();
        FakeTransport next = fixture.reconnecting();
        assertThat(password(next)).isEqualTo("RW|new");
        next.accept();
        assertThat(next.uploads).isEmpty();
    }

    @Test
    void withoutTokensASystemTopicIsATopicLikeAnyOther() {
        fixture.authentication = Authentication.anonymous();
        fixture.profile = Profile.GENERIC;
        List<String> received = new ArrayList<>();
        FakeTransport transport = fixture.connected();
        fixture.subscribed(transport, "$SYS/#", message -> received.add(message.text()));
        transport.send(0, notice("$SYS/tokenExpireNotice", "x"));
        assertThat(received).containsExactly("x");
    }

    private static Message notice(String topic, String payload) {
        return Message.of(topic, payload).withQos(Qos.AT_MOST_ONCE);
    }
}
