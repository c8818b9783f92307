package io.apsaramqtt.client.session;

import static io.apsaramqtt.client.Futures.failureOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.apsaramqtt.authentication.SignedConnect;
import io.apsaramqtt.client.Futures;
import io.apsaramqtt.client.Threads;
import io.apsaramqtt.client.connection.ConnectFailedException;
import io.apsaramqtt.client.connection.ConnectFailedException.Reason;
import io.apsaramqtt.client.connection.ConnectionState;
import io.apsaramqtt.client.connection.NotConnectedException;
import io.apsaramqtt.client.transport.ConnectFailures;
import io.apsaramqtt.credentials.CredentialsException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SessionConnectTest {

    private final SessionFixture fixture = new SessionFixture();

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void theStateTellsHowFarTheConnectionIs() throws InterruptedException {
        Session session = fixture.session();
        assertThat(session.state()).isEqualTo(ConnectionState.DISCONNECTED);
        CompletableFuture<Void> connecting = session.connect();
        FakeTransport transport = fixture.engine.next();
        assertThat(session.state()).isEqualTo(ConnectionState.CONNECTING);
        transport.accept();
        Futures.get(connecting);
        assertThat(session.state()).isEqualTo(ConnectionState.CONNECTED);
        session.close();
        assertThat(session.state()).isEqualTo(ConnectionState.CLOSED);
    }

    @Test
    void aFirstConnectThatFailsIsNotTriedAgainByItselfButMayBe() throws InterruptedException {
        CompletableFuture<Void> connecting = fixture.session().connect();
        FakeTransport refused = fixture.engine.next();
        refused.connect.completeExceptionally(ConnectFailures.refused(fixture.endpoint(), 5, null));
        assertThat(failureOf(connecting))
                .isInstanceOfSatisfying(
                        ConnectFailedException.class,
                        e -> assertThat(e.reason()).isEqualTo(Reason.REFUSED));
        assertThat(refused.isClosed()).isTrue();
        assertThat(fixture.session().state()).isEqualTo(ConnectionState.DISCONNECTED);
        assertThat(fixture.delayBounds).isEmpty();

        fixture.connected();
        assertThat(fixture.session().state()).isEqualTo(ConnectionState.CONNECTED);
        assertThat(fixture.engine.created).isEmpty();
    }

    @Test
    void callbacksOfAConnectGetTheFailureUnwrapped() throws InterruptedException {
        CompletableFuture<Throwable> given = new CompletableFuture<>();
        fixture.session().connect().whenComplete((done, failure) -> given.complete(failure));
        fixture.engine.next().connect.completeExceptionally(ConnectFailures.refused(fixture.endpoint(), 5, null));
        assertThat(Futures.get(given)).isInstanceOf(ConnectFailedException.class);
    }

    @Test
    void aConnectThatNobodyAnswersFailsAndIsDropped() throws InterruptedException {
        fixture.connectTimeout = Duration.ofMillis(20);
        CompletableFuture<Void> connecting = fixture.session().connect();
        FakeTransport silent = fixture.engine.next();
        assertThat(failureOf(connecting))
                .isInstanceOfSatisfying(
                        ConnectFailedException.class,
                        e -> assertThat(e.reason()).isEqualTo(Reason.TIMEOUT))
                .hasMessageContaining("20 ms");
        assertThat(silent.isClosed()).isTrue();
    }

    @Test
    void aConnectionThatCannotBeSignedReachesNoTransport() {
        CredentialsException none = CredentialsException.of("a test", "there is none");
        fixture.authentication = clientId -> {
            throw none;
        };
        assertThat(failureOf(fixture.session().connect())).isSameAs(none);
        assertThat(fixture.engine.created).isEmpty();
        assertThat(fixture.session().state()).isEqualTo(ConnectionState.DISCONNECTED);
    }

    @Test
    void anErrorOfTheCredentialsFailsTheConnectInsteadOfLeavingItOpen() {
        fixture.authentication = clientId -> {
            throw new NoClassDefFoundError("of a test");
        };
        assertThat(failureOf(fixture.session().connect())).hasStackTraceContaining("of a test");
        assertThat(fixture.session().state()).isEqualTo(ConnectionState.DISCONNECTED);
    }

    @Test
    void callsWhileConnectingSayThatThereIsNoConnectionYet() throws InterruptedException {
        fixture.session().connect();
        fixture.engine.next();
        assertThat(failureOf(fixture.session().publish(SessionFixture.message("alarms/a", "x"))))
                .isInstanceOf(NotConnectedException.class)
                .hasMessageContaining("publish to 'alarms/a'")
                .hasMessageContaining("still connecting");
    }

    @Test
    void closingWhileConnectingFailsTheConnectAndDropsTheAttempt() throws InterruptedException {
        CompletableFuture<Void> connecting = fixture.session().connect();
        FakeTransport attempt = fixture.engine.next();
        fixture.session().close();
        assertThat(failureOf(connecting))
                .isInstanceOfSatisfying(
                        NotConnectedException.class, e -> assertThat(e.state()).isEqualTo(ConnectionState.CLOSED));
        assertThat(attempt.isClosed()).isTrue();
        await().untilAsserted(() -> assertThat(Threads.of(fixture.clientId)).isEmpty());
        // What the broker says too late opens nothing.
        attempt.accept();
        assertThat(fixture.session().state()).isEqualTo(ConnectionState.CLOSED);
        assertThat(fixture.connections.told()).isEmpty();
    }

    @Test
    void closingWhileSigningSendsNothingAfterwards() throws InterruptedException {
        CountDownLatch signing = new CountDownLatch(1);
        CountDownLatch signed = new CountDownLatch(1);
        CountDownLatch left = new CountDownLatch(1);
        fixture.operationTimeout = Duration.ofMillis(50);
        fixture.authentication = clientId -> {
            signing.countDown();
            try {
                signed.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            left.countDown();
            return new SignedConnect(null, null, null);
        };
        CompletableFuture<Void> connecting = fixture.session().connect();
        assertThat(signing.await(20, TimeUnit.SECONDS)).isTrue();
        fixture.session().close();
        signed.countDown();
        assertThat(left.await(20, TimeUnit.SECONDS)).isTrue();
        await().untilAsserted(() -> assertThat(Threads.of(fixture.clientId)).isEmpty());
        assertThat(fixture.engine.created)
                .allSatisfy(late -> assertThat(late.isClosed()).isTrue());
        assertThat(connecting).isCompletedExceptionally();
    }
}
