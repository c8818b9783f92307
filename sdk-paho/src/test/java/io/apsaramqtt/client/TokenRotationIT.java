package io.apsaramqtt.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.apsaramqtt.ApsaraMqttException;
import io.apsaramqtt.authentication.Token;
import io.apsaramqtt.authentication.TokenType;
import io.apsaramqtt.authentication.Tokens;
import io.apsaramqtt.client.connection.ConnectionListener;
import io.apsaramqtt.client.delivery.FlowControl;
import io.apsaramqtt.client.transport.UploadRelay;
import io.apsaramqtt.credentials.AccessKey;
import io.apsaramqtt.mqtt.ClientId;
import io.apsaramqtt.mqtt.Message;
import io.apsaramqtt.mqtt.MqttVersion;
import io.apsaramqtt.mqtt.Qos;
import io.apsaramqtt.test.EmbeddedApsaraMqtt;
import io.apsaramqtt.test.event.BrokerEvent.ConnectRefused;
import io.apsaramqtt.test.event.BrokerEvent.Disconnected;
import io.apsaramqtt.test.event.BrokerEvent.PublishDenied;
import io.apsaramqtt.test.event.BrokerEvent.TokenUploaded;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Tokens replaced over and over while messages flow; each is revoked as soon as the client says that another is in use. */
class TokenRotationIT {

    private static final int ROTATIONS = 200;
    private static final AccessKey ACCOUNT = AccessKey.of("LTAI5tRotationAccount", "secret-of-the-account");
    private static final Duration LIFE = Duration.ofMinutes(10);

    /** The broker gives notice this long after a token came into use. */
    private static final Duration NOTICE_AFTER = Duration.ofMillis(20);

    @ParameterizedTest
    @EnumSource
    void twoHundredRotationsUnderTrafficLoseNothing(MqttVersion version) throws Exception {
        String instanceId = "post-cn-rotation-" + version.name().toLowerCase(Locale.ROOT);
        try (EmbeddedApsaraMqtt broker = EmbeddedApsaraMqtt.builder()
                        .instanceId(instanceId)
                        .group("GID_rotation")
                        .account(ACCOUNT)
                        .tokenNoticeLead(LIFE.minus(NOTICE_AFTER))
                        .start();
                UploadRelay relay = new UploadRelay(broker.port())) {
            Rotations rotations = new Rotations(broker);
            Set<String> received = ConcurrentHashMap.newKeySet();
            ClientId id = ClientId.of("GID_rotation", "device-" + version);
            try (ApsaraMqttClient client = ApsaraMqttClient.builder()
                    .endpoint(relay.endpoint())
                    .instanceId(instanceId)
                    .clientId(id)
                    .mqttVersion(version)
                    .tokens(clientId -> rotations.next())
                    .connectionListener(rotations)
                    .build()) {
                client.connect();
                client.subscribe("traffic/#", message -> received.add(message.text()));
                List<String> published = publishUntil(client, rotations.done);
                await().atMost(Duration.ofSeconds(30)).until(() -> received.containsAll(published));
                assertThat(published).hasSizeGreaterThan(ROTATIONS);
            }
            assertThat(relay.violations()).isEmpty();
            assertThat(relay.uploads()).isGreaterThanOrEqualTo(ROTATIONS);
            assertThat(rotations.connects).hasValue(1);
            assertThat(broker.events().of(ConnectRefused.class)).isEmpty();
            assertThat(broker.events().of(PublishDenied.class)).isEmpty();
            assertThat(broker.events().of(Disconnected.class)).hasSizeLessThanOrEqualTo(1);
            assertThat(rotations.failures).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void aConnectionThatIsCutAmidRotationsComesBackWithTokensThatAreValid(MqttVersion version) throws Exception {
        String instanceId = "post-cn-cut-" + version.name().toLowerCase(Locale.ROOT);
        try (EmbeddedApsaraMqtt broker = EmbeddedApsaraMqtt.builder()
                .instanceId(instanceId)
                .group("GID_rotation")
                .account(ACCOUNT)
                .tokenNoticeLead(LIFE.minus(NOTICE_AFTER))
                .start()) {
            Rotations rotations = new Rotations(broker);
            ClientId id = ClientId.of("GID_rotation", "cut-" + version);
            try (ApsaraMqttClient client = ApsaraMqttClient.builder()
                    .endpoint(broker.endpoint())
                    .instanceId(instanceId)
                    .clientId(id)
                    .mqttVersion(version)
                    .reconnectDelay(Duration.ofMillis(1), Duration.ofMillis(50))
                    .flowControl(FlowControl.queueing(10_000, 1_000_000))
                    .tokens(clientId -> rotations.next())
                    .connectionListener(rotations)
                    .build()) {
                client.connect();
                List<CompletableFuture<Void>> results = new ArrayList<>();
                for (int cuts = 0; cuts < 20; cuts++) {
                    int before = rotations.count.get();
                    await().until(() -> rotations.count.get() > before);
                    results.add(client.publishAsync("traffic/a", "x"));
                    broker.disconnect(id);
                    results.add(client.publishAsync("traffic/a", "y"));
                    await().until(client::isConnected);
                }
                assertThat(CompletableFuture.allOf(results.toArray(new CompletableFuture<?>[0])))
                        .succeedsWithin(Duration.ofSeconds(30));
            }
            assertThat(broker.events().of(ConnectRefused.class)).isEmpty();
            assertThat(broker.events().of(TokenUploaded.class)).hasSizeGreaterThanOrEqualTo(20);
        }
    }

    /** Publishes from four threads until told to stop; what was acknowledged, or written for QoS 0. */
    private static List<String> publishUntil(ApsaraMqttClient client, CompletableFuture<Void> done) throws Exception {
        Queue<String> acknowledged = new ConcurrentLinkedQueue<>();
        AtomicBoolean stop = new AtomicBoolean();
        List<Thread> publishers = new ArrayList<>();
        Queue<Throwable> failures = new ConcurrentLinkedQueue<>();
        for (int i = 0; i < 4; i++) {
            int publisher = i;
            Thread thread = new Thread(() -> {
                try {
                    for (int n = 0; !stop.get(); n++) {
                        String text = publisher + "-" + n;
                        Qos qos = Qos.of(n % 3);
                        client.publish(Message.of("traffic/" + publisher, text).withQos(qos));
                        acknowledged.add(text);
                    }
                } catch (RuntimeException e) {
                    failures.add(e);
                }
            });
            publishers.add(thread);
            thread.start();
        }
        try {
            await().atMost(Duration.ofMinutes(4)).until(() -> done.isDone() || !failures.isEmpty());
        } finally {
            stop.set(true);
            for (Thread thread : publishers) {
                thread.join();
            }
        }
        assertThat(failures).isEmpty();
        return List.copyOf(acknowledged);
    }

    /** Hands out a token at each question, and revokes the one before as soon as the client has another in use. */
    private static final class Rotations implements ConnectionListener {

        private final EmbeddedApsaraMqtt broker;
        private final AtomicInteger connects = new AtomicInteger();
        private final AtomicInteger count = new AtomicInteger();
        private final CompletableFuture<Void> done = new CompletableFuture<>();
        private final Queue<Token> handedOut = new ConcurrentLinkedQueue<>();
        private final List<String> failures = new CopyOnWriteArrayList<>();

        Rotations(EmbeddedApsaraMqtt broker) {
            this.broker = broker;
        }

        Tokens next() {
            Token token = broker.issueToken(TokenType.RW, LIFE, "traffic/#");
            handedOut.add(token);
            return Tokens.of(ACCOUNT.id(), token);
        }

        @Override
        public void connected() {
            connects.incrementAndGet();
        }

        @Override
        public void tokensRenewed(Tokens tokens) {
            Token inUse = tokens.tokens().get(0);
            for (Token old = handedOut.peek(); old != null && !old.equals(inUse); old = handedOut.peek()) {
                broker.revokeToken(old);
                handedOut.remove();
            }
            if (count.incrementAndGet() == ROTATIONS) {
                done.complete(null);
            }
        }

        @Override
        public void tokenRenewalFailed(ApsaraMqttException why, Instant expiresAt) {
            failures.add(why.toString());
        }
    }
}
