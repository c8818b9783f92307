package io.apsaramqtt.client.simulation;

import io.apsaramqtt.ApsaraMqttException;
import io.apsaramqtt.authentication.Authentication;
import io.apsaramqtt.client.connection.ConnectionListener;
import io.apsaramqtt.client.connection.ConnectionState;
import io.apsaramqtt.client.connection.Endpoint;
import io.apsaramqtt.client.delivery.FlowControl;
import io.apsaramqtt.client.delivery.Undelivered;
import io.apsaramqtt.client.healing.Quarantine;
import io.apsaramqtt.client.healing.Reconnecting;
import io.apsaramqtt.client.inbound.InboundSettings;
import io.apsaramqtt.client.inbound.Receiver;
import io.apsaramqtt.client.listener.ListenerOptions;
import io.apsaramqtt.client.runtime.SimulatedRuntime;
import io.apsaramqtt.client.session.InboundChoice;
import io.apsaramqtt.client.session.PermissionGate;
import io.apsaramqtt.client.session.Session;
import io.apsaramqtt.client.session.SessionSettings;
import io.apsaramqtt.client.simulation.Delivery.Published;
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
import org.jspecify.annotations.Nullable;

/**
 * One random life of a session, the same for the same seed; says what was not as it must be. On a good network only a poisoned
 * topic, if there is one, ends connections; on a bad one everything does. Some clients are closed on the way.
 */
final class Schedule {

    private static final int TOPICS = 6;
    private static final int QUEUE = 20;
    private static final Duration LONG = Duration.ofHours(1);
    private static final Quarantine QUARANTINE = new Quarantine(3, Duration.ofSeconds(5), LONG);

    private final Random chance;
    private final SimulatedRuntime runtime;
    private final SimulatedBroker broker;
    private final Listening listening;
    private final boolean kept;
    private final boolean goodNetwork;
    private final boolean closedOnTheWay;
    private final boolean queueing;
    private final Profile profile;
    private final int window;
    private final Session session;
    private final List<Published> sent = new ArrayList<>();
    private final Map<String, Integer> numbers = new HashMap<>();
    private final List<String> wrong = new ArrayList<>();
    private int names;
    private boolean left;
    private @Nullable CompletableFuture<Undelivered> closed;
    /** Until then a client that is ending its connection waits for what is pending. */
    private Instant patience = Instant.MAX;

    Schedule(long seed) {
        chance = new Random(seed);
        runtime = new SimulatedRuntime(seed);
        kept = chance.nextBoolean();
        window = 1 + chance.nextInt(8);
        goodNetwork = chance.nextInt(3) == 0;
        closedOnTheWay = chance.nextInt(4) == 0;
        queueing = goodNetwork || chance.nextBoolean();
        profile = chance.nextBoolean() ? Profile.GENERIC : Profile.APSARAMQ;
        broker = new SimulatedBroker(runtime, chance, window);
        listening = new Listening(broker, runtime, chance, !goodNetwork && chance.nextBoolean());
        if (chance.nextBoolean()) {
            broker.poisoned.add("t/" + chance.nextInt(TOPICS));
        }
        if (chance.nextInt(4) == 0) {
            broker.poisoned.add("denied");
        }
        if (chance.nextBoolean()) {
            broker.tokens = new SimulatedTokens(runtime, chance, goodNetwork);
        }
        session = new Session(settings(), inbound(), gate(), broker, runtime);
        broker.goodbye = this::checkGoodbye;
    }

    private SessionSettings settings() {
        ClientId clientId = ClientId.of("GID_simulated", "device");
        Authentication authentication = broker.tokens == null
                ? Authentication.anonymous()
                : Authentication.token("post-cn-simulated", broker.tokens, runtime.clock());
        return new SessionSettings(
                List.of(Endpoint.parse("tcp://127.0.0.1:1883")),
                clientId,
                authentication,
                authentication.tokens(clientId),
                endpoint -> SocketFactory.getDefault(),
                ServiceRules.of(profile),
                MqttVersion.V5,
                new SessionSettings.Kept(!kept, LONG),
                new SessionSettings.Timing(
                        Duration.ofSeconds(90), Duration.ofSeconds(10), Duration.ofSeconds(5), Duration.ofSeconds(30)),
                Reconnecting.defaults().withFirstConnectRetried(true).withRefusals(1_000),
                QUARANTINE,
                new SessionSettings.Flow(
                        window, queueing ? FlowControl.queueing(QUEUE, 1_000) : FlowControl.failing(), 100),
                null,
                new ConnectionListener() {
                    @Override
                    public void topicQuarantined(String topic, ApsaraMqttException why) {
                        broker.quarantined.add(topic);
                    }
                },
                () -> {});
    }

    private InboundChoice inbound() {
        int room = goodNetwork || chance.nextBoolean() ? 100 : 1 + chance.nextInt(4);
        return new InboundChoice(
                new InboundSettings(MqttVersion.V5, 2, room, Duration.ZERO, Duration.ofSeconds(3)),
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
        session.subscribeAtConnect(
                TopicFilter.of("in/#"), Qos.AT_LEAST_ONCE, Receiver.of(listening::listen, ListenerOptions.defaults()));
        session.connect();
        int end = closedOnTheWay ? chance.nextInt(steps) : steps;
        for (int i = 0; i < steps && wrong.isEmpty() && broker.violations.isEmpty(); i++) {
            if (i == end) {
                closed = disconnect(Duration.ofMillis(chance.nextInt(5_000)), true);
                closed.thenRun(() -> broker.closed = true);
            }
            step();
            checkBounds();
        }
        if (closed == null) {
            calmDown();
        } else {
            runtime.advance(Duration.ofMinutes(2));
        }
        checkEnd();
        wrong.addAll(broker.violations);
        return wrong;
    }

    private void step() {
        switch (chance.nextInt(20)) {
            case 0, 1, 2, 3, 4, 5, 6 -> publish();
            case 7, 8 -> listening.send();
            case 9, 10 -> listening.acknowledgeOne();
            case 11 -> subscribe();
            case 12 -> session.unsubscribe(TopicFilter.of("s/" + chance.nextInt(3)));
            case 13, 14, 15, 16 -> trouble();
            case 17 -> checkSettled();
            case 18 -> tokenTrouble();
            default -> runtime.advance(Duration.ofMillis(chance.nextInt(3_000)));
        }
        for (int tasks = chance.nextInt(12); tasks > 0; tasks--) {
            runtime.runNext();
        }
    }

    private void tokenTrouble() {
        SimulatedTokens tokens = broker.tokens;
        if (tokens != null) {
            tokens.down = !goodNetwork && chance.nextInt(4) == 0;
            broker.giveNotice();
        }
    }

    private void trouble() {
        if (goodNetwork) {
            publish();
            return;
        }
        switch (chance.nextInt(9)) {
            case 0, 1 -> broker.cut();
            case 2, 3 -> broker.reachable = chance.nextInt(3) > 0;
            case 4 -> broker.refusing = chance.nextInt(4) == 0;
            case 5, 6 -> broker.silent = chance.nextInt(4) == 0;
            case 7 -> mishap();
            default -> session.connect();
        }
    }

    private void mishap() {
        if (chance.nextBoolean()) {
            broker.kill();
        } else {
            left = true;
            listening.renewed = true;
            disconnect(Duration.ofMillis(chance.nextInt(500)), false);
        }
    }

    private CompletableFuture<Undelivered> disconnect(Duration limit, boolean forGood) {
        Instant end = runtime.clock().instant().plus(limit);
        patience = end.isBefore(patience) ? end : patience;
        CompletableFuture<Undelivered> farewell = session.disconnect(limit, forGood);
        farewell.thenRun(() -> patience = Instant.MAX);
        return farewell;
    }

    private void checkGoodbye() {
        int pending = session.statistics().pending();
        if (pending > 0 && runtime.clock().instant().isBefore(patience)) {
            wrong.add("DISCONNECT leaves before its time with " + pending + " messages pending");
        }
    }

    private void publish() {
        boolean fresh = broker.poisoned.contains("denied") && chance.nextInt(5) == 0;
        String topic = fresh ? "denied/" + ++names : "t/" + chance.nextInt(TOPICS);
        Qos qos = Qos.of(chance.nextInt(3));
        int number = numbers.merge(topic, 1, Integer::sum);
        Message message = Message.of(topic, Integer.toString(number)).withQos(qos);
        CompletableFuture<Void> result = session.publish(message);
        if (!result.isCompletedExceptionally()) {
            sent.add(new Published(message, number, result));
        }
    }

    private void subscribe() {
        session.subscribe(
                TopicFilter.of("s/" + chance.nextInt(3)),
                Qos.AT_LEAST_ONCE,
                Receiver.of(message -> {}, ListenerOptions.defaults()));
    }

    private void checkBounds() {
        int pending = session.statistics().pending();
        int bound = window + (queueing ? QUEUE : 0);
        if (pending > bound) {
            wrong.add(pending + " pending with room for " + bound);
        }
    }

    /** On a connection on which the broker has answered everything, nothing is left that waits. */
    private void checkSettled() {
        runtime.runUntilIdle();
        if (session.state() == ConnectionState.CONNECTED && broker.isCalm()) {
            checkEnded("though the broker has answered all");
            if (goodNetwork && broker.isNoticeForgotten()) {
                wrong.add("a notice of the broker was forgotten");
            }
        }
    }

    private void checkEnded(String when) {
        for (Published each : sent) {
            if (!each.result().isDone()) {
                wrong.add(each + " is pending " + when);
            }
        }
        if (session.statistics().pending() != 0) {
            wrong.add("the ledger holds " + session.statistics().pending() + " messages " + when);
        }
    }

    /** The network heals, listeners acknowledge, time passes. */
    private void calmDown() {
        if (broker.tokens != null) {
            broker.tokens.down = false;
            broker.tokens.reliable = true;
        }
        broker.reachable = true;
        broker.refusing = false;
        broker.silent = false;
        for (int i = 0; i < 30 || (i < 300 && !broker.outgoing.isEmpty()); i++) {
            session.connect();
            runtime.advance(Duration.ofSeconds(10));
            while (listening.acknowledgeOne()) {
                runtime.runUntilIdle();
            }
        }
        runtime.advance(Duration.ofMinutes(2));
    }

    private void checkEnd() {
        checkEnded("for ever");
        new Delivery(broker).check(sent).forEach(wrong::add);
        if (goodNetwork && closed == null) {
            new Delivery(broker)
                    .checkHealthy(sent, kept, QUARANTINE.strikes() + 1)
                    .forEach(wrong::add);
        }
        broker.poisoned.forEach(this::checkPoisoned);
        if (closed == null) {
            checkConnected();
            closed = disconnect(Duration.ofSeconds(1), true);
            runtime.advance(Duration.ofSeconds(10));
        }
        if (!closed.isDone() || session.state() != ConnectionState.CLOSED || broker.isConnected()) {
            wrong.add("the client is " + session.state() + " after its close");
        }
        if (!session.publish(Message.of("t/0", "0")).isCompletedExceptionally()) {
            wrong.add("a closed session accepts a message");
        }
    }

    private void checkConnected() {
        if (session.state() != ConnectionState.CONNECTED) {
            wrong.add("the client is " + session.state() + " at the end");
        }
        if (!left && !broker.held().isEmpty()) {
            wrong.add("the broker holds identifiers " + broker.held() + " of QoS 2 that nobody releases");
        }
        listening.check(!left).forEach(wrong::add);
    }

    /** A poisoned topic costs what quarantine allows, and a little more where others were in progress with it. */
    private void checkPoisoned(String poisoned) {
        long unacknowledged = sent.stream()
                .filter(each -> broker.isPoisoned(each.topic()))
                .filter(each -> each.message().qos() == Qos.AT_MOST_ONCE)
                .count();
        boolean found = broker.quarantined.contains(poisoned);
        if (found && broker.losses > (4L * QUARANTINE.strikes() + 4) * broker.poisoned.size() + unacknowledged) {
            wrong.add("the poisoned topics " + broker.poisoned + " cost " + broker.losses + " connections");
        }
    }
}
