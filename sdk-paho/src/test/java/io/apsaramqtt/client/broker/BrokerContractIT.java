package io.apsaramqtt.client.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.apsaramqtt.client.ApsaraMqttClient;
import io.apsaramqtt.client.ApsaraMqttClientBuilder;
import io.apsaramqtt.client.Connections;
import io.apsaramqtt.client.Futures;
import io.apsaramqtt.client.Inbox;
import io.apsaramqtt.client.connection.ConnectionListener;
import io.apsaramqtt.client.connection.ConnectionState;
import io.apsaramqtt.client.connection.ProbableCause;
import io.apsaramqtt.client.connection.ProbableCause.Cause;
import io.apsaramqtt.client.delivery.FlowControl;
import io.apsaramqtt.client.listener.Acknowledgment;
import io.apsaramqtt.client.listener.ListenerOptions;
import io.apsaramqtt.mqtt.ClientId;
import io.apsaramqtt.mqtt.Message;
import io.apsaramqtt.mqtt.MessageProperties;
import io.apsaramqtt.mqtt.MqttVersion;
import io.apsaramqtt.mqtt.Qos;
import io.apsaramqtt.mqtt.TopicName;
import io.apsaramqtt.test.FaultProxy;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What a client does on every broker, in every version of MQTT. */
@ParameterizedClass(name = "{0}, MQTT {1}")
@MethodSource("everyBrokerAndVersion")
class BrokerContractIT {

    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final Map<TestBroker, TestBroker.Running> RUNNING = new EnumMap<>(TestBroker.class);
    private static final AtomicInteger NUMBER = new AtomicInteger();

    @Parameter(0)
    TestBroker kind = TestBroker.HIVEMQ;

    @Parameter(1)
    MqttVersion version = MqttVersion.V5;

    private final List<ApsaraMqttClient> clients = new ArrayList<>();
    private final List<FaultProxy> proxies = new ArrayList<>();
    private final int number = NUMBER.incrementAndGet();

    static Stream<Arguments> everyBrokerAndVersion() {
        return Arrays.stream(TestBroker.values())
                .flatMap(broker -> Arrays.stream(MqttVersion.values()).map(version -> Arguments.of(broker, version)));
    }

    private TestBroker.Running broker() {
        return RUNNING.computeIfAbsent(kind, TestBroker::start);
    }

    @AfterEach
    void closeClients() {
        clients.forEach(ApsaraMqttClient::close);
        proxies.forEach(FaultProxy::close);
    }

    @AfterAll
    static void stopBrokers() {
        RUNNING.values().forEach(broker -> broker.close().run());
        RUNNING.clear();
    }

    private ApsaraMqttClientBuilder builder(String device) {
        return broker().client()
                .clientId(ClientId.of("GID_contract", device + "-" + number))
                .operationTimeout(LIMIT)
                .reconnectDelay(Duration.ofMillis(20), Duration.ofMillis(200))
                .mqttVersion(version);
    }

    private ApsaraMqttClient connected(ApsaraMqttClientBuilder builder) {
        ApsaraMqttClient client = builder.build();
        clients.add(client);
        client.connect(LIMIT);
        return client;
    }

    /** A topic that no other test uses. */
    private String topic(String level) {
        return "contract/" + number + "/" + level;
    }

    private static List<String> numbers(int count) {
        return IntStream.range(0, count).mapToObj(Integer::toString).toList();
    }

    private FaultProxy proxy() {
        String endpoint = broker().endpoint();
        FaultProxy proxy =
                FaultProxy.to("127.0.0.1", Integer.parseInt(endpoint.substring(endpoint.lastIndexOf(':') + 1)));
        proxies.add(proxy);
        return proxy;
    }

    @Test
    void everyQosArrivesInOrderAndOnce() throws InterruptedException {
        ApsaraMqttClient client = connected(builder("order"));
        for (Qos qos : Qos.values()) {
            Inbox inbox = new Inbox();
            client.subscribe(topic("qos" + qos.code()), qos, inbox);
            List<CompletableFuture<Void>> published = new ArrayList<>();
            for (String text : numbers(300)) {
                published.add(client.publishAsync(topic("qos" + qos.code()), text, qos));
            }
            published.forEach(Futures::get);
            if (kind == TestBroker.ARTEMIS) {
                // Artemis 2.44.0 delivers out of order: with MQTT 5 between two clients of Mosquitto, with 3.1.1 on a
                // connection on which all was sent in order, as a relay saw. The other brokers are asked.
                assertThat(inbox.texts(300)).containsExactlyInAnyOrderElementsOf(numbers(300));
            } else {
                assertThat(inbox.texts(300)).as("QoS " + qos).isEqualTo(numbers(300));
            }
            assertThat(inbox.rest()).isEmpty();
        }
    }

    @Test
    void hundredsOfSubscriptionsMadeAtOnceAllReceive() throws InterruptedException {
        ApsaraMqttClient client = connected(builder("many"));
        Inbox inbox = new Inbox();
        List<CompletableFuture<Void>> made = new ArrayList<>();
        for (int i = 0; i < 250; i++) {
            made.add(client.subscribeAsync(topic("many/" + i), inbox));
        }
        made.forEach(Futures::get);
        for (int i = 0; i < 250; i += 25) {
            client.publish(topic("many/" + i), "to " + i);
        }
        assertThat(inbox.texts(10))
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.range(0, 10).mapToObj(i -> "to " + i * 25).toList());
    }

    @Test
    void aSessionThatIsKeptDeliversWhatWasPublishedMeanwhile() throws InterruptedException {
        Inbox inbox = new Inbox();
        ApsaraMqttClient receiver = connected(builder("kept")
                .persistentSession(Duration.ofHours(1))
                .subscription(topic("kept"), Qos.AT_LEAST_ONCE, inbox));
        receiver.disconnect();
        assertThat(receiver.state()).isEqualTo(ConnectionState.DISCONNECTED);
        ApsaraMqttClient sender = connected(builder("sender"));
        numbers(20).forEach(text -> sender.publish(topic("kept"), text));
        receiver.connect(LIMIT);
        assertThat(inbox.texts(20)).isEqualTo(numbers(20));
        assertThat(inbox.rest()).isEmpty();
    }

    @Test
    void aFilterUnsubscribedFromWhileDisconnectedIsForgottenByTheBroker() throws InterruptedException {
        Inbox gone = new Inbox();
        Inbox kept = new Inbox();
        ApsaraMqttClient receiver = connected(builder("forgets").persistentSession(Duration.ofHours(1)));
        receiver.subscribe(topic("gone"), gone);
        receiver.subscribe(topic("marker"), kept);
        receiver.disconnect();
        receiver.unsubscribe(topic("gone"));
        receiver.connect(LIMIT);
        receiver.publish(topic("gone"), "nobody wants it");
        receiver.publish(topic("marker"), "wanted");
        assertThat(kept.texts(1)).containsExactly("wanted");
        assertThat(gone.rest()).isEmpty();
    }

    @Test
    void aLostConnectionComesBackWithItsSubscriptionsAndWhatWasQueued() throws InterruptedException {
        FaultProxy proxy = proxy();
        Connections connections = new Connections();
        ApsaraMqttClient client = connected(builder("cut")
                .endpoint("tcp://127.0.0.1:" + proxy.port())
                .flowControl(FlowControl.queueing(1_000, 1 << 20))
                .connectionListener(connections));
        Inbox inbox = new Inbox();
        client.subscribe(topic("cut"), inbox);
        proxy.closePort();
        proxy.cutAll();
        await().until(() -> client.state() == ConnectionState.RECONNECTING);
        List<CompletableFuture<Void>> queued = numbers(50).stream()
                .map(text -> client.publishAsync(topic("cut"), text))
                .toList();
        proxy.openPort();
        queued.forEach(Futures::get);
        assertThat(inbox.texts(50)).isEqualTo(numbers(50));
        assertThat(connections.told()).startsWith("connected", "lost").endsWith("connected");
    }

    @Test
    void whatWaitsForAnAcknowledgementByHandIsNotGivenTwiceAndIsAcknowledgedOnTheNextConnection()
            throws InterruptedException {
        FaultProxy proxy = proxy();
        Queue<String> seen = new ConcurrentLinkedQueue<>();
        Queue<Acknowledgment> open = new ConcurrentLinkedQueue<>();
        Connections connections = new Connections();
        ApsaraMqttClient client = connected(builder("manual")
                .endpoint("tcp://127.0.0.1:" + proxy.port())
                .persistentSession(Duration.ofHours(1))
                .connectionListener(connections));
        client.subscribeAcknowledging(
                topic("manual"),
                (message, acknowledgment) -> {
                    seen.add(message.text());
                    open.add(acknowledgment);
                },
                ListenerOptions.defaults());
        // One message: HiveMQ sends the next of a kept session when it is acknowledged.
        client.publish(topic("manual"), "a");
        await().until(() -> seen.size() == 1);
        proxy.cutAll();
        await().until(() -> connections.connects() == 2);
        open.forEach(Acknowledgment::acknowledge);
        client.publish(topic("manual"), "c");
        await().until(() -> seen.contains("c"));
        // Artemis sends again without the duplicate flag, so its messages look like new ones (MQTT-3.3.1-1).
        if (kind != TestBroker.ARTEMIS) {
            assertThat(seen).containsExactly("a", "c");
        }
        // Closing would wait for it.
        open.forEach(Acknowledgment::acknowledge);
    }

    @Test
    void aListenerThatFailsIsTriedAgainAndThenTheMessageIsADeadLetter() throws InterruptedException {
        ApsaraMqttClient client = connected(builder("dead"));
        Inbox deadLetters = new Inbox();
        AtomicInteger attempts = new AtomicInteger();
        client.subscribe(topic("dead"), deadLetters);
        client.subscribe(
                topic("work"),
                Qos.AT_LEAST_ONCE,
                message -> {
                    attempts.incrementAndGet();
                    throw new IllegalStateException("of a test");
                },
                ListenerOptions.defaults()
                        .withRetry(3, Duration.ofMillis(5), Duration.ofMillis(20))
                        .withDeadLetterTopic(TopicName.of(topic("dead"))));
        client.publish(topic("work"), "undigestible");
        assertThat(deadLetters.next().text()).isEqualTo("undigestible");
        assertThat(attempts).hasValue(3);
    }

    @Test
    void propertiesTravelAndARequestIsAnswered() throws InterruptedException {
        Assumptions.assumeTrue(version == MqttVersion.V5);
        ApsaraMqttClient server = connected(builder("server"));
        ApsaraMqttClient asker = connected(builder("asker"));
        server.subscribe(
                topic("ask"),
                request -> server.replyAsync(
                        request,
                        (request.text() + " "
                                        + request.properties()
                                                .userProperty("unit")
                                                .orElse("?"))
                                .getBytes(StandardCharsets.UTF_8)));
        Message request = Message.of(topic("ask"), "42")
                .withProperties(MessageProperties.none()
                        .withUserProperty("unit", "°C")
                        .withContentType("text/plain")
                        .withExpiry(Duration.ofMinutes(1)));
        assertThat(asker.request(request, LIMIT).text()).isEqualTo("42 °C");
    }

    @Test
    void aSharedSubscriptionSharesTheMessages() throws InterruptedException {
        // The service has none, so the broker that behaves like it closes the connection.
        Assumptions.assumeTrue(kind != TestBroker.HIVEMQ);
        Inbox inbox = new Inbox();
        ApsaraMqttClient first = connected(builder("worker1"));
        ApsaraMqttClient second = connected(builder("worker2"));
        String filter = "$share/workers" + number + "/" + topic("jobs");
        first.subscribe(filter, inbox);
        second.subscribe(filter, inbox);
        numbers(40).forEach(text -> first.publish(topic("jobs"), text));
        assertThat(inbox.texts(40)).containsExactlyInAnyOrderElementsOf(numbers(40));
        assertThat(inbox.rest()).isEmpty();
    }

    @Test
    void anotherClientOfTheSameIdIsNamedOnMqtt5() {
        Connections connections = new Connections();
        connected(builder("twin").connectionListener(connections).reconnectDelay(LIMIT, LIMIT));
        connected(builder("twin").reconnectDelay(LIMIT, LIMIT));
        await().until(() -> !connections.losses().isEmpty());
        // Mosquitto 2.0.11 closes the connection without a word, whatever the version.
        if (version == MqttVersion.V5 && kind != TestBroker.MOSQUITTO) {
            assertThat(connections.losses().get(0).probableCause())
                    .map(ProbableCause::causes)
                    .hasValue(List.of(Cause.TAKEN_OVER));
        }
    }

    @Test
    void closingWaitsForWhatWasPublished() {
        ApsaraMqttClient client = connected(builder("closing").connectionListener(new ConnectionListener() {}));
        List<CompletableFuture<Void>> published = numbers(200).stream()
                .map(text -> client.publishAsync(topic("closing"), text))
                .toList();
        assertThat(client.close(LIMIT).isEmpty()).isTrue();
        assertThat(published).allSatisfy(future -> assertThat(future).isCompleted());
    }
}
