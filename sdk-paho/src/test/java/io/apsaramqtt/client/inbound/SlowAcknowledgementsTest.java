package io.apsaramqtt.client.inbound;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import io.apsaramqtt.client.listener.ListenerOptions;
import io.apsaramqtt.mqtt.Qos;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SlowAcknowledgementsTest {

    private static final Duration SLOW_AFTER = InboundSettings.DEFAULT_SLOW_AFTER;

    private final Reception reception = new Reception();
    private final Logged logged = new Logged();

    @AfterEach
    void close() {
        logged.close();
    }

    private List<String> warnings() {
        return logged.at(Level.WARN);
    }

    @Test
    void aMessageThatIsNotAcknowledgedInTimeIsNamedByItsTopic() {
        reception.listenManually();
        reception.receive(1, "alarms/a", "secret");
        reception.runtime.advance(SLOW_AFTER.minusMillis(1));
        assertThat(warnings()).isEmpty();
        reception.runtime.advance(Duration.ofMillis(1));
        assertThat(warnings())
                .singleElement()
                .asString()
                .contains("[alarms/a] is not acknowledged after 3 s")
                .contains("delivers again what is not acknowledged within 3 to 10 s")
                .doesNotContain("secret");
        assertThat(reception.statistics().slow()).isEqualTo(1);
    }

    @Test
    void whatIsAcknowledgedInTimeIsNotNamed() {
        reception.listenManually();
        reception.receive(1, "alarms/a", "1");
        reception.runtime.runUntilIdle();
        reception.acknowledge("1");
        reception.runtime.advance(Duration.ofMinutes(1));
        assertThat(warnings()).isEmpty();
        assertThat(reception.statistics().slow()).isZero();
    }

    @Test
    void whatIsDoneAndWaitsForAnotherIsNotNamed() {
        reception.listenManually();
        reception.receive(1, "alarms/slow", "1");
        reception.receive(2, "alarms/fast", "2");
        reception.runtime.runUntilIdle();
        reception.acknowledge("2");
        reception.runtime.advance(SLOW_AFTER);
        assertThat(warnings()).singleElement().asString().contains("[alarms/slow]");
        assertThat(reception.statistics().slow()).isEqualTo(1);
    }

    @Test
    void aTopicIsNamedOnceAMinuteAndEachMessageCountedOnce() {
        reception.listenManually();
        reception.receive(1, "alarms/a", "1");
        reception.receive(2, "alarms/a", "2");
        reception.receive(3, "alarms/b", "3");
        reception.runtime.advance(Duration.ofSeconds(30));
        reception.receive(4, "alarms/a", "4");
        reception.runtime.advance(Duration.ofSeconds(32));
        assertThat(warnings()).hasSize(2);
        assertThat(reception.statistics().slow()).isEqualTo(4);
        reception.receive(5, "alarms/a", "5");
        reception.runtime.advance(SLOW_AFTER);
        assertThat(warnings()).hasSize(3).last().asString().contains("[alarms/a]");
        assertThat(reception.statistics().slow()).isEqualTo(5);
    }

    @Test
    void oneTimerWatchesAllMessagesAndNoneWatchesNone() {
        reception.listenManually();
        reception.receive(Qos.AT_MOST_ONCE, "alarms/a", "0");
        reception.receive(Qos.EXACTLY_ONCE, "alarms/a", "2");
        assertThat(reception.runtime.timers()).isZero();
        for (int id = 1; id <= 50; id++) {
            reception.receive(id, "alarms/a", "x");
            reception.runtime.advance(Duration.ofMillis(100));
            assertThat(reception.runtime.timers()).isEqualTo(1);
        }
        reception.runtime.advance(SLOW_AFTER);
        assertThat(reception.statistics().slow()).isEqualTo(50);
        assertThat(reception.runtime.timers()).isZero();
    }

    @Test
    void aMessageThatHasNotHadItsTurnIsSlowToo() {
        reception.receivers.add(Receiver.of(
                message -> {
                    throw new IllegalStateException("planted");
                },
                ListenerOptions.defaults().withRetry(2, Duration.ofMinutes(1), Duration.ofMinutes(1))));
        reception.receive(1, "alarms/a", "1");
        reception.receive(2, "alarms/a", "2");
        reception.runtime.advance(SLOW_AFTER);
        assertThat(reception.statistics().slow()).isEqualTo(2);
    }

    @Test
    void aLostConnectionWatchesNothing() {
        reception.listenManually();
        reception.receive(1, "alarms/a", "1");
        reception.reconnect();
        reception.runtime.advance(Duration.ofMinutes(1));
        assertThat(warnings()).isEmpty();
        assertThat(reception.runtime.timers()).isZero();
    }

    @Test
    void aCopyOnALaterConnectionIsWatchedThere() {
        reception.listenManually();
        reception.receive(1, "alarms/a", "1");
        reception.runtime.runUntilIdle();
        reception.reconnect();
        reception.receiveAgain(1, "alarms/a", "1");
        reception.runtime.advance(SLOW_AFTER);
        assertThat(reception.statistics().slow()).isEqualTo(1);
    }

    @Test
    void aThousandTopicsAreNamedAtMost() {
        TopicNotices notices = new TopicNotices(reception.runtime.clock(), Duration.ofMinutes(1));
        for (int topic = 0; topic < 1_000; topic++) {
            assertThat(notices.mayName(Reception.message("alarms/" + topic, "").topic()))
                    .isTrue();
        }
        assertThat(notices.mayName(Reception.message("alarms/more", "").topic()))
                .isFalse();
        reception.runtime.advance(Duration.ofMinutes(1));
        assertThat(notices.mayName(Reception.message("alarms/more", "").topic()))
                .isTrue();
    }
}
