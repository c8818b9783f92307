package io.apsaramqtt.client.simulation;

import io.apsaramqtt.client.listener.Acknowledgment;
import io.apsaramqtt.client.runtime.SimulatedRuntime;
import io.apsaramqtt.mqtt.Message;
import io.apsaramqtt.mqtt.Qos;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Messages to the client: a listener that is slow, acknowledges late and in any order, and notes what it gets. */
final class Listening {

    private static final int TOPICS = 3;

    private final SimulatedBroker broker;
    private final SimulatedRuntime runtime;
    private final Random chance;
    private final boolean slow;
    /** Of the numbers that the broker sent, by topic; of QoS 2 alone, what must arrive. */
    private final Map<String, Integer> sent = new HashMap<>();

    private final List<String> exactlyOnce = new ArrayList<>();
    private final Map<String, List<Integer>> got = new HashMap<>();
    /** Of one QoS within a topic: after a loss, MQTT keeps the order of those alone (MQTT 5 section 4.6). */
    private final Map<String, List<Integer>> ordered = new HashMap<>();

    private final Map<String, Acknowledgment> inWork = new LinkedHashMap<>();
    final List<String> wrong = new ArrayList<>();
    /** The client has begun anew, and does not know what it had in work before. */
    boolean renewed;

    Listening(SimulatedBroker broker, SimulatedRuntime runtime, Random chance, boolean slow) {
        this.broker = broker;
        this.runtime = runtime;
        this.chance = chance;
        this.slow = slow;
    }

    /** The broker sends the next number to one of the topics. */
    void send() {
        String topic = "in/" + chance.nextInt(TOPICS);
        Qos qos = chance.nextInt(3) == 0 ? Qos.EXACTLY_ONCE : Qos.AT_LEAST_ONCE;
        int number = sent.getOrDefault(topic, 0) + 1;
        Message message = Message.of(topic, topic + " " + number).withQos(qos);
        if (broker.deliver(message)) {
            sent.put(topic, number);
            if (qos == Qos.EXACTLY_ONCE) {
                exactlyOnce.add(message.text());
            }
        }
    }

    /** The listener: others work while it does. */
    void listen(Message message, Acknowledgment acknowledgment) {
        String topic = message.topic().value();
        int number = Integer.parseInt(message.text().substring(topic.length() + 1));
        got.computeIfAbsent(topic, name -> new ArrayList<>()).add(number);
        ordered.computeIfAbsent(topic + " at QoS " + message.qos().code(), name -> new ArrayList<>())
                .add(number);
        if (message.qos() == Qos.AT_LEAST_ONCE) {
            if (inWork.put(message.text(), acknowledgment) != null && !renewed) {
                wrong.add(message + " is given to a listener twice at a time");
            }
        }
        for (int tasks = slow ? chance.nextInt(4) : 0; tasks > 0; tasks--) {
            runtime.runNext();
        }
    }

    /** Acknowledges one of the messages in work; says false if there is none. */
    boolean acknowledgeOne() {
        List<String> texts = List.copyOf(inWork.keySet());
        if (texts.isEmpty()) {
            return false;
        }
        String text = texts.get(chance.nextInt(texts.size()));
        Acknowledgment acknowledgment = inWork.remove(text);
        broker.handled.add(text);
        if (acknowledgment != null) {
            acknowledgment.acknowledge();
        }
        return true;
    }

    /** What was not as it must be; {@code complete} where the client took everything that the broker sent. */
    List<String> check(boolean complete) {
        List<String> all = new ArrayList<>(wrong);
        for (String text : exactlyOnce) {
            String topic = text.substring(0, text.indexOf(' '));
            int number = Integer.parseInt(text.substring(topic.length() + 1));
            long times = got.getOrDefault(topic, List.of()).stream()
                    .filter(each -> each == number)
                    .count();
            if (times > 1 || (times < 1 && complete)) {
                all.add(text + " of QoS 2 came to the listener " + times + " times");
            }
        }
        ordered.forEach((which, numbers) -> {
            if (!Delivery.isInOrder(numbers)) {
                all.add(which + " came to the listener out of order: " + numbers);
            }
        });
        if (complete && !broker.outgoing.isEmpty()) {
            all.add("the broker waits for the acknowledgement of " + broker.outgoing.values());
        }
        return all;
    }
}
