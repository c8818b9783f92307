package io.apsaramqtt.client.inbound;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import io.apsaramqtt.client.listener.ListenerOptions;
import io.apsaramqtt.client.runtime.SimulatedRuntime;
import io.apsaramqtt.mqtt.MqttVersion;
import io.apsaramqtt.mqtt.Qos;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AdmissionTest {

    private static final int CAPACITY = 3;
    private static final Duration HOLD = Duration.ofSeconds(30);

    private final Reception reception = new Reception(2, CAPACITY);
    private final Logged logged = new Logged();

    @AfterEach
    void close() {
        logged.close();
    }

    private void fill() {
        reception.listen();
        IntStream.rangeClosed(1, CAPACITY).forEach(id -> reception.receive(id, "alarms/a", Integer.toString(id)));
    }

    /** A thread of the engine that brings a message and is held back. */
    private Thread heldBack(Qos qos) {
        Thread engine = new Thread(() -> reception.intake.received(
                9, Reception.message("alarms/a", "held").withQos(qos)));
        engine.start();
        while (engine.getState() != Thread.State.WAITING) {
            assertThat(engine.isAlive()).as("is held back").isTrue();
            Thread.onSpinWait();
        }
        return engine;
    }

    @Test
    void withoutRoomQosZeroIsDroppedCountedAndLoggedAtEachPowerOfTen() {
        fill();
        for (int i = 1; i <= 100; i++) {
            reception.receive(Qos.AT_MOST_ONCE, "alarms/a", "secret");
        }
        assertThat(reception.statistics().dropped()).isEqualTo(100);
        assertThat(logged.at(Level.WARN))
                .hasSize(3)
                .allSatisfy(line ->
                        assertThat(line).contains("QoS 0 on topic [alarms/a]").doesNotContain("secret"));
        assertThat(logged.at(Level.WARN).get(2)).contains("(100 dropped so far)");
        reception.runtime.runUntilIdle();
        assertThat(reception.taken).containsExactly("1", "2", "3");
        assertThat(reception.overruns).isZero();
        reception.receive(Qos.AT_MOST_ONCE, "alarms/a", "4");
        reception.runtime.runUntilIdle();
        assertThat(reception.taken).endsWith("4");
    }

    @Test
    void theBoundIsOneOfAllTopicsTogether() {
        reception.listen();
        for (int topic = 0; topic <= CAPACITY; topic++) {
            reception.receive(Qos.AT_MOST_ONCE, "alarms/" + topic, "x");
        }
        assertThat(reception.statistics().waiting()).isEqualTo(CAPACITY);
        assertThat(reception.statistics().dropped()).isEqualTo(1);
    }

    @Test
    void aMessageThatPausesBetweenAttemptsTakesRoom() {
        reception.listen(
                message -> {
                    throw new IllegalStateException("planted");
                },
                ListenerOptions.defaults().withRetry(2, Duration.ofSeconds(1), Duration.ofSeconds(1)));
        for (int topic = 0; topic <= CAPACITY; topic++) {
            reception.receive(Qos.AT_MOST_ONCE, "alarms/" + topic, "x");
            reception.runtime.runUntilIdle();
        }
        assertThat(reception.statistics().dropped()).isEqualTo(1);
        reception.runtime.advance(Duration.ofSeconds(1));
        assertThat(reception.statistics().waiting()).isZero();
    }

    @ParameterizedTest
    @EnumSource(names = {"AT_LEAST_ONCE", "EXACTLY_ONCE"})
    void withoutRoomTheEngineIsHeldBackUntilThereIsSome(Qos qos) throws InterruptedException {
        fill();
        Thread engine = heldBack(qos);
        assertThat(reception.statistics().waiting()).isEqualTo(CAPACITY);
        reception.runtime.runUntilIdle();
        engine.join();
        reception.runtime.runUntilIdle();
        assertThat(reception.taken).containsExactly("1", "2", "3", "held");
        assertThat(reception.overruns).isZero();
        assertThat(reception.runtime.timers()).as("the watch for slow ones").isEqualTo(1);
        reception.runtime.advance(HOLD);
        assertThat(reception.overruns).isZero();
        assertThat(logged.at(Level.WARN)).noneMatch(line -> line.contains("No room"));
    }

    /** Takes all the room with messages whose listeners are through in an hour. */
    private void fillForAnHour(Reception full) {
        Set<String> before = new HashSet<>();
        full.listen(
                message -> {
                    if (message.text().startsWith("slow") && before.add(message.text())) {
                        throw new IllegalStateException("planted");
                    }
                    full.taken.add(message.text());
                },
                ListenerOptions.defaults().withRetry(2, Duration.ofHours(1), Duration.ofHours(1)));
        IntStream.rangeClosed(1, CAPACITY).forEach(id -> full.receive(id, "alarms/" + id, "slow" + id));
        full.runtime.runUntilIdle();
        assertThat(full.statistics().waiting()).isEqualTo(CAPACITY);
    }

    private void assertNoRoomWasLogged(int times) {
        assertThat(logged.at(Level.WARN))
                .filteredOn(line -> line.startsWith("No room"))
                .hasSize(times)
                .allSatisfy(line -> assertThat(line).contains("3 wait for slow listeners"));
    }

    @Test
    void afterTheHoldTheConnectionMustEndAndTheMessageIsLeftToTheBroker() throws InterruptedException {
        fillForAnHour(reception);
        Thread engine = heldBack(Qos.AT_LEAST_ONCE);
        reception.runtime.advance(HOLD.minusMillis(1));
        assertThat(reception.overruns).isZero();
        reception.runtime.advance(Duration.ofMillis(1));
        engine.join();
        assertThat(reception.overruns).isEqualTo(1);
        assertNoRoomWasLogged(1);
        reception.runtime.advance(Duration.ofHours(1));
        assertThat(reception.taken).containsExactlyInAnyOrder("slow1", "slow2", "slow3");
        assertThat(reception.acknowledged).containsExactly(1, 2, 3);
    }

    @Test
    void afterTheHoldQosTwoIsTakenBeyondTheBound() throws InterruptedException {
        fillForAnHour(reception);
        Thread engine = heldBack(Qos.EXACTLY_ONCE);
        reception.runtime.advance(HOLD);
        engine.join();
        assertThat(reception.overruns).isEqualTo(1);
        reception.runtime.runUntilIdle();
        assertThat(reception.taken).containsExactly("held");
    }

    @Test
    void whatIsTakenBeyondTheBoundCounts() {
        Reception atOnce =
                new Reception(new InboundSettings(MqttVersion.V5, 2, CAPACITY, Duration.ZERO, Duration.ofSeconds(3)));
        fillForAnHour(atOnce);
        atOnce.receive(Qos.EXACTLY_ONCE, "alarms/a", "beyond");
        assertThat(atOnce.statistics().waiting()).isEqualTo(CAPACITY + 1);
        atOnce.runtime.runUntilIdle();
        assertThat(atOnce.statistics().waiting()).isEqualTo(CAPACITY);
        assertThat(atOnce.taken).containsExactly("beyond");
    }

    @Test
    void aMessageWhoseConnectionIsLostAtThatMomentIsLeftToTheBroker() {
        SimulatedRuntime runtime = reception.runtime;
        Room room = new Room(CAPACITY);
        Counters counters = new Counters();
        Lanes lanes = new Lanes(1, runtime::execute, () -> {}, () -> {});
        AcknowledgementOrder order = new AcknowledgementOrder(id -> {}, delivery -> {});
        DeadLetters none =
                new DeadLetters(letter -> CompletableFuture.completedFuture(null), MqttVersion.V5, runtime, counters);
        Intake intake = new Intake(
                new Admission(room, HOLD, runtime, () -> {}),
                order,
                new SlowAcknowledgements(order, HOLD, runtime, new TopicNotices(runtime.clock(), HOLD), counters),
                new Intake.Parts(
                        lanes,
                        new Redeliveries(),
                        new Dispatch(topic -> List.of(), none, runtime, counters),
                        counters,
                        runtime.clock()),
                () -> {});
        // The admission has not heard of it yet.
        order.close();
        intake.received(1, Reception.message("alarms/a", "1"));
        assertThat(lanes.isIdle()).isTrue();
        assertThat(room.taken()).isZero();
    }

    @Test
    void afterTheOverrunTheConnectionBringsNothingButQosTwo() {
        Reception atOnce =
                new Reception(new InboundSettings(MqttVersion.V5, 2, CAPACITY, Duration.ZERO, Duration.ofSeconds(3)));
        fillForAnHour(atOnce);
        atOnce.receive(4, "alarms/b", "left");
        assertThat(atOnce.overruns).isEqualTo(1);
        assertThat(atOnce.runtime.timers())
                .as("retries and the watch for slow ones")
                .isEqualTo(CAPACITY + 1);
        atOnce.runtime.advance(Duration.ofHours(1));
        atOnce.receive(5, "alarms/b", "left too, though there is room");
        atOnce.receive(Qos.AT_MOST_ONCE, "alarms/b", "dropped");
        atOnce.receive(Qos.EXACTLY_ONCE, "alarms/b", "taken");
        atOnce.runtime.runUntilIdle();
        assertThat(atOnce.taken)
                .containsExactlyInAnyOrder("slow1", "slow2", "slow3", "taken")
                .endsWith("taken");
        assertThat(atOnce.overruns).isEqualTo(1);
        assertNoRoomWasLogged(1);
        assertThat(atOnce.statistics().dropped()).isEqualTo(1);
        assertThat(atOnce.statistics().waiting()).isZero();
        atOnce.reconnect();
        atOnce.receiveAgain(4, "alarms/b", "left");
        atOnce.runtime.runUntilIdle();
        assertThat(atOnce.taken).endsWith("left");
        assertThat(atOnce.acknowledged).containsExactly(4);
    }

    @Test
    void aCopyOfWhatIsInWorkNeedsNoRoom() {
        fillForAnHour(reception);
        reception.receiveAgain(1, "alarms/1", "slow1");
        assertThat(reception.statistics().redeliveriesSkipped()).isEqualTo(1);
    }

    @Test
    void theEndOfTheConnectionLetsTheEngineGo() throws InterruptedException {
        fillForAnHour(reception);
        Thread engine = heldBack(Qos.AT_LEAST_ONCE);
        reception.intake.close();
        engine.join();
        reception.runtime.advance(HOLD);
        assertThat(reception.overruns).isZero();
        assertNoRoomWasLogged(0);
    }

    @Test
    void theDrainLetsTheEngineGo() throws InterruptedException {
        fillForAnHour(reception);
        Thread engine = heldBack(Qos.AT_LEAST_ONCE);
        reception.inbound.drain(Duration.ofHours(2));
        engine.join();
        reception.runtime.advance(HOLD);
        assertThat(reception.overruns).isZero();
    }

    @Test
    void anInterruptionLetsTheEngineGoAndEndsTheConnection() throws InterruptedException {
        fillForAnHour(reception);
        boolean[] interrupted = {false};
        Thread engine = new Thread(() -> {
            reception.receive(9, "alarms/a", "held");
            interrupted[0] = Thread.interrupted();
        });
        engine.start();
        engine.interrupt();
        engine.join();
        assertThat(interrupted[0]).isTrue();
        assertThat(reception.overruns).isEqualTo(1);
        assertThat(reception.statistics().waiting()).isEqualTo(CAPACITY);
    }
}
