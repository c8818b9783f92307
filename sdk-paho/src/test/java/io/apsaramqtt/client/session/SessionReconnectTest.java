package io.apsaramqtt.client.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.apsaramqtt.authentication.SignedConnect;
import io.apsaramqtt.client.Futures;
import io.apsaramqtt.client.Inbox;
import io.apsaramqtt.client.connection.ConnectFailedException;
import io.apsaramqtt.client.connection.ConnectFailedException.Reason;
import io.apsaramqtt.client.connection.ConnectionListener;
import io.apsaramqtt.client.connection.ConnectionLostException;
import io.apsaramqtt.client.connection.ConnectionState;
import io.apsaramqtt.client.transport.Ack;
import io.apsaramqtt.client.transport.ConnectAck;
import io.apsaramqtt.client.transport.ConnectFailures;
import io.apsaramqtt.client.transport.Subscription;
import io.apsaramqtt.credentials.CredentialsException;
import io.apsaramqtt.mqtt.Qos;
import io.apsaramqtt.mqtt.TopicFilter;
import io.apsaramqtt.policy.Policy;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SessionReconnectTest {

    private final SessionFixture fixture = new SessionFixture();

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void aLostConnectionFailsWhatIsPendingAndIsMadeAgain() throws InterruptedException {
        FakeTransport first = fixture.connected();
        CompletableFuture<Void> pending = fixture.session().publish(SessionFixture.message("alarms/a", "x"));
        first.lose("of a test");
        assertThat(Futures.failureOf(pending))
                .isInstanceOf(ConnectionLostException.class)
                .hasMessageContaining("of a test");
        fixture.engine.nextAccepted();
        fixture.awaitConnects(2);
        assertThat(first.isClosed()).isTrue();
        assertThat(fixture.connections.told()).containsExactly("connected", "lost", "connected");
    }

    @Test
    void eachAttemptIsSignedAfresh() throws InterruptedException {
        AtomicInteger signed = new AtomicInteger();
        fixture.authentication = clientId -> new SignedConnect(null, null, "LTAI****" + signed.incrementAndGet());
        fixture.connected().lose("of a test");
        fixture.engine.next().connect.completeExceptionally(ConnectFailures.refused(fixture.endpoint(), 3, null));
        fixture.engine.nextAccepted();
        fixture.awaitConnects(2);
        assertThat(signed).hasValue(3);
        assertThat(fixture.session().accessKeyId()).contains("LTAI****3");
    }

    @Test
    void waitsGrowWithEachFailureUpToTheLongest() throws InterruptedException {
        fixture.backoff = new Backoff(Duration.ofMillis(100), Duration.ofMillis(1_000));
        FakeTransport transport = fixture.connected();
        fixture.clock.pass(Duration.ofHours(1));
        transport.lose("after an hour");
        for (int i = 0; i < 6; i++) {
            fixture.engine.next().connect.completeExceptionally(ConnectFailures.refused(fixture.endpoint(), 3, null));
        }
        fixture.engine.nextAccepted();
        fixture.awaitConnects(2);
        assertThat(fixture.delayBounds).containsExactly(100L, 200L, 400L, 800L, 1_000L, 1_000L, 1_000L);
        assertThat(fixture.connections.failures())
                .hasSize(6)
                .allSatisfy(failure -> assertThat(failure.reason()).isEqualTo(Reason.UNREACHABLE));
    }

    @Test
    void connectionsThatDieAtOnceCountAsFailures() throws InterruptedException {
        FakeTransport transport = fixture.connected();
        for (int i = 1; i <= 4; i++) {
            transport.lose("at once");
            transport = fixture.engine.nextAccepted();
            fixture.awaitConnects(i + 1);
        }
        fixture.clock.pass(Duration.ofSeconds(11));
        transport.lose("after it held");
        fixture.engine.nextAccepted();
        fixture.awaitConnects(6);
        assertThat(fixture.delayBounds).containsExactly(200L, 400L, 800L, 1_600L, 100L);
    }

    @Test
    void aLossBeforeTheConnectionIsOpenIsNotMissed() throws InterruptedException {
        var connecting = fixture.session().connect();
        FakeTransport transport = fixture.engine.next();
        transport.lose("before the CONNACK was seen");
        transport.accept();
        // The connect was accepted and lost in one: whichever is told, the client comes back.
        fixture.engine.nextAccepted();
        fixture.awaitConnects(1);
        await().until(() -> fixture.session().state() == ConnectionState.CONNECTED);
        Futures.get(connecting);
        assertThat(transport.isClosed()).isTrue();
    }

    @Test
    void subscriptionsAreMadeAgainBeforeTheClientIsCalledConnected() throws InterruptedException {
        FakeTransport first = fixture.connected();
        Inbox inbox = new Inbox();
        fixture.subscribe(first, "alarms/a", inbox);
        fixture.subscribe(first, "alarms/b", inbox);
        first.lose("of a test");
        FakeTransport second = fixture.engine.nextAccepted();
        var again = FakeTransport.next(second.subscribed);
        assertThat(again.packet())
                .containsExactly(
                        new Subscription(TopicFilter.of("alarms/a"), Qos.AT_LEAST_ONCE),
                        new Subscription(TopicFilter.of("alarms/b"), Qos.AT_LEAST_ONCE));
        assertThat(fixture.session().state()).isEqualTo(ConnectionState.RECONNECTING);
        again.answer().complete(List.of(Ack.SUCCESS, new Ack(0x80, null)));
        fixture.awaitConnects(2);
        second.listener.received(SessionFixture.message("alarms/a", "again"));
        assertThat(inbox.next().text()).isEqualTo("again");
    }

    @Test
    void subscriptionsThatTheBrokerStillHasAreNotMadeAgain() throws InterruptedException {
        FakeTransport first = fixture.connected();
        fixture.subscribe(first, "alarms/a", new Inbox());
        first.lose("of a test");
        FakeTransport second = fixture.engine.next();
        second.connect.complete(new ConnectAck(true, 10));
        fixture.awaitConnects(2);
        assertThat(second.subscribed).isEmpty();
    }

    @Test
    void aLossWhileSubscribingAgainIsOneMoreFailedAttempt() throws InterruptedException {
        FakeTransport first = fixture.connected();
        fixture.subscribe(first, "alarms/a", new Inbox());
        first.lose("of a test");
        FakeTransport second = fixture.engine.nextAccepted();
        FakeTransport.next(second.subscribed);
        second.lose("while subscribing");
        FakeTransport third = fixture.engine.nextAccepted();
        FakeTransport.next(third.subscribed).answer().complete(List.of(Ack.SUCCESS));
        fixture.awaitConnects(2);
        assertThat(second.isClosed()).isTrue();
        assertThat(third.isClosed()).isFalse();
        assertThat(fixture.connections.told()).containsExactly("connected", "lost", "failed", "connected");
        ConnectFailedException failure = fixture.connections.failures().get(0);
        assertThat(failure.reason()).isEqualTo(Reason.CLOSED_BY_BROKER);
        assertThat(failure).hasMessageContaining("while subscribing");
    }

    @Test
    void subscribingAgainThatIsNotAnsweredIsOneMoreFailedAttempt() throws InterruptedException {
        fixture.operationTimeout = Duration.ofMillis(50);
        FakeTransport first = fixture.connected();
        fixture.subscribe(first, "alarms/a", new Inbox());
        first.lose("of a test");
        FakeTransport second = fixture.engine.nextAccepted();
        FakeTransport.next(second.subscribed);
        FakeTransport third = fixture.engine.nextAccepted();
        FakeTransport.next(third.subscribed).answer().complete(List.of(Ack.SUCCESS));
        fixture.awaitConnects(2);
        assertThat(second.isClosed()).isTrue();
        assertThat(fixture.connections.failures().get(0).reason()).isEqualTo(Reason.TIMEOUT);
    }

    @Test
    void aReconnectThatCannotBeSignedSaysSoAndIsTriedAgain() throws InterruptedException {
        AtomicInteger attempts = new AtomicInteger();
        fixture.authentication = clientId -> {
            if (attempts.incrementAndGet() == 2) {
                throw CredentialsException.of("a test", "gone for a while");
            }
            return new SignedConnect(null, null, null);
        };
        fixture.connected().lose("of a test");
        fixture.engine.nextAccepted();
        fixture.awaitConnects(2);
        ConnectFailedException failure = fixture.connections.failures().get(0);
        assertThat(failure.reason()).isEqualTo(Reason.NOT_SIGNED);
        assertThat(failure).hasMessageContaining("gone for a while").hasCauseInstanceOf(CredentialsException.class);
    }

    @Test
    void aDeniedFilterIsNotSubscribedAgain() throws InterruptedException {
        FakeTransport first = fixture.connected();
        fixture.subscribe(first, "alarms/a", new Inbox());
        fixture.subscribe(first, "billing/a", new Inbox());
        fixture.granted = SessionFixture.granted(Policy.parse("alarms", """
                {"Version": "1", "Statement": [{"Effect": "Allow", "Action": "mq:SUB", "Resource": [
                  "acs:mq:*:*:topic/post-cn-session/alarms", "acs:mq:*:*:groupId/post-cn-session/GID_session"]}]}
                """));
        first.lose("of a test");
        FakeTransport second = fixture.engine.nextAccepted();
        var again = FakeTransport.next(second.subscribed);
        assertThat(again.packet()).containsExactly(new Subscription(TopicFilter.of("alarms/a"), Qos.AT_LEAST_ONCE));
        again.answer().complete(List.of(Ack.SUCCESS));
        fixture.awaitConnects(2);
    }

    @Test
    void noticesComeInTheOrderOfWhatHappenedThoughACallbackIsSlow() throws InterruptedException {
        CountDownLatch lost = new CountDownLatch(1);
        List<String> told = new CopyOnWriteArrayList<>();
        fixture.listener = new ConnectionListener() {
            @Override
            public void connected() {
                told.add("connected");
            }

            @Override
            public void connectionLost(ConnectionLostException loss) {
                told.add("lost");
                lost.countDown();
            }
        };
        CountDownLatch callback = new CountDownLatch(1);
        fixture.session().connect().thenRun(() -> {
            callback.countDown();
            try {
                lost.await(20, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        FakeTransport transport = fixture.engine.nextAccepted();
        assertThat(callback.await(20, TimeUnit.SECONDS)).isTrue();
        transport.lose("of a test");
        await().until(() -> told.size() >= 2);
        assertThat(told.subList(0, 2)).containsExactly("connected", "lost");
    }

    @Test
    void anErrorOfAConnectionListenerDoesNotSilenceIt() throws InterruptedException {
        AtomicInteger connects = new AtomicInteger();
        fixture.listener = new ConnectionListener() {
            @Override
            public void connected() {
                connects.incrementAndGet();
                throw new AssertionError("of a test");
            }
        };
        FakeTransport first = fixture.connected();
        await().until(() -> connects.get() == 1);
        first.lose("of a test");
        fixture.engine.nextAccepted();
        await().until(() -> connects.get() == 2);
    }
}
