package io.apsaramqtt.client.simulation;

import io.apsaramqtt.authentication.Authentication;
import io.apsaramqtt.client.connection.ConnectionListener;
import io.apsaramqtt.client.connection.ConnectionState;
import io.apsaramqtt.client.connection.Endpoint;
import io.apsaramqtt.client.delivery.FlowControl;
import io.apsaramqtt.client.delivery.QuarantinedException;
import io.apsaramqtt.client.healing.Quarantine;
import io.apsaramqtt.client.healing.Reconnecting;
import io.apsaramqtt.client.inbound.InboundSettings;
import io.apsaramqtt.client.inbound.Receiver;
import io.apsaramqtt.client.listener.Acknowledgment;
import io.apsaramqtt.client.listener.ListenerOptions;
import io.apsaramqtt.client.runtime.SimulatedRuntime;
import io.apsaramqtt.client.session.InboundChoice;
import io.apsaramqtt.client.session.PermissionGate;
import io.apsaramqtt.client.session.Session;
import io.apsaramqtt.client.session.SessionSettings;
import io.apsaramqtt.mqtt.ClientId;
import io.apsaramqtt.mqtt.Message;
import io.apsaramqtt.mqtt.MqttVersion;
import io.apsaramqtt.mqtt.Profile;
import io.apsaramqtt.mqtt.Qos;
import io.apsaramqtt.mqtt.ServiceRules;
import io.apsaramqtt.mqtt.TopicFilter;
import io.apsaramqtt.permission.EffectivePermissions;
import io.apsaramqtt.permission.PermissionMode;
import io.apsaramqtt.permission.PermissionScope;
import io.apsaramqtt.permission.Permissions;
import io.apsaramqtt.policy.Policy;
import io.apsaramqtt.policy.PolicySet;
import io.apsaramqtt.resource.Dialect;
import io.apsaramqtt.resource.ServiceInstance;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import javax.net.SocketFactory;

/** One random life of a session, the same for the same seed; says what was not as it must be. */
final class Schedule {

    private static final int TOPICS = 6;
    private static final int QUEUE = 20;
    private static final Quarantine QUARANTINE = new Quarantine(3, Duration.ofSeconds(5), Duration.ofHours(1));

    private final Random chance;
    private final SimulatedRuntime runtime;
    private final SimulatedBroker broker;
    private final boolean kept;
    private final int window;
    private final Session session;
    private final List<Sent> sent = new ArrayList<>();
    private final Map<String, Integer> numbers = new HashMap<>();
    private final Map<String, List<Acknowledgment>> atListener = new HashMap<>();
    private final List<String> wrong = new ArrayList<>();
    private boolean killed;
    private boolean left;

    /** A message that was accepted. */
    private record Sent(Message message, int number, CompletableFuture<Void> result) {
        String topic() {
            return message.topic().value();
        }
    }

    Schedule(long seed) {
        chance = new Random(seed);
        runtime = new SimulatedRuntime(seed);
        kept = chance.nextBoolean();
        window = 1 + chance.nextInt(8);
        broker = new SimulatedBroker(runtime, chance, window);
        if (chance.nextBoolean()) {
            broker.poisoned.add("t/" + chance.nextInt(TOPICS));
        }
        session = new Session(settings(), inbound(), gate(), broker, runtime);
    }

    private SessionSettings settings() {
        boolean queueing = chance.nextBoolean();
        return new SessionSettings(
                List.of(Endpoint.parse("tcp://127.0.0.1:1883")),
                ClientId.of("GID_simulated", "device"),
                Authentication.anonymous(),
                endpoint -> SocketFactory.getDefault(),
                ServiceRules.of(Profile.GENERIC),
                MqttVersion.V5,
                new SessionSettings.Kept(!kept, Duration.ofHours(1)),
                new SessionSettings.Timing(
                        Duration.ofSeconds(90), Duration.ofSeconds(10), Duration.ofSeconds(5), Duration.ofSeconds(30)),
                Reconnecting.defaults().withFirstConnectRetried(true).withRefusals(1_000),
                QUARANTINE,
                new SessionSettings.Flow(
                        window, queueing ? FlowControl.queueing(QUEUE, 1_000) : FlowControl.failing(), 100),
                null,
                new ConnectionListener() {},
                () -> {});
    }

    private InboundChoice inbound() {
        return new InboundChoice(
                new InboundSettings(MqttVersion.V5, 2, 100, Duration.ZERO, Duration.ofSeconds(3)),
                Receiver.of(message -> {}, ListenerOptions.defaults()));
    }

    private static PermissionGate gate() {
        Permissions permissions = new Permissions(
                new PermissionScope(
                        ServiceInstance.of("post-cn-simulated"), Optional.of("GID_simulated"), Dialect.AUTO, false),
                () -> EffectivePermissions.of(
                        PolicySet.of(Policy.system("AliyunMQFullAccess")), Instant.EPOCH, "a simulation"),
                Optional::empty,
                java.time.Clock.systemUTC());
        return new PermissionGate(permissions, PermissionMode.OFF, false, (operation, topic, verdict) -> {});
    }

    /** Runs it to its end; what was wrong, nothing if all was well. */
    List<String> run(int steps) {
        session.connect();
        session.subscribeAtConnect(
                TopicFilter.of("in/#"), Qos.AT_LEAST_ONCE, Receiver.of(this::listen, ListenerOptions.defaults()));
        for (int i = 0; i < steps && wrong.isEmpty() && broker.violations.isEmpty(); i++) {
            step();
            checkBounds();
        }
        calmDown();
        checkEnd();
        wrong.addAll(broker.violations);
        return wrong;
    }

    private void step() {
        switch (chance.nextInt(20)) {
            case 0, 1, 2, 3, 4, 5, 6 -> publish();
            case 7, 8 -> broker.deliver(Message.of("in/" + chance.nextInt(2), "i" + chance.nextInt(1_000_000)));
            case 9, 10 -> acknowledgeOne();
            case 11 -> subscribe();
            case 12 -> session.unsubscribe(TopicFilter.of("s/" + chance.nextInt(3)));
            case 13 -> broker.cut();
            case 14 -> broker.reachable = chance.nextInt(3) > 0;
            case 15 -> broker.refusing = chance.nextInt(4) == 0;
            case 17 -> broker.silent = chance.nextInt(4) == 0;
            case 16 -> mishap();
            default -> runtime.advance(Duration.ofMillis(chance.nextInt(3_000)));
        }
        for (int tasks = chance.nextInt(12); tasks > 0; tasks--) {
            runtime.runNext();
        }
    }

    private void mishap() {
        switch (chance.nextInt(6)) {
            case 0 -> {
                killed = true;
                broker.kill();
            }
            case 1 -> {
                left = true;
                session.disconnect(Duration.ofMillis(chance.nextInt(500)), false);
            }
            default -> session.connect();
        }
    }

    private void publish() {
        String topic = "t/" + chance.nextInt(TOPICS);
        Qos qos = Qos.of(chance.nextInt(3));
        int number = numbers.merge(topic, 1, Integer::sum);
        Message message = Message.of(topic, Integer.toString(number)).withQos(qos);
        CompletableFuture<Void> result = session.publish(message);
        if (!result.isCompletedExceptionally()) {
            sent.add(new Sent(message, number, result));
        }
    }

    private void subscribe() {
        session.subscribe(
                TopicFilter.of("s/" + chance.nextInt(3)),
                Qos.AT_LEAST_ONCE,
                Receiver.of(message -> {}, ListenerOptions.defaults()));
    }

    private void listen(Message message, Acknowledgment acknowledgment) {
        atListener.computeIfAbsent(message.text(), text -> new ArrayList<>()).add(acknowledgment);
    }

    private void acknowledgeOne() {
        atListener.keySet().stream().sorted().findFirst().ifPresent(text -> {
            List<Acknowledgment> open = atListener.remove(text);
            if (open != null) {
                open.forEach(Acknowledgment::acknowledge);
            }
        });
    }

    private void checkBounds() {
        int pending = session.statistics().pending();
        if (pending > window + QUEUE + 1) {
            wrong.add(pending + " pending with a window of " + window + " and a queue of " + QUEUE);
        }
    }

    /** The network heals, listeners acknowledge, time passes. */
    private void calmDown() {
        broker.reachable = true;
        broker.refusing = false;
        broker.silent = false;
        for (int i = 0; i < 30; i++) {
            session.connect();
            runtime.advance(Duration.ofSeconds(10));
            while (!atListener.isEmpty()) {
                acknowledgeOne();
            }
        }
        runtime.advance(Duration.ofMinutes(2));
    }

    private void checkEnd() {
        for (Sent each : sent) {
            if (!each.result().isDone()) {
                wrong.add(each.message() + " number " + each.number() + " is pending for ever");
            }
        }
        if (session.statistics().pending() != 0) {
            wrong.add("the ledger holds " + session.statistics().pending() + " messages for ever");
        }
        if (session.state() != ConnectionState.CONNECTED) {
            wrong.add("the client is " + session.state() + " at the end");
        }
        new Delivery(broker, kept && !killed && !left)
                .check(sent.stream()
                        .map(each -> new Delivery.Published(each.message(), each.number(), each.result()))
                        .toList())
                .forEach(wrong::add);
        broker.poisoned.forEach(this::checkPoisoned);
        session.disconnect(Duration.ofSeconds(1), true);
        runtime.advance(Duration.ofSeconds(10));
        if (!session.publish(Message.of("t/0", "0")).isCompletedExceptionally()) {
            wrong.add("a closed session accepts a message");
        }
    }

    /** A poisoned topic costs what quarantine allows, and a little more where others were in progress with it. */
    private void checkPoisoned(String topic) {
        long quarantined = sent.stream()
                .filter(each -> each.topic().equals(topic) && each.result().isCompletedExceptionally())
                .filter(each -> each.result().handle((done, failure) -> failure).join() instanceof QuarantinedException)
                .count();
        if (quarantined > 0 && broker.losses > 4 * QUARANTINE.strikes() + 4) {
            wrong.add("the poisoned topic cost " + broker.losses + " connections");
        }
    }
}
