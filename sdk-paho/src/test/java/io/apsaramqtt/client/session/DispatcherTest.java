package io.apsaramqtt.client.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.apsaramqtt.client.Inbox;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DispatcherTest {

    private final SessionFixture fixture = new SessionFixture();

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void aSlowTopicDoesNotHoldUpAnother() throws InterruptedException {
        FakeTransport transport = fixture.connected();
        CountDownLatch slow = new CountDownLatch(1);
        Inbox inbox = new Inbox();
        fixture.subscribe(transport, "slow/a", message -> slow.await());
        fixture.subscribe(transport, "alarms/#", inbox);
        transport.listener.received(SessionFixture.message("slow/a", "x"));
        // Some of these share the slow topic's lane, most do not.
        IntStream.range(0, 40).forEach(i -> transport.listener.received(SessionFixture.message("alarms/" + i, "x")));
        inbox.texts(20);
        slow.countDown();
        inbox.texts(20);
    }

    @Test
    void messagesOfATopicComeInOrderAndOneAtATime() throws InterruptedException {
        FakeTransport transport = fixture.connected();
        Inbox inbox = new Inbox();
        fixture.subscribe(transport, "alarms/#", inbox);
        List<String> sent = IntStream.range(0, 500).mapToObj(Integer::toString).toList();
        sent.forEach(text -> transport.listener.received(SessionFixture.message("alarms/a", text)));
        assertThat(inbox.texts(500)).isEqualTo(sent);
    }

    @Test
    void everyListenerThatMatchesGetsTheMessageOnce() throws InterruptedException {
        FakeTransport transport = fixture.connected();
        Inbox first = new Inbox();
        Inbox second = new Inbox();
        fixture.subscribe(transport, "alarms/#", first);
        fixture.subscribe(transport, "alarms/+", first);
        fixture.subscribe(transport, "alarms/a", second);
        transport.listener.received(SessionFixture.message("alarms/a", "1"));
        transport.listener.received(SessionFixture.message("alarms/a", "2"));
        assertThat(first.texts(2)).containsExactly("1", "2");
        assertThat(second.texts(2)).containsExactly("1", "2");
        assertThat(first.rest()).isEmpty();
    }

    @Test
    void aMessageThatNobodyWantsIsDroppedWithoutHarm() throws InterruptedException {
        FakeTransport transport = fixture.connected();
        CountDownLatch taken = new CountDownLatch(1);
        fixture.subscribe(transport, "alarms/a", message -> taken.countDown());
        transport.listener.received(SessionFixture.message("alarms/nobody", "x"));
        transport.listener.received(SessionFixture.message("alarms/p2p/" + fixture.clientId, "x"));
        transport.listener.received(SessionFixture.message("alarms/a", "x"));
        assertThat(taken.await(20, TimeUnit.SECONDS)).isTrue();
    }
}
