package io.apsaramqtt.client.session;

import static io.apsaramqtt.client.Futures.failureOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.apsaramqtt.client.connection.ConnectionState;
import io.apsaramqtt.client.delivery.QuarantinedException;
import io.apsaramqtt.client.transport.Ack;
import io.apsaramqtt.mqtt.Qos;
import io.apsaramqtt.mqtt.TopicFilter;
import io.apsaramqtt.permission.PermissionDeniedException;
import io.apsaramqtt.permission.PermissionMode;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Whether messages of a filter come, or will: what is not worth a wait is told apart from what a reconnect brings back. */
@InSeveralOrders
class SessionReceivingTest {

    private static final TopicFilter FILTER = TopicFilter.of("billing/a");

    private final SessionFixture fixture;

    SessionReceivingTest(long seed) {
        fixture = new SessionFixture(seed);
        // The waits between connections are as long as they can be here.
        fixture.operationTimeout = Duration.ofMinutes(10);
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    private boolean isReceiving() {
        return fixture.session().isReceiving(FILTER);
    }

    private CompletableFuture<Void> subscribe() {
        return fixture.subscribe(FILTER.value());
    }

    @Test
    void whatTheBrokerGrantedIsReceivedUntilItIsGivenUp() {
        FakeTransport transport = fixture.connected();
        assertThat(isReceiving()).isFalse();
        CompletableFuture<Void> subscribing = subscribe();
        assertThat(isReceiving()).isFalse();
        transport.grant(1);
        assertThat(subscribing).isCompleted();
        assertThat(isReceiving()).isTrue();
        fixture.session().unsubscribe(FILTER);
        assertThat(isReceiving()).isFalse();
    }

    @Test
    void whatTheNextConnectionSubscribesToWillBeReceived() {
        FakeTransport first = fixture.connected();
        fixture.subscribed(first, FILTER.value());
        first.cut();
        assertThat(isReceiving()).isTrue();
        FakeTransport second = fixture.reconnected();
        fixture.assertState(ConnectionState.RECONNECTING);
        assertThat(isReceiving()).isTrue();
        second.cut();
        assertThat(isReceiving()).isTrue();
        fixture.reconnected().grant(1);
        assertThat(isReceiving()).isTrue();
    }

    @Test
    void whatTheBrokerRefusesWhenItIsSubscribedToAgainIsNotReceived() {
        FakeTransport first = fixture.connected();
        fixture.subscribed(first, FILTER.value());
        first.cut();
        FakeTransport second = fixture.reconnected();
        second.nextSubscribe().answer(List.of(new Ack(0x80, null)));
        fixture.assertState(ConnectionState.CONNECTED);
        assertThat(isReceiving()).isFalse();
        second.cut();
        assertThat(isReceiving()).isFalse();
    }

    @Test
    void whatThePermissionsDenyIsNotReceivedNorWillBe() {
        FakeTransport first = fixture.connected();
        fixture.subscribed(first, FILTER.value());
        fixture.granted = SessionFixture.onlyFor("alarms");
        assertThat(isReceiving()).isTrue();
        first.cut();
        assertThat(isReceiving()).isFalse();
        assertThat(failureOf(subscribe())).isInstanceOf(PermissionDeniedException.class);
        FakeTransport second = fixture.reconnected();
        fixture.assertState(ConnectionState.CONNECTED);
        assertThat(isReceiving()).isFalse();
        second.cut();
        fixture.granted = SessionFixture.onlyFor("billing");
        assertThat(isReceiving()).isTrue();
    }

    @Test
    void whatCannotBeCheckedIsLeftToTheSubscribeToFailWith() {
        IllegalStateException unreadable = new IllegalStateException("of a test");
        AtomicBoolean readable = new AtomicBoolean(true);
        fixture.current = () -> {
            if (readable.get()) {
                return fixture.granted;
            }
            throw unreadable;
        };
        FakeTransport first = fixture.connected();
        fixture.subscribed(first, FILTER.value());
        first.cut();
        readable.set(false);
        assertThat(isReceiving()).isFalse();
        assertThat(failureOf(subscribe())).isSameAs(unreadable);
        readable.set(true);
    }

    @Test
    void whatWasSubscribedToUncheckedWillBeReceivedThoughThePermissionsDenyIt() {
        fixture.granted = SessionFixture.onlyFor("alarms");
        FakeTransport first = fixture.connected();
        fixture.done(fixture.session()
                .subscribe(FILTER, Qos.AT_LEAST_ONCE, SessionFixture.receiver(message -> {}), PermissionMode.OFF));
        first.grant(1);
        first.cut();
        assertThat(isReceiving()).isTrue();
    }

    @Test
    void whatIsInQuarantineIsNotReceivedNorWillBe() {
        FakeTransport transport = fixture.connected();
        fixture.subscribed(transport, FILTER.value());
        for (int loss = 0; loss < 4; loss++) {
            // The first one finds it granted.
            transport.lose();
            assertThat(isReceiving()).isEqualTo(loss < 3);
            transport = fixture.reconnected();
        }
        fixture.assertState(ConnectionState.CONNECTED);
        assertThat(isReceiving()).isFalse();
        assertThat(failureOf(subscribe())).isInstanceOf(QuarantinedException.class);
        fixture.pass(fixture.quarantine.duration());
        transport.grant(1);
        assertThat(isReceiving()).isTrue();
    }

    @Test
    void whatTheBrokerGrantedInASessionThatItKeepsIsReceivedThoughThePermissionsDenyIt() {
        fixture.keepsSession();
        FakeTransport first = fixture.connected();
        fixture.subscribed(first, FILTER.value());
        fixture.granted = SessionFixture.onlyFor("alarms");
        first.cut();
        assertThat(isReceiving()).isTrue();
        FakeTransport second = fixture.resumed();
        assertThat(isReceiving()).isTrue();
        second.cut();
        fixture.reconnected();
        assertThat(isReceiving()).isFalse();
    }
}
