package io.apsaramqtt.soak;

import io.apsaramqtt.client.ApsaraMqttClient;
import io.apsaramqtt.client.ClientStatistics;
import io.apsaramqtt.client.delivery.FlowControl;
import io.apsaramqtt.mqtt.MqttVersion;
import io.apsaramqtt.mqtt.Profile;
import io.apsaramqtt.mqtt.Qos;
import io.apsaramqtt.test.FaultProxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Stream;

/** A client behind a network of its own that publishes numbers to itself. Thread-safe, but for {@link #publish}. */
final class SoakedClient implements AutoCloseable {

    private static final int TOPICS_OF_A_QOS = 3;

    /** Longer than anything that happens here: no message may fail. */
    private static final Duration DELIVERY_TIMEOUT = Duration.ofMinutes(2);

    private final MqttVersion version;
    private final FaultProxy proxy;
    private final ApsaraMqttClient client;
    private final List<NumberedTopic> topics = new ArrayList<>();
    private final Disconnects disconnects;
    private int turn;

    private SoakedClient(MqttVersion version, FaultProxy proxy, ApsaraMqttClient client, Random random) {
        this.version = version;
        this.proxy = proxy;
        this.client = client;
        this.disconnects = new Disconnects(proxy, client::isConnected, random);
    }

    /** A connected client, subscribed to its topics in a session that the broker keeps. */
    static SoakedClient connect(SoakBroker broker, MqttVersion version, SoakOptions options, Random random) {
        FaultProxy proxy = FaultProxy.to("127.0.0.1", broker.port());
        ApsaraMqttClient client = broker.client("soak-" + version.name().toLowerCase(Locale.ROOT))
                .endpoint(proxy.endpoint())
                // The service refuses QoS 2 in a session that is kept; a generic broker does not.
                .profile(Profile.GENERIC)
                .mqttVersion(version)
                .persistentSession(Duration.ofHours(1))
                .keepAlive(Duration.ofSeconds(2))
                .connectTimeout(Duration.ofSeconds(2))
                .operationTimeout(Duration.ofSeconds(3))
                .deliveryTimeout(DELIVERY_TIMEOUT)
                .reconnectDelay(Duration.ofMillis(50), Duration.ofSeconds(1))
                .flowControl(FlowControl.queueing(10_000, 10 << 20))
                .build();
        client.connect();
        SoakedClient soaked = new SoakedClient(version, proxy, client, random);
        soaked.subscribe((int) (options.duration().plusMinutes(1).toSeconds() * options.rate()));
        return soaked;
    }

    private void subscribe(int messages) {
        for (int i = 0; i < TOPICS_OF_A_QOS; i++) {
            for (Qos qos : List.of(Qos.AT_LEAST_ONCE, Qos.EXACTLY_ONCE)) {
                String name = "soak/" + version.name() + "/qos-" + qos.code() + "/" + i;
                NumberedTopic topic = new NumberedTopic(name, qos, messages / TOPICS_OF_A_QOS);
                client.subscribe(name, qos, topic::received);
                topics.add(topic);
            }
        }
    }

    /** Publishes one message to the topic whose turn it is. Does not block. */
    void publish() {
        topics.get(turn++ % topics.size()).publishOver(client);
    }

    Disconnects disconnects() {
        return disconnects;
    }

    ClientStatistics statistics() {
        return client.statistics();
    }

    /** Whether the end of every message is known, and every acknowledged one has come. */
    boolean isSettled() {
        return topics.stream().allMatch(NumberedTopic::isSettled);
    }

    /** What became of the messages: one line for each quality of service. */
    List<Tally> tallies() {
        return Stream.of(Qos.AT_LEAST_ONCE, Qos.EXACTLY_ONCE)
                .map(qos -> topics.stream()
                        .filter(topic -> topic.qos() == qos)
                        .map(topic -> topic.tally(version))
                        .reduce(Tally::plus)
                        .orElseThrow())
                .toList();
    }

    @Override
    public void close() {
        client.close();
        proxy.close();
    }
}
