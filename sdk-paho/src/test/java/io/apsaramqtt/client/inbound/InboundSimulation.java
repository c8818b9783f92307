package io.apsaramqtt.client.inbound;

import io.apsaramqtt.client.inbound.SimulatedBroker.Violation;
import io.apsaramqtt.client.listener.Acknowledgment;
import io.apsaramqtt.client.listener.ListenerOptions;
import io.apsaramqtt.client.runtime.SimulatedRuntime;
import io.apsaramqtt.mqtt.Message;
import io.apsaramqtt.mqtt.MqttVersion;
import io.apsaramqtt.mqtt.Qos;
import io.apsaramqtt.mqtt.TopicName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A random run of everything that can happen to received messages, on one thread, and what must hold all the while. While a
 * listener runs anything else may happen, as it would beside it on other threads. The seed is the run.
 */
final class InboundSimulation {

    private static final int DEPTH = 3;
    private static final Duration RETRY = Duration.ofSeconds(1);

    private final Random random;
    private final SimulatedRuntime runtime;
    private final int capacity;
    private final int topics;
    private final List<Listener> listeners = new ArrayList<>();
    private final Inbound inbound;
    private final SimulatedBroker broker;
    /** Each message that was taken, by its text, which is its number. */
    private final Map<String, Fate> fates = new HashMap<>();

    private final Map<TopicName, Message> inWork = new HashMap<>();
    /** What listeners had in hand at the end. */
    private final Set<Message> lastInWork = new HashSet<>();

    private final List<CompletableFuture<Void>> letters = new ArrayList<>();
    private final List<Acknowledgment> byHand = new ArrayList<>();
    private @Nullable Violation violation;
    private int published;
    private int depth;
    private boolean draining;
    private boolean over;

    /** What became of one message. */
    private static final class Fate {
        final Message message;
        final int[] calls;
        final boolean[] through;
        final boolean[] acknowledged;

        Fate(Message message, int listeners) {
            this.message = message;
            calls = new int[listeners];
            through = new boolean[listeners];
            acknowledged = new boolean[listeners];
        }

        static boolean all(boolean[] flags) {
            for (boolean flag : flags) {
                if (!flag) {
                    return false;
                }
            }
            return true;
        }
    }

    InboundSimulation(long seed) {
        random = new Random(seed);
        runtime = new SimulatedRuntime(seed);
        capacity = 1 + random.nextInt(10);
        topics = 1 + random.nextInt(5);
        int count = 1 + random.nextInt(3);
        for (int i = 0; i < count; i++) {
            listeners.add(new Listener(i, random.nextBoolean(), random.nextInt(3)));
        }
        List<Receiver> receivers = listeners.stream().map(Listener::receiver).toList();
        inbound = new Inbound(
                new InboundSettings(
                        MqttVersion.V5, 1 + random.nextInt(4), capacity, Duration.ZERO, Duration.ofSeconds(3)),
                topic -> receivers,
                this::publishLetter,
                runtime);
        broker = new SimulatedBroker(inbound, 1 + random.nextInt(15), this::checkAcknowledged);
    }

    /** One of the listeners: it fails a number of times on each message, or acknowledges by hand. */
    private final class Listener {

        private final int index;
        private final boolean manual;
        private final int failures;
        private final Map<String, Message> last = new HashMap<>();

        Listener(int index, boolean manual, int failures) {
            this.index = index;
            this.manual = manual;
            this.failures = failures;
        }

        Receiver receiver() {
            ListenerOptions options = ListenerOptions.defaults().withRetry(2, RETRY, RETRY);
            if (index == 0) {
                options = options.withDeadLetterTopic(TopicName.of("dead"));
            }
            return manual ? Receiver.of(this::receiveByHand, options) : Receiver.of(this::receive, options);
        }

        private void receive(Message message) {
            Fate fate = begin(message);
            somethingElse();
            end(message);
            if (fate.calls[index] <= failures) {
                // A failure of the first listener for good goes to a dead letter topic, which takes its time.
                fate.through[index] = index > 0 && fate.calls[index] == 2;
                fate.acknowledged[index] = fate.through[index];
                throw new IllegalStateException("planted");
            }
            fate.through[index] = true;
            fate.acknowledged[index] = true;
        }

        private void receiveByHand(Message message, Acknowledgment acknowledgment) {
            Fate fate = begin(message);
            byHand.add(() -> {
                fate.acknowledged[index] = true;
                acknowledgment.acknowledge();
            });
            somethingElse();
            end(message);
            fate.through[index] = true;
        }

        private Fate begin(Message message) {
            Fate fate = fate(message);
            must(!over || lastInWork.contains(message), "called after the end", message);
            must(inWork.put(message.topic(), message) == null, "two at a time on one topic", message);
            fate.calls[index]++;
            must(!fate.through[index], "given again though it was through", message);
            String line = message.topic() + " " + message.qos();
            int number = Integer.parseInt(message.text());
            Message before = last.put(line, message);
            if (before != null && !before.text().equals(message.text())) {
                must(Integer.parseInt(before.text()) < number, "out of order after " + before.text(), message);
                must(Fate.all(fate(before).through), "began before " + before.text() + " was through", message);
            }
            return fate;
        }

        private void end(Message message) {
            inWork.remove(message.topic());
        }

        int callsMeant() {
            return manual ? 1 : Math.min(failures + 1, 2);
        }
    }

    private void must(boolean holds, String otherwise, Message message) {
        if (!holds) {
            violation = violation == null ? new Violation(otherwise + ": message " + message.text()) : violation;
            throw violation;
        }
    }

    private Fate fate(Message message) {
        Fate fate = fates.get(message.text());
        if (fate == null) {
            violation = new Violation("came though it was refused: message " + message.text());
            throw violation;
        }
        return fate;
    }

    private CompletableFuture<?> publishLetter(Message letter) {
        Fate fate = fate(letter);
        CompletableFuture<Void> answer = new CompletableFuture<>();
        letters.add(answer);
        return answer.thenRun(() -> {
            fate.through[0] = true;
            fate.acknowledged[0] = true;
        });
    }

    private void checkAcknowledged(Message message) {
        must(Fate.all(fate(message).acknowledged), "acknowledged before all were done", message);
    }

    private void somethingElse() {
        if (depth < DEPTH && random.nextInt(3) > 0) {
            depth++;
            step();
            depth--;
        }
    }

    /** Does one random thing. */
    void step() {
        switch (random.nextInt(12)) {
            case 0, 1, 2, 3 -> publish();
            case 4 -> broker.sendAgain(random.nextInt());
            case 5 -> reconnectPerhaps();
            case 6, 7 -> acknowledgeByHand();
            case 8 -> answerLetter(random.nextBoolean());
            case 9 -> runtime.advance(Duration.ofMillis(random.nextInt(1_500)));
            default -> runtime.runNext();
        }
        check();
    }

    private void publish() {
        Qos qos = Qos.of(random.nextInt(8) == 0 ? 2 : random.nextInt(2));
        if (qos == Qos.AT_LEAST_ONCE && (draining || !broker.hasWindow())) {
            return;
        }
        Message message = Message.of("t/" + random.nextInt(topics), Integer.toString(++published))
                .withQos(qos);
        Fate fate = new Fate(message, listeners.size());
        fates.put(message.text(), fate);
        if (!broker.publish(message)) {
            fates.remove(message.text());
        }
        must(
                qos == Qos.EXACTLY_ONCE || waiting() <= capacity || !fates.containsKey(message.text()),
                "beyond the bound",
                message);
    }

    /** How many messages are taken and not through, which must not be asked of the thing that is tested. */
    private long waiting() {
        return fates.values().stream().filter(fate -> !Fate.all(fate.through)).count();
    }

    private void reconnectPerhaps() {
        if (!draining && (broker.mustReconnect() || random.nextInt(4) == 0)) {
            reconnect();
        }
    }

    private void reconnect() {
        for (Message copy : broker.reconnect()) {
            fates.computeIfAbsent(copy.text(), text -> new Fate(copy, listeners.size()));
        }
    }

    private void acknowledgeByHand() {
        if (!byHand.isEmpty()) {
            byHand.remove(random.nextInt(byHand.size())).acknowledge();
        }
    }

    private void answerLetter(boolean taken) {
        if (letters.isEmpty()) {
            return;
        }
        CompletableFuture<Void> letter = letters.remove(random.nextInt(letters.size()));
        if (taken) {
            letter.complete(null);
        } else {
            letter.completeExceptionally(new IllegalStateException("refused"));
        }
    }

    private void check() {
        if (violation != null) {
            throw violation;
        }
    }

    /** Lets everybody do what they still have to do, and checks that nothing is left. */
    void finish() {
        depth = DEPTH;
        for (int round = 0; round < 200 && !(broker.isContent() && waiting() == 0); round++) {
            runtime.advance(Duration.ofMinutes(1));
            while (!byHand.isEmpty()) {
                acknowledgeByHand();
            }
            while (!letters.isEmpty()) {
                answerLetter(true);
            }
            if (broker.mustReconnect()) {
                reconnect();
            }
            check();
        }
        runtime.advance(Duration.ofMinutes(1));
        check();
        checkAllDone();
    }

    private void checkAllDone() {
        if (!broker.isContent() || inbound.statistics().waiting() != 0) {
            throw new Violation("something is left: " + inbound.statistics());
        }
        for (Fate fate : fates.values()) {
            for (Listener listener : listeners) {
                must(
                        fate.calls[listener.index] == listener.callsMeant(),
                        "called " + fate.calls[listener.index],
                        fate.message);
            }
        }
    }

    /** Ends in the middle of it: what is not through, or awaited and not acknowledged, must be told, and done no more. */
    void drain() {
        // What is refused from now on, the broker cannot tell from what is in work.
        draining = true;
        Set<String> due = new HashSet<>();
        CompletableFuture<List<Message>> left = inbound.drain(Duration.ofMillis(random.nextInt(1_500)));
        CompletableFuture<Void> told = left.thenAccept(messages -> {
            over = true;
            lastInWork.addAll(inWork.values());
            for (Fate fate : fates.values()) {
                boolean awaited = broker.awaits(fate.message) && !Fate.all(fate.acknowledged);
                if (awaited || !Fate.all(fate.through)) {
                    due.add(fate.message.text());
                }
            }
            messages.forEach(message -> due.remove(message.text()));
        });
        for (int i = 0; i < 20; i++) {
            step();
        }
        runtime.advance(Duration.ofMinutes(10));
        check();
        told.join();
        if (!due.isEmpty()) {
            throw new Violation("not told: " + due);
        }
    }
}
