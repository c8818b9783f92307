package io.apsaramqtt.client.inbound;

import io.apsaramqtt.client.listener.AcknowledgingListener;
import io.apsaramqtt.client.listener.Acknowledgment;
import io.apsaramqtt.client.listener.ListenerOptions;
import io.apsaramqtt.client.listener.MessageListener;
import io.apsaramqtt.client.runtime.SimulatedRuntime;
import io.apsaramqtt.mqtt.Message;
import io.apsaramqtt.mqtt.MqttVersion;
import io.apsaramqtt.mqtt.Qos;
import io.apsaramqtt.mqtt.TopicName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;

/** The way of messages over a simulated runtime: who receives them, one connection after the other, and what came of it. */
final class Reception {

    static final int CAPACITY = 1_000;

    final SimulatedRuntime runtime = new SimulatedRuntime(1);
    final List<Receiver> receivers = new ArrayList<>();
    /** The texts that {@link #listen} listeners took, in order. */
    final List<String> taken = new ArrayList<>();
    /** The acknowledgments that {@link #listenManually} listeners were given and did not use, by text. */
    final Map<String, Acknowledgment> held = new LinkedHashMap<>();
    /** The packet identifiers that the present connection acknowledged, in order. */
    final List<Integer> acknowledged = new ArrayList<>();
    /** What was published as a dead letter, and what the publisher is to answer to each. */
    final List<Message> letters = new ArrayList<>();

    final List<CompletableFuture<Void>> answers = new ArrayList<>();
    final Inbound inbound;
    Intake intake;
    int overruns;
    /** Whether the client itself is at fault. */
    boolean isBroken;

    Reception() {
        this(4, CAPACITY);
    }

    Reception(int lanes, int capacity) {
        this(new InboundSettings(
                MqttVersion.V5, lanes, capacity, Duration.ofSeconds(30), InboundSettings.DEFAULT_SLOW_AFTER));
    }

    Reception(InboundSettings settings) {
        inbound = new Inbound(settings, this::receivers, this::publish, runtime);
        intake = inbound.open(acknowledged::add, () -> overruns++);
    }

    private List<Receiver> receivers(TopicName topic) {
        if (isBroken) {
            throw new IllegalStateException("planted");
        }
        return List.copyOf(receivers);
    }

    private CompletableFuture<?> publish(Message letter) {
        letters.add(letter);
        CompletableFuture<Void> answer = new CompletableFuture<>();
        answers.add(answer);
        return answer;
    }

    /** A listener that takes every message. */
    void listen() {
        listen(message -> taken.add(message.text()));
    }

    void listen(MessageListener listener) {
        listen(listener, ListenerOptions.defaults());
    }

    void listen(MessageListener listener, ListenerOptions options) {
        receivers.add(Receiver.of(listener, options));
    }

    /** A listener that takes every message and leaves it to the test to acknowledge. */
    void listenManually() {
        listenManually(
                (message, acknowledgment) -> held.put(message.text(), acknowledgment), ListenerOptions.defaults());
    }

    void listenManually(AcknowledgingListener listener, ListenerOptions options) {
        receivers.add(Receiver.of(listener, options));
    }

    /** Acknowledges what a listener holds. */
    void acknowledge(String text) {
        Objects.requireNonNull(held.get(text), text).acknowledge();
    }

    static Message message(String topic, String text) {
        return Message.of(topic, text);
    }

    /** A message of QoS 1 comes from the broker. */
    void receive(int packetId, String topic, String text) {
        intake.received(packetId, message(topic, text));
    }

    void receive(Qos qos, String topic, String text) {
        intake.received(0, message(topic, text).withQos(qos));
    }

    /** The broker delivers a message of QoS 1 again. */
    void receiveAgain(int packetId, String topic, String text) {
        intake.received(packetId, message(topic, text).withDuplicate(true));
    }

    /** The connection is lost, and there is another one. */
    void reconnect() {
        intake.close();
        acknowledged.clear();
        intake = inbound.open(acknowledged::add, () -> overruns++);
    }

    InboundStatistics statistics() {
        return inbound.statistics();
    }
}
