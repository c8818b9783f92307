package io.apsaramqtt.client.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.apsaramqtt.mqtt.Message;
import io.apsaramqtt.mqtt.Qos;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.Test;

class LaneTest {

    private static final int CAPACITY = 1_000;

    private final Queue<Runnable> work = new ArrayDeque<>();
    private final List<String> delivered = new ArrayList<>();
    private final Lane lane = new Lane(work::add, message -> delivered.add(message.text()));

    private static Message message(String text, Qos qos) {
        return Message.of("alarms/a", text).withQos(qos);
    }

    private void fill() {
        for (int i = 0; i < CAPACITY; i++) {
            lane.add(message("m" + i, Qos.AT_LEAST_ONCE));
        }
    }

    private void runAll() {
        while (!work.isEmpty()) {
            work.remove().run();
        }
    }

    @Test
    void deliversInOrderOnOneWorkerAtATime() {
        lane.add(message("1", Qos.AT_LEAST_ONCE));
        lane.add(message("2", Qos.AT_MOST_ONCE));
        assertThat(work).hasSize(1);
        assertThat(delivered).isEmpty();
        runAll();
        assertThat(delivered).containsExactly("1", "2");
        lane.add(message("3", Qos.EXACTLY_ONCE));
        assertThat(work).hasSize(1);
        runAll();
        assertThat(delivered).containsExactly("1", "2", "3");
    }

    @Test
    void dropsAMessageOfQosZeroWhenFull() {
        fill();
        lane.add(message("dropped", Qos.AT_MOST_ONCE));
        runAll();
        assertThat(delivered).hasSize(CAPACITY).doesNotContain("dropped");
        lane.add(message("taken", Qos.AT_MOST_ONCE));
        runAll();
        assertThat(delivered).contains("taken");
    }

    @Test
    void holdsTheEngineBackWhenFullUntilThereIsRoom() throws InterruptedException {
        fill();
        Thread engine = new Thread(() -> lane.add(message("last", Qos.AT_LEAST_ONCE)));
        engine.start();
        await().until(() -> engine.getState() == Thread.State.WAITING);
        runAll();
        engine.join();
        runAll();
        assertThat(delivered).hasSize(CAPACITY + 1).endsWith("last");
    }

    @Test
    void letsTheEngineGoWhenClosed() throws InterruptedException {
        fill();
        Thread engine = new Thread(() -> lane.add(message("last", Qos.AT_LEAST_ONCE)));
        engine.start();
        await().until(() -> engine.getState() == Thread.State.WAITING);
        lane.close();
        engine.join();
        runAll();
        assertThat(delivered).hasSize(CAPACITY + 1);
    }
}
