package io.apsaramqtt.client;

import static io.apsaramqtt.client.Futures.failureOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.apsaramqtt.client.connection.ConnectFailedException;
import io.apsaramqtt.client.connection.ConnectionListener;
import io.apsaramqtt.client.connection.ConnectionLostException;
import io.apsaramqtt.client.connection.ConnectionState;
import io.apsaramqtt.client.connection.NotConnectedException;
import io.apsaramqtt.client.delivery.QuarantinedException;
import io.apsaramqtt.credentials.AccessKey;
import io.apsaramqtt.credentials.CredentialsProvider;
import io.apsaramqtt.mqtt.ClientId;
import io.apsaramqtt.mqtt.InvalidMqttValueException;
import io.apsaramqtt.mqtt.Message;
import io.apsaramqtt.mqtt.MqttVersion;
import io.apsaramqtt.mqtt.Qos;
import io.apsaramqtt.mqtt.ServiceRuleException;
import io.apsaramqtt.mqtt.TopicName;
import io.apsaramqtt.permission.PermissionDeniedException;
import io.apsaramqtt.permission.PermissionMode;
import io.apsaramqtt.permission.source.PermissionSource;
import io.apsaramqtt.policy.Policy;
import io.apsaramqtt.test.event.BrokerEvent.ConnectAccepted;
import io.apsaramqtt.test.event.BrokerEvent.Disconnected;
import io.apsaramqtt.test.event.BrokerEvent.PublishAccepted;
import io.apsaramqtt.test.event.BrokerEvent.PublishDenied;
import io.apsaramqtt.test.event.BrokerEvent.SubscribeAccepted;
import io.apsaramqtt.test.event.BrokerEvent.SubscribeDenied;
import io.apsaramqtt.test.event.DisconnectedBy;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What a client does on every version of MQTT, shown on the embedded broker. */
abstract class ClientContract {

    @RegisterExtension
    static final EmbeddedService SERVICE = EmbeddedService.closingConnections();

    private final MqttVersion version;

    ClientContract(MqttVersion version) {
        this.version = version;
    }

    private ApsaraMqttClientBuilder builder() {
        return SERVICE.builder(version);
    }

    private ApsaraMqttClient connected() {
        return SERVICE.connected(builder());
    }

    /** A RAM user who may use alarms/... alone. */
    private ApsaraMqttClientBuilder user() {
        return builder().credentials(CredentialsProvider.of(EmbeddedService.USER));
    }

    private static List<PublishAccepted> publishedBy(ApsaraMqttClient client) {
        return SERVICE.broker().events().of(PublishAccepted.class).stream()
                .filter(event -> event.clientId().equals(client.clientId().value()))
                .toList();
    }

    /** Its own: a client of the test before may have been accepted while it was closed. */
    private static List<ConnectAccepted> acceptedOf(ApsaraMqttClient client) {
        return SERVICE.broker().events().of(ConnectAccepted.class).stream()
                .filter(event -> event.clientId().equals(client.clientId().value()))
                .toList();
    }

    private static void awaitConnects(Connections connections, int count) {
        await().until(() -> connections.connects() >= count);
    }

    // Connecting

    @Test
    void connectsSignedAndInTheVersionChosen() {
        ApsaraMqttClient client = SERVICE.closeLater(builder().build());
        assertThat(client.isConnected()).isFalse();
        assertThat(client.state()).isEqualTo(ConnectionState.DISCONNECTED);
        client.connect();
        assertThat(client.isConnected()).isTrue();
        assertThat(acceptedOf(client))
                .containsExactly(
                        new ConnectAccepted(client.clientId().value(), version, EmbeddedService.ACCOUNT.maskedId()));
    }

    @Test
    void connectingWhenConnectedDoesNothing() {
        ApsaraMqttClient client = connected();
        client.connect();
        Futures.get(client.connectAsync());
        assertThat(acceptedOf(client)).hasSize(1);
    }

    @Test
    void twoConnectsAtTheSameTimeMakeOneConnection() {
        ApsaraMqttClient client = SERVICE.closeLater(builder().build());
        CompletableFuture<Void> first = client.connectAsync();
        CompletableFuture<Void> second = client.connectAsync();
        Futures.get(first);
        Futures.get(second);
        assertThat(acceptedOf(client)).hasSize(1);
    }

    @Test
    void connectingSucceedsAfterAFirstConnectThatFailed() {
        RotatingKey accessKey = new RotatingKey(AccessKey.of(EmbeddedService.ACCOUNT.id(), "not-the-secret"));
        ApsaraMqttClient client =
                SERVICE.closeLater(builder().credentials(accessKey).build());
        assertThatThrownBy(client::connect)
                .isInstanceOfSatisfying(
                        ConnectFailedException.class,
                        e -> assertThat(e.reason()).isEqualTo(ConnectFailedException.Reason.REFUSED));
        assertThat(client.state()).isEqualTo(ConnectionState.DISCONNECTED);
        accessKey.set(EmbeddedService.ACCOUNT);
        client.connect();
        client.publish("alarms/x", "after all");
        assertThat(publishedBy(client)).hasSize(1);
    }

    @Test
    void aClientThatWasNeverConnectedHasNoThreadAndCanBeClosed() {
        ApsaraMqttClient client = builder().build();
        assertThat(Threads.of(client.clientId())).isEmpty();
        client.close();
        assertThat(client.state()).isEqualTo(ConnectionState.CLOSED);
        await().untilAsserted(() -> assertThat(Threads.of(client.clientId())).isEmpty());
    }

    // Publishing and subscribing

    static Stream<Arguments> payloads() {
        byte[] binary = new byte[65_536];
        new Random(1).nextBytes(binary);
        return Stream.of(Qos.values())
                .flatMap(qos ->
                        Stream.of(0, 1_024, 65_536).map(size -> Arguments.of(qos, size, Arrays.copyOf(binary, size))));
    }

    @ParameterizedTest(name = "QoS {0}, {1} bytes")
    @MethodSource("payloads")
    void whatIsPublishedArrivesByteForByte(Qos qos, int size, byte[] payload) throws InterruptedException {
        ApsaraMqttClient client = connected();
        Inbox inbox = new Inbox();
        client.subscribe("alarms/#", qos, inbox);
        client.publish("alarms/binary", payload, qos);
        Message message = inbox.next();
        assertThat(message.topic().value()).isEqualTo("alarms/binary");
        assertThat(message.payload()).hasSize(size).isEqualTo(payload);
        assertThat(message.qos()).isEqualTo(qos);
        assertThat(message.retained()).isFalse();
    }

    @ParameterizedTest
    @EnumSource
    void textArrivesAsUtf8(Qos qos) throws InterruptedException {
        ApsaraMqttClient client = connected();
        Inbox inbox = new Inbox();
        client.subscribe("alarms/+", qos, inbox);
        client.publish("alarms/text", "42 °C, 过热 \uD83D\uDD25", qos);
        Message message = inbox.next();
        assertThat(message.text()).isEqualTo("42 °C, 过热 \uD83D\uDD25");
        assertThat(message.payload()).isEqualTo("42 °C, 过热 \uD83D\uDD25".getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void everyShortFormPublishesTheSame() throws Exception {
        ApsaraMqttClient client = connected();
        Inbox inbox = new Inbox();
        client.subscribe("alarms/a", inbox);
        client.publish("alarms/a", "1");
        client.publish("alarms/a", new byte[] {'2'});
        client.publish(Message.of("alarms/a", "3").topic(), "3");
        client.publish(Message.of("alarms/a", "4").topic(), new byte[] {'4'});
        client.publish(Message.of("alarms/a", "5"));
        Futures.get(client.publishAsync("alarms/a", "6"));
        Futures.get(client.publishAsync("alarms/a", new byte[] {'7'}));
        Futures.get(client.publishAsync("alarms/a", "8", Qos.EXACTLY_ONCE));
        Futures.get(client.publishAsync("alarms/a", new byte[] {'9'}, Qos.AT_LEAST_ONCE));
        assertThat(inbox.texts(9)).containsExactly("1", "2", "3", "4", "5", "6", "7", "8", "9");
        assertThat(publishedBy(client))
                .filteredOn(event -> event.qos() == Qos.AT_LEAST_ONCE)
                .hasSize(8);
    }

    @Test
    void aP2pMessageReachesThatClientAloneWithoutASubscription() throws InterruptedException {
        Inbox addressed = new Inbox();
        Inbox other = new Inbox();
        ApsaraMqttClient sender = connected();
        ApsaraMqttClient receiver = SERVICE.connected(builder().p2pListener(addressed));
        ApsaraMqttClient bystander = SERVICE.connected(builder().p2pListener(other));
        sender.publishToClient("alarms", receiver.clientId(), "for you");
        Message message = addressed.next();
        assertThat(message.text()).isEqualTo("for you");
        assertThat(message.topic().value()).isEqualTo("alarms/p2p/" + receiver.clientId());
        // What is sent to the bystander afterwards comes first there: the other message never came.
        sender.publishToClient("alarms", bystander.clientId(), new byte[] {'2'});
        assertThat(other.texts(1)).containsExactly("2");
        assertThat(addressed.rest()).isEmpty();
    }

    @Test
    void orderWithinATopicIsKept() throws InterruptedException {
        ApsaraMqttClient client = connected();
        Inbox inbox = new Inbox();
        client.subscribe("alarms/#", inbox);
        List<String> sent = IntStream.range(0, 500).mapToObj(Integer::toString).toList();
        List<CompletableFuture<Void>> published = new ArrayList<>();
        for (String text : sent) {
            published.add(client.publishAsync("alarms/ordered", text));
        }
        published.forEach(Futures::get);
        assertThat(inbox.texts(500)).isEqualTo(sent);
    }

    @Test
    void aListenerGetsAMessageOnceThoughTwoOfItsFiltersMatch() throws InterruptedException {
        ApsaraMqttClient client = connected();
        Inbox inbox = new Inbox();
        client.subscribe("alarms/#", inbox);
        client.subscribe("alarms/+", inbox);
        client.publish("alarms/a", "once");
        client.publish("alarms/a", "marker");
        assertThat(inbox.texts(2)).containsExactly("once", "marker");
    }

    @Test
    void whatIsUnsubscribedComesNoLonger() throws InterruptedException {
        // One queue: what was published first would come first.
        ApsaraMqttClient client = SERVICE.connected(builder().listenerThreads(1));
        Inbox inbox = new Inbox();
        client.subscribe("alarms/a", inbox);
        client.subscribe("alarms/b", inbox);
        client.unsubscribe("alarms/b");
        client.publish("alarms/b", "not subscribed any more");
        client.publish("alarms/a", "subscribed");
        assertThat(inbox.texts(1)).containsExactly("subscribed");
        assertThat(inbox.rest()).isEmpty();
    }

    @Test
    void subscribingAgainReplacesTheListener() throws InterruptedException {
        ApsaraMqttClient client = connected();
        Inbox first = new Inbox();
        Inbox second = new Inbox();
        client.subscribe("alarms/a", first);
        client.subscribe("alarms/a", second);
        client.publish("alarms/a", "x");
        assertThat(second.texts(1)).containsExactly("x");
        assertThat(first.rest()).isEmpty();
    }

    // Listeners

    @Test
    void listenersRunOnThreadsOfTheClientAndFuturesCompleteThere() throws Exception {
        ApsaraMqttClient client = connected();
        CompletableFuture<String> listener = new CompletableFuture<>();
        client.subscribe(
                "alarms/a", message -> listener.complete(Thread.currentThread().getName()));
        CompletableFuture<String> completion = new CompletableFuture<>();
        // A refused future would complete at once on this thread; this one cannot before the broker answered.
        client.publishAsync("alarms/a", "x")
                .whenComplete((done, failure) ->
                        completion.complete(Thread.currentThread().getName()));
        String mine = Thread.currentThread().getName();
        assertThat(Futures.get(listener)).startsWith("apsara-mqtt-worker-" + client.clientId());
        assertThat(Futures.get(completion))
                .satisfiesAnyOf(
                        name -> assertThat(name).startsWith("apsara-mqtt-worker-" + client.clientId()),
                        name -> assertThat(name).isEqualTo(mine));
    }

    @Test
    void aListenerMayPublishAndWaitDuringABurst() throws InterruptedException {
        ApsaraMqttClient client = connected();
        Inbox echoes = new Inbox();
        Queue<Throwable> failures = new ConcurrentLinkedQueue<>();
        client.subscribe("echoes/a", echoes);
        client.subscribe("alarms/a", message -> {
            try {
                client.publish("echoes/a", message.text());
            } catch (RuntimeException e) {
                failures.add(e);
            }
        });
        List<String> sent = IntStream.range(0, 200).mapToObj(Integer::toString).toList();
        sent.forEach(text -> client.publishAsync("alarms/a", text));
        assertThat(echoes.texts(200)).isEqualTo(sent);
        assertThat(failures).isEmpty();
    }

    @Test
    void aListenerThatThrowsDisturbsNobody() throws InterruptedException {
        Connections connections = new Connections();
        ApsaraMqttClient client = SERVICE.connected(builder().connectionListener(connections));
        Inbox inbox = new Inbox();
        CountDownLatch thrown = new CountDownLatch(2);
        client.subscribe("alarms/#", message -> {
            thrown.countDown();
            if (thrown.getCount() > 0) {
                throw new IOException("of a test");
            }
            throw new AssertionError("of a test");
        });
        client.subscribe("alarms/a", inbox);
        client.publish("alarms/a", "1");
        client.publish("alarms/a", "2");
        assertThat(inbox.texts(2)).containsExactly("1", "2");
        assertThat(thrown.await(20, TimeUnit.SECONDS)).isTrue();
        assertThat(connections.told()).containsExactly("connected");
    }

    // Denied here, before anything is sent

    @Test
    void publishAsyncNeverThrows() {
        ApsaraMqttClient client =
                SERVICE.closeLater(user().permissions(PermissionSource.fixed(EmbeddedService.ALARMS_ONLY))
                        .build());
        assertThat(failureOf(client.publishAsync("alarms/a", "x")))
                .isInstanceOfSatisfying(
                        NotConnectedException.class,
                        e -> assertThat(e.state()).isEqualTo(ConnectionState.DISCONNECTED));
        client.connect();
        assertThat(failureOf(client.publishAsync("alarms/+", "x"))).isInstanceOf(InvalidMqttValueException.class);
        assertThat(failureOf(client.publishAsync("alarms/#", new byte[0])))
                .isInstanceOf(InvalidMqttValueException.class);
        assertThat(failureOf(client.publishAsync("alarms/a", new byte[65_537])))
                .isInstanceOf(ServiceRuleException.class);
        assertThat(failureOf(client.publishAsync("billing/a", "x"))).isInstanceOf(PermissionDeniedException.class);
        assertThat(failureOf(client.publishToClientAsync("a/b", client.clientId(), "x")))
                .isInstanceOf(InvalidMqttValueException.class);
        client.close();
        assertThat(failureOf(client.publishAsync("alarms/a", "x")))
                .isInstanceOfSatisfying(
                        NotConnectedException.class, e -> assertThat(e.state()).isEqualTo(ConnectionState.CLOSED));
        assertThat(publishedBy(client)).isEmpty();
    }

    @Test
    void publishThrowsWhatTheFutureFailsWithAndTellsWhereItWasCalled() {
        ApsaraMqttClient client =
                SERVICE.connected(user().permissions(PermissionSource.fixed(EmbeddedService.ALARMS_ONLY)));
        assertThatThrownBy(() -> client.publish("billing/a", "x"))
                .isInstanceOf(PermissionDeniedException.class)
                .satisfies(e -> assertThat(Stream.of(e.getStackTrace()).map(StackTraceElement::getMethodName))
                        .anyMatch(name -> name.contains("publishThrowsWhatTheFutureFailsWith")));
    }

    @Test
    void aDeniedPublishNeverReachesTheBroker() {
        ApsaraMqttClient client =
                SERVICE.connected(user().permissions(PermissionSource.fixed(EmbeddedService.ALARMS_ONLY)));
        assertThatThrownBy(() -> client.publish("billing/a", "x")).isInstanceOf(PermissionDeniedException.class);
        // What is sent afterwards has arrived: so would have what was sent before.
        client.publish("alarms/a", "marker");
        assertThat(publishedBy(client)).extracting(PublishAccepted::topic).containsExactly("alarms/a");
        assertThat(SERVICE.broker().events().of(PublishDenied.class)).isEmpty();
        assertThat(client.isConnected()).isTrue();
    }

    @Test
    void aDeniedSubscribeNeverReachesTheBroker() {
        ApsaraMqttClient client =
                SERVICE.connected(user().permissions(PermissionSource.fixed(EmbeddedService.ALARMS_ONLY)));
        assertThatThrownBy(() -> client.subscribe("billing/#", message -> {}))
                .isInstanceOf(PermissionDeniedException.class);
        client.subscribe("alarms/#", message -> {});
        assertThat(SERVICE.broker().events().of(SubscribeAccepted.class))
                .extracting(SubscribeAccepted::topicFilter)
                .containsExactly("alarms/#");
        assertThat(SERVICE.broker().events().of(SubscribeDenied.class)).isEmpty();
        assertThat(client.isConnected()).isTrue();
    }

    // Sent all the same

    @Test
    void modeWarnSendsWhatIsDenied() {
        ApsaraMqttClient client =
                SERVICE.connected(user().permissions(PermissionSource.fixed(EmbeddedService.ALARMS_ONLY))
                        .permissionMode(PermissionMode.WARN));
        assertThat(failureOf(client.publishAsync("billing/a", "x"))).isInstanceOf(QuarantinedException.class);
        assertThat(SERVICE.broker().events().await(PublishDenied.class).topic()).isEqualTo("billing/a");
    }

    @Test
    void aCallInAModeOfItsOwnIsSentThoughTheClientWouldRefuseIt() {
        ApsaraMqttClient client =
                SERVICE.connected(user().permissions(PermissionSource.fixed(EmbeddedService.ALARMS_ONLY)));
        assertThatThrownBy(() -> client.publish("billing/a", "x")).isInstanceOf(PermissionDeniedException.class);
        assertThat(SERVICE.broker().events().of(PublishDenied.class)).isEmpty();
        MqttOperations unchecked = client.withPermissionMode(PermissionMode.OFF);
        assertThat(failureOf(unchecked.publishAsync("billing/a", "x"))).isInstanceOf(QuarantinedException.class);
        assertThat(SERVICE.broker().events().await(PublishDenied.class).topic()).isEqualTo("billing/a");
    }

    @Test
    void permissionsThatAreReadAnewHoldForTheNextCallAndAreTold() {
        List<Policy> policies = new CopyOnWriteArrayList<>();
        Queue<String> told = new ConcurrentLinkedQueue<>();
        ApsaraMqttClient client = SERVICE.connected(user().permissions(() ->
                        PermissionSource.fixed(policies.toArray(Policy[]::new)).load())
                .permissionsListener((before, after) -> told.add("changed")));
        assertThatThrownBy(() -> client.publish("alarms/a", "x")).isInstanceOf(PermissionDeniedException.class);
        policies.add(EmbeddedService.ALARMS_ONLY);
        client.refreshPermissions();
        await().until(() ->
                !client.permissions().checkPublish(TopicName.of("alarms/a")).isDenied());
        client.publish("alarms/a", "x");
        assertThat(told).containsExactly("changed");
    }

    @Test
    void whatTheBrokerDeniesCostsTheConnectionWhichComesBack() throws InterruptedException {
        Connections connections = new Connections();
        ApsaraMqttClient client =
                SERVICE.connected(user().permissions(PermissionSource.fixed(EmbeddedService.ALARMS_ONLY))
                        .permissionMode(PermissionMode.OFF)
                        .connectionListener(connections));
        Inbox inbox = new Inbox();
        client.subscribe("alarms/#", inbox);
        assertThatThrownBy(() -> client.publish("billing/a", "x")).isInstanceOf(QuarantinedException.class);
        awaitConnects(connections, 4);
        client.publish("alarms/a", "back");
        assertThat(inbox.texts(1)).containsExactly("back");
        assertThat(connections.losses())
                .hasSize(3)
                .allSatisfy(loss ->
                        assertThat(loss).hasMessageContaining(client.endpoint().toString()));
        if (version == MqttVersion.V5) {
            assertThat(connections.losses().get(0).reasonCode()).hasValue(0x87);
        }
    }

    @Test
    void aSubscriptionThatTheBrokerDeniesIsNotTriedAgain() {
        Connections connections = new Connections();
        ApsaraMqttClient client =
                SERVICE.connected(user().permissionMode(PermissionMode.OFF).connectionListener(connections));
        assertThatThrownBy(() -> client.subscribe("billing/#", message -> {})).isInstanceOf(QuarantinedException.class);
        awaitConnects(connections, 4);
        client.publish("alarms/a", "still connected");
        assertThat(SERVICE.broker().events().of(SubscribeDenied.class)).hasSize(3);
        assertThat(connections.losses()).hasSize(3);
    }

    // Coming back

    @Test
    void aLostConnectionIsSignedAfreshWithTheAccessKeyOfNowAndSubscribedAgain() throws InterruptedException {
        RotatingKey accessKey = new RotatingKey(EmbeddedService.ACCOUNT);
        Connections connections = new Connections();
        ApsaraMqttClient client =
                SERVICE.connected(builder().connectionListener(connections).credentials(accessKey));
        Inbox inbox = new Inbox();
        client.subscribe("alarms/#", inbox);
        client.subscribe("alarms/a", Qos.AT_MOST_ONCE, inbox);
        assertThat(accessKey.asked()).isEqualTo(1);

        accessKey.set(EmbeddedService.USER);
        assertThat(SERVICE.broker().disconnect(client.clientId())).isTrue();
        awaitConnects(connections, 2);

        assertThat(accessKey.asked()).isEqualTo(2);
        assertThat(acceptedOf(client))
                .extracting(ConnectAccepted::accessKeyId)
                .containsExactly(EmbeddedService.ACCOUNT.maskedId(), EmbeddedService.USER.maskedId());
        assertThat(SERVICE.broker().events().of(SubscribeAccepted.class))
                .filteredOn(event -> event.clientId().equals(client.clientId().value()))
                .extracting(event -> event.topicFilter() + " " + event.qos().code())
                .containsExactly("alarms/# 1", "alarms/a 0", "alarms/# 1", "alarms/a 0");
        client.publish("alarms/a", "after");
        assertThat(inbox.texts(1)).containsExactly("after");
    }

    @Test
    void whatWasUnsubscribedIsNotSubscribedAgain() {
        Connections connections = new Connections();
        ApsaraMqttClient client = SERVICE.connected(builder().connectionListener(connections));
        client.subscribe("alarms/a", message -> {});
        client.subscribe("alarms/b", message -> {});
        client.unsubscribe("alarms/a");
        SERVICE.broker().events().clear();
        SERVICE.broker().disconnect(client.clientId());
        awaitConnects(connections, 2);
        assertThat(SERVICE.broker().events().of(SubscribeAccepted.class))
                .extracting(SubscribeAccepted::topicFilter)
                .containsExactly("alarms/b");
    }

    @Test
    void aConnectionLostManyTimesComesBackEachTime() throws InterruptedException {
        Connections connections = new Connections();
        ApsaraMqttClient client = SERVICE.connected(builder().connectionListener(connections));
        Inbox inbox = new Inbox();
        client.subscribe("alarms/#", inbox);
        for (int i = 0; i < 5; i++) {
            awaitConnects(connections, i + 1);
            SERVICE.broker().disconnect(client.clientId());
            awaitConnects(connections, i + 2);
            client.publish("alarms/a", "x" + i);
            assertThat(inbox.texts(1)).containsExactly("x" + i);
        }
        assertThat(connections.failures()).isEmpty();
    }

    @Test
    void aClientWhoseIdIsTakenOverSaysThatItLostTheConnection() {
        ClientId shared = EmbeddedService.newClientId();
        Connections connections = new Connections();
        ApsaraMqttClient first = SERVICE.connected(builder().clientId(shared).connectionListener(connections));
        ApsaraMqttClient second = SERVICE.closeLater(builder().clientId(shared).build());
        second.connect();
        await().until(() -> connections.told().contains("lost"));
        first.close();
    }

    // The window

    @Test
    void twoThousandFastPublishesAllArrive() {
        ApsaraMqttClient client = SERVICE.connected(builder().window(50));
        List<CompletableFuture<Void>> published = new ArrayList<>();
        for (int i = 0; i < 2_000; i++) {
            published.add(client.publishAsync("alarms/a", "x"));
        }
        published.forEach(Futures::get);
        assertThat(publishedBy(client)).hasSize(2_000);
    }

    @Test
    void manyThreadsPublishThroughOneClient() throws InterruptedException {
        ApsaraMqttClient client = SERVICE.connected(builder().window(5));
        Queue<Throwable> failures = new ConcurrentLinkedQueue<>();
        List<Thread> threads = IntStream.range(0, 8)
                .mapToObj(t -> new Thread(() -> {
                    for (int i = 0; i < 50; i++) {
                        try {
                            client.publish("alarms/" + t, "x" + i, Qos.of(i % 3));
                        } catch (RuntimeException e) {
                            failures.add(e);
                        }
                    }
                }))
                .toList();
        threads.forEach(Thread::start);
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(failures).isEmpty();
        client.publish("alarms/marker", "x");
        await().untilAsserted(() -> assertThat(publishedBy(client)).hasSize(401));
    }

    // Closing

    @Test
    void closingFinishesWhatIsPendingAndLeavesNoThread() {
        ApsaraMqttClient client = connected();
        List<CompletableFuture<Void>> published = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            published.add(client.publishAsync("alarms/a", "x"));
        }
        assertThat(Threads.of(client.clientId())).isNotEmpty();
        client.close();
        assertThat(published).allSatisfy(future -> assertThat(future).isCompleted());
        assertThat(client.state()).isEqualTo(ConnectionState.CLOSED);
        assertThat(client.isConnected()).isFalse();
        assertThat(SERVICE.broker().events().await(Disconnected.class).by()).isEqualTo(DisconnectedBy.CLIENT);
        await().untilAsserted(() -> assertThat(Threads.of(client.clientId())).isEmpty());
    }

    @Test
    void closingASecondTimeDoesNothing() {
        ApsaraMqttClient client = connected();
        client.close();
        client.close();
        assertThat(client.state()).isEqualTo(ConnectionState.CLOSED);
        assertThatThrownBy(client::connect)
                .isInstanceOf(NotConnectedException.class)
                .hasMessageContaining("closed; build a new one");
        assertThat(acceptedOf(client)).hasSize(1);
    }

    @Test
    void aListenerMayCloseTheClient() throws InterruptedException {
        ApsaraMqttClient client = connected();
        CountDownLatch closed = new CountDownLatch(1);
        client.subscribe("alarms/a", message -> {
            client.close();
            closed.countDown();
        });
        client.publishAsync("alarms/a", "x");
        assertThat(closed.await(30, TimeUnit.SECONDS)).isTrue();
        await().untilAsserted(() -> assertThat(Threads.of(client.clientId())).isEmpty());
    }

    @Test
    void aConnectionListenerMayCloseTheClient() throws InterruptedException {
        CompletableFuture<ApsaraMqttClient> closing = new CompletableFuture<>();
        CountDownLatch closed = new CountDownLatch(1);
        ApsaraMqttClient client = SERVICE.connected(builder().connectionListener(new ConnectionListener() {
            @Override
            public void connectionLost(ConnectionLostException loss) {
                closing.join().close();
                closed.countDown();
            }
        }));
        closing.complete(client);
        SERVICE.broker().disconnect(client.clientId());
        assertThat(closed.await(30, TimeUnit.SECONDS)).isTrue();
        await().untilAsserted(() -> assertThat(Threads.of(client.clientId())).isEmpty());
    }

    @Test
    void aClientThatIsConnectingAgainCanBeClosed() {
        RotatingKey accessKey = new RotatingKey(EmbeddedService.ACCOUNT);
        Connections connections = new Connections();
        ApsaraMqttClient client =
                SERVICE.connected(builder().connectionListener(connections).credentials(accessKey));
        accessKey.set(AccessKey.of(EmbeddedService.ACCOUNT.id(), "not-the-secret"));
        SERVICE.broker().disconnect(client.clientId());
        await().until(() -> connections.failures().size() >= 2);
        assertThat(client.state()).isEqualTo(ConnectionState.RECONNECTING);
        assertThat(failureOf(client.publishAsync("alarms/a", "x")))
                .isInstanceOfSatisfying(
                        NotConnectedException.class,
                        e -> assertThat(e.state()).isEqualTo(ConnectionState.RECONNECTING));
        client.close();
        await().untilAsserted(() -> assertThat(Threads.of(client.clientId())).isEmpty());
    }

    // Permissions

    @Test
    void explainsWhatItMayAndMayNotDo() {
        ApsaraMqttClient client =
                SERVICE.connected(user().permissions(PermissionSource.fixed(EmbeddedService.ALARMS_ONLY)));
        assertThat(client.permissions().explainPublish("alarms/a")).startsWith("Permitted: publish to 'alarms/a'");
        assertThat(client.permissions().explainPublish("billing/a"))
                .startsWith("Not permitted: publish to 'billing/a'")
                .contains("AccessKey " + EmbeddedService.USER.maskedId());
    }

    @Test
    void theBrokerJudgesWhatIsNotKnownHere() {
        Policy conditional = Policy.parse("conditional", """
                {"Version": "1", "Statement": [{"Effect": "Allow", "Action": "mq:*", "Resource": "*",
                  "Condition": {"IpAddress": {"acs:SourceIp": "10.0.0.0/8"}}}]}
                """);
        ApsaraMqttClient client = SERVICE.connected(user().permissions(PermissionSource.fixed(conditional)));
        client.publish("alarms/a", "x");
        assertThat(publishedBy(client)).hasSize(1);
    }
}
