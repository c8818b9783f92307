package io.apsaramqtt.client;

import static io.apsaramqtt.client.Futures.failureOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.apsaramqtt.client.connection.ProbableCause;
import io.apsaramqtt.client.connection.ProbableCause.Cause;
import io.apsaramqtt.client.delivery.FlowControl;
import io.apsaramqtt.client.delivery.QuarantinedException;
import io.apsaramqtt.credentials.CredentialsProvider;
import io.apsaramqtt.mqtt.MqttVersion;
import io.apsaramqtt.permission.EffectivePermissions;
import io.apsaramqtt.permission.PermissionMode;
import io.apsaramqtt.permission.source.PermissionSource;
import io.apsaramqtt.policy.Outcome;
import io.apsaramqtt.policy.Policy;
import io.apsaramqtt.policy.PolicySet;
import io.apsaramqtt.test.event.BrokerEvent.PublishDenied;
import io.apsaramqtt.test.event.BrokerEvent.SubscribeDenied;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the service does to a client that publishes or subscribes where it may not, and what the client makes of it. */
class QuarantineIT {

    @RegisterExtension
    static final EmbeddedService SERVICE = EmbeddedService.closingConnections();

    private static final int STRIKES = 3;

    /** A RAM user who may use alarms/... alone, and does not ask before. */
    private static ApsaraMqttClientBuilder unchecked(MqttVersion version) {
        return SERVICE.builder(version)
                .credentials(CredentialsProvider.of(EmbeddedService.USER))
                .permissions(PermissionSource.fixed(EmbeddedService.ALARMS_ONLY))
                .deliveryTimeout(Duration.ofSeconds(20))
                .flowControl(FlowControl.queueing(1_000, 1 << 20))
                .permissionMode(PermissionMode.OFF);
    }

    @ParameterizedTest
    @EnumSource
    void onePoisonedTopicAmongTwentyCostsFewConnectionsAndTheOthersNothing(MqttVersion version)
            throws InterruptedException {
        ApsaraMqttClient client = SERVICE.connected(unchecked(version));
        Inbox inbox = new Inbox();
        SERVICE.connected(SERVICE.builder(version)).subscribe("alarms/#", inbox);
        List<CompletableFuture<Void>> good = new ArrayList<>();
        List<CompletableFuture<Void>> poisoned = new ArrayList<>();
        for (int round = 0; round < 5; round++) {
            for (int topic = 0; topic < 20; topic++) {
                if (topic == 7) {
                    poisoned.add(client.publishAsync("billing/x", "round " + round));
                } else {
                    good.add(client.publishAsync("alarms/" + topic, topic + " in round " + round));
                }
            }
        }
        good.forEach(Futures::get);
        assertThat(poisoned)
                .allSatisfy(future -> assertThat(failureOf(future))
                        .isInstanceOfSatisfying(QuarantinedException.class, e -> {
                            assertThat(e.topic()).isEqualTo("billing/x");
                            assertThat(e.losses()).isEqualTo(STRIKES);
                            assertThat(e.probableCause().inProgress())
                                    .map(ProbableCause.InProgress::outcome)
                                    .hasValue(Outcome.IMPLICIT_DENY);
                            assertThat(e.probableCause().causes()).startsWith(Cause.NOT_PERMITTED);
                        }));
        // What was in progress at the first loss is sent again, so some may come twice.
        Set<String> received = new HashSet<>();
        while (received.size() < 95) {
            received.add(inbox.next().text());
        }
        assertThat(received)
                .containsAll(IntStream.range(0, 20)
                        .filter(topic -> topic != 7)
                        .boxed()
                        .flatMap(topic -> IntStream.range(0, 5).mapToObj(round -> topic + " in round " + round))
                        .toList());
        await().until(client::isConnected);
        // The first loss had several in progress, so it struck nobody.
        assertThat(SERVICE.broker().events().of(PublishDenied.class)).hasSizeBetween(STRIKES, STRIKES + 1);
        client.publish("alarms/1", "lives on");
        assertThat(failureOf(client.publishAsync("billing/x", "not even sent")))
                .isInstanceOf(QuarantinedException.class);
        assertThat(client.statistics().quarantined()).isEqualTo(1);
        assertThat(client.statistics().mismatches()).isZero();
    }

    @ParameterizedTest
    @EnumSource
    void everNewNamesBelowADeniedParentTopicCostFewConnectionsAndOtherParentsNothing(MqttVersion version) {
        ApsaraMqttClient client = SERVICE.connected(unchecked(version));
        List<CompletableFuture<Void>> good = new ArrayList<>();
        List<CompletableFuture<Void>> denied = new ArrayList<>();
        for (int name = 0; name < 50; name++) {
            denied.add(client.publishAsync("billing/invoice-" + name, "denied"));
            good.add(client.publishAsync("alarms/" + name, "granted"));
            // The next name comes when this one has failed: they are never in progress together.
            await().until(denied.get(name)::isDone);
        }
        good.forEach(Futures::get);
        await().until(client::isConnected);
        // Each name but the last costs as many as it may have strikes; with each the one of alarms was in progress at
        // first.
        assertThat(SERVICE.broker().events().of(PublishDenied.class).size())
                .isLessThanOrEqualTo((STRIKES - 1) * (STRIKES + 1) + 2);
        assertThat(failureOf(denied.get(49))).isInstanceOfSatisfying(QuarantinedException.class, e -> {
            assertThat(e.topic()).isEqualTo("billing");
            assertThat(e.isParentTopic()).isTrue();
            assertThat(e.names()).hasSize(STRIKES);
        });
        client.publish("alarms/x", "lives on");
    }

    @ParameterizedTest
    @EnumSource
    void aPoisonedFilterIsNamedAndTheOthersAreSubscribedTo(MqttVersion version) throws InterruptedException {
        Connections connections = new Connections();
        ApsaraMqttClient client = SERVICE.connected(
                unchecked(version).connectionListener(connections).operationTimeout(Duration.ofSeconds(15)));
        Inbox inbox = new Inbox();
        CompletableFuture<Void> first = client.subscribeAsync("alarms/a", inbox);
        CompletableFuture<Void> poisoned = client.subscribeAsync("billing/#", inbox);
        CompletableFuture<Void> second = client.subscribeAsync("alarms/b", inbox);
        Futures.get(first);
        Futures.get(second);
        assertThat(failureOf(poisoned)).isInstanceOf(QuarantinedException.class);
        await().until(client::isConnected);
        client.publish("alarms/b", "lives on");
        assertThat(inbox.texts(1)).containsExactly("lives on");
        assertThat(SERVICE.broker().events().of(SubscribeDenied.class)).hasSizeBetween(STRIKES, STRIKES + 1);
        assertThat(client.subscriptions()).extracting(Object::toString).containsExactly("alarms/a", "alarms/b");
    }

    @ParameterizedTest
    @EnumSource
    void aBrokerThatContradictsTheCheckIsCountedAndTheCopyReadAnew(MqttVersion version) {
        List<String> reads = new CopyOnWriteArrayList<>();
        ApsaraMqttClient client = SERVICE.connected(SERVICE.builder(version)
                .credentials(CredentialsProvider.of(EmbeddedService.USER))
                .permissions(() -> {
                    reads.add("read");
                    return EffectivePermissions.of(
                            PolicySet.of(Policy.system("AliyunMQFullAccess")), Instant.now(), "a test");
                }));
        assertThat(failureOf(client.publishAsync("billing/x", "the copy says yes")))
                .isInstanceOf(QuarantinedException.class);
        assertThat(client.statistics().mismatches()).isEqualTo(STRIKES);
        await().until(client::isConnected);
        client.publish("alarms/a", "asks again");
        await().until(() -> reads.size() > 1);
    }
}
