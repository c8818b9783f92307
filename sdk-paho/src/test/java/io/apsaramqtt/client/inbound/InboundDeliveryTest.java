package io.apsaramqtt.client.inbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import ch.qos.logback.classic.Level;
import io.apsaramqtt.client.listener.ListenerOptions;
import io.apsaramqtt.client.listener.MessageListener;
import io.apsaramqtt.client.runtime.SimulatedRuntime;
import io.apsaramqtt.mqtt.Message;
import io.apsaramqtt.mqtt.MqttVersion;
import io.apsaramqtt.mqtt.Qos;
import io.apsaramqtt.mqtt.TopicName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class InboundDeliveryTest {

    private final Reception reception = new Reception();
    private final Logged logged = new Logged();

    @AfterEach
    void close() {
        logged.close();
    }

    @ParameterizedTest
    @EnumSource
    void aListenerIsCalledOnAWorkerAndNotByTheEngine(Qos qos) {
        reception.listen();
        reception.receive(qos, "alarms/a", "1");
        assertThat(reception.taken).isEmpty();
        assertThat(reception.statistics().waiting()).isEqualTo(1);
        reception.runtime.runUntilIdle();
        assertThat(reception.taken).containsExactly("1");
        assertThat(reception.statistics()).isEqualTo(new InboundStatistics(0, 1, 1, 0, 0, 0, 0, 0));
    }

    @Test
    void messagesOfATopicComeInTheOrderOfReceipt() {
        reception.listen();
        List<String> sent = IntStream.range(1, 100).mapToObj(Integer::toString).toList();
        sent.forEach(text -> reception.receive(Integer.parseInt(text), "alarms/a", text));
        reception.runtime.runUntilIdle();
        assertThat(reception.taken).isEqualTo(sent);
    }

    @Test
    void oneTopicTakesOneLaneHoweverManyItsMessages() {
        Set<String> inWork = new HashSet<>();
        reception.listen(message -> {
            assertThat(inWork.add("alarms/a")).isTrue();
            // Whatever another worker could do meanwhile, it does.
            reception.runtime.runUntilIdle();
            inWork.clear();
        });
        IntStream.range(1, 20).forEach(id -> reception.receive(id, "alarms/a", "x"));
        assertThat(reception.runtime.ready()).isEqualTo(1);
        reception.runtime.runUntilIdle();
        assertThat(reception.statistics().delivered()).isEqualTo(19);
        assertThat(logged.at(Level.ERROR)).isEmpty();
    }

    @Test
    void aSlowTopicHoldsUpNoOther() {
        Reception twoLanes = new Reception(2, Reception.CAPACITY);
        twoLanes.listen(message -> {
            if (message.text().equals("slow")) {
                twoLanes.runtime.runUntilIdle();
            }
            twoLanes.taken.add(message.text());
        });
        twoLanes.receive(1, "slow/a", "slow");
        twoLanes.runtime.execute(
                () -> IntStream.range(2, 50).forEach(id -> twoLanes.receive(id, "alarms/" + id, "fast")));
        twoLanes.receive(50, "slow/a", "after slow");
        twoLanes.runtime.runUntilIdle();
        assertThat(twoLanes.taken).hasSize(50).endsWith("slow", "after slow");
    }

    @Test
    void noMoreTopicsAreInWorkThanThereAreLanes() {
        Reception three = new Reception(3, Reception.CAPACITY);
        List<Integer> inWork = new ArrayList<>(List.of(0));
        three.listen(message -> {
            inWork.add(inWork.get(inWork.size() - 1) + 1);
            three.runtime.runUntilIdle();
            inWork.add(inWork.get(inWork.size() - 1) - 1);
        });
        IntStream.range(1, 50).forEach(id -> three.receive(id, "alarms/" + id, "x"));
        assertThat(three.runtime.ready()).isEqualTo(3);
        three.runtime.runUntilIdle();
        assertThat(inWork.stream().mapToInt(each -> each).max()).hasValue(3);
        assertThat(three.statistics().delivered()).isEqualTo(49);
    }

    @Test
    void topicsTakeTurns() {
        Reception one = new Reception(1, Reception.CAPACITY);
        one.listen();
        List.of("a1", "a2", "a3").forEach(text -> one.receive(Qos.AT_MOST_ONCE, "alarms/a", text));
        List.of("b1", "b2", "b3").forEach(text -> one.receive(Qos.AT_MOST_ONCE, "alarms/b", text));
        one.runtime.runUntilIdle();
        assertThat(one.taken).containsExactly("a1", "b1", "a2", "b2", "a3", "b3");
    }

    @Test
    void eachReceiverGetsAMessageOnce() {
        reception.listen(message -> reception.taken.add("first " + message.text()));
        reception.listen(message -> reception.taken.add("second " + message.text()));
        reception.receive(1, "alarms/a", "1");
        reception.receive(2, "alarms/a", "2");
        reception.runtime.runUntilIdle();
        assertThat(reception.taken).containsExactly("first 1", "second 1", "first 2", "second 2");
        assertThat(reception.statistics().delivered()).isEqualTo(4);
    }

    @Test
    void whatNobodyWantsIsDroppedAcknowledgedAndNamedOnceATopic() {
        for (int id = 1; id <= 3; id++) {
            reception.receive(id, "alarms/a", "secret text");
            reception.receive(10 + id, "alarms/b", "secret text");
        }
        reception.runtime.runUntilIdle();
        reception.runtime.advance(Duration.ofDays(400));
        reception.receive(4, "alarms/a", "secret text");
        reception.runtime.runUntilIdle();
        assertThat(reception.acknowledged).hasSize(7);
        assertThat(reception.statistics().dropped()).isEqualTo(7);
        assertThat(logged.at(Level.WARN))
                .hasSize(2)
                .allSatisfy(line -> assertThat(line)
                        .contains("dropped: no subscription matches it any more")
                        .doesNotContain("secret"))
                .anySatisfy(line -> assertThat(line).contains("[alarms/a]"))
                .anySatisfy(line -> assertThat(line).contains("[alarms/b]"));
    }

    @Test
    void whoKnowsTheReceiversSaysWhyThereAreNone() {
        Receivers none = new Receivers() {
            @Override
            public List<Receiver> of(TopicName topic) {
                return List.of();
            }

            @Override
            public String whyNone(TopicName topic) {
                return "nobody asked for " + topic;
            }
        };
        SimulatedRuntime runtime = new SimulatedRuntime(1);
        Inbound inbound = new Inbound(
                InboundSettings.of(MqttVersion.V5, 1, Duration.ZERO),
                none,
                letter -> CompletableFuture.completedFuture(null),
                runtime);
        inbound.open(id -> {}, () -> {}).received(1, Message.of("alarms/a", "x"));
        runtime.runUntilIdle();
        assertThat(logged.at(Level.WARN)).singleElement().asString().contains("dropped: nobody asked for alarms/a");
    }

    @Test
    void aFaultOfTheClientItselfStopsNoLane() {
        Reception broken = new Reception(1, Reception.CAPACITY);
        broken.isBroken = true;
        broken.receive(1, "alarms/a", "x");
        broken.runtime.runUntilIdle();
        assertThat(broken.acknowledged).containsExactly(1);
        assertThat(logged.at(Level.ERROR)).singleElement().asString().contains("[alarms/a] could not be delivered");
        broken.isBroken = false;
        broken.listen();
        broken.receive(2, "alarms/a", "after");
        broken.runtime.runUntilIdle();
        assertThat(broken.taken).containsExactly("after");
    }

    @Test
    void receiversOfOneListenerAndEqualOptionsAreEqual() {
        TopicName dead = TopicName.of("dead");
        MessageListener listener = message -> {};
        assertThat(Receiver.of(listener, ListenerOptions.defaults().withDeadLetterTopic(dead)))
                .isEqualTo(Receiver.of(listener, ListenerOptions.defaults().withDeadLetterTopic(dead)))
                .isNotEqualTo(Receiver.of(listener, ListenerOptions.defaults()));
    }

    @Test
    void settingsWithoutALaneOrRoomAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new InboundSettings(MqttVersion.V5, 0, 1, Duration.ZERO, Duration.ZERO))
                .withMessageContaining("Lanes [0]");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new InboundSettings(MqttVersion.V5, 1, 0, Duration.ZERO, Duration.ZERO))
                .withMessageContaining("capacity [0]");
        assertThat(InboundSettings.of(MqttVersion.V3_1_1, 4, Duration.ofSeconds(45)))
                .isEqualTo(new InboundSettings(
                        MqttVersion.V3_1_1, 4, 1_000, Duration.ofSeconds(45), Duration.ofSeconds(3)));
    }
}
