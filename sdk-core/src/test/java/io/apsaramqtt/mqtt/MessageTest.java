package io.apsaramqtt.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ReadOnlyBufferException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class MessageTest {

    @Test
    void hasQos1AndNoFlagsUnlessTold() {
        Message message = Message.of("alarms/device-1", "hot");
        assertThat(message.topic()).isEqualTo(TopicName.of("alarms/device-1"));
        assertThat(message.qos()).isEqualTo(Qos.AT_LEAST_ONCE);
        assertThat(message.retained()).isFalse();
        assertThat(message.duplicate()).isFalse();
        assertThat(message.text()).isEqualTo("hot");
        assertThat(message.payloadLength()).isEqualTo(3);
    }

    @Test
    void eachWithMethodChangesItsOwnPartOnly() {
        Message message = Message.of("a", "x");
        assertThat(message.withQos(Qos.EXACTLY_ONCE).qos()).isEqualTo(Qos.EXACTLY_ONCE);
        assertThat(message.withRetained(true).retained()).isTrue();
        assertThat(message.withDuplicate(true).duplicate()).isTrue();
        assertThat(message.withQos(Qos.EXACTLY_ONCE).withQos(Qos.AT_LEAST_ONCE)).isEqualTo(message);
        assertThat(message.withRetained(true).duplicate()).isFalse();
        assertThat(message.withDuplicate(true).retained()).isFalse();
        assertThat(message).isEqualTo(Message.of("a", "x"));
    }

    @Test
    void copiesThePayloadOnTheWayIn() {
        byte[] bytes = {1, 2};
        Message message = Message.of("a", bytes);
        bytes[0] = 9;
        assertThat(message.payload()).containsExactly(1, 2);
    }

    @Test
    void copiesThePayloadOnTheWayOut() {
        Message message = Message.of("a", new byte[] {1, 2});
        message.payload()[0] = 9;
        assertThat(message.payload()).containsExactly(1, 2);
    }

    @Test
    void theBufferIsReadOnlyAndOfItsOwnPosition() {
        Message message = Message.of("a", new byte[] {1, 2});
        ByteBuffer buffer = message.payloadBuffer();
        assertThat(buffer.get()).isEqualTo((byte) 1);
        assertThat(message.payloadBuffer().remaining()).isEqualTo(2);
        assertThatThrownBy(() -> buffer.put(0, (byte) 9)).isInstanceOf(ReadOnlyBufferException.class);
    }

    @Test
    void isEqualIfAllPartsAre() {
        Message message = Message.of("a", "x");
        assertThat(message).isEqualTo(Message.of(TopicName.of("a"), "x".getBytes(StandardCharsets.UTF_8)));
        assertThat(message).hasSameHashCodeAs(Message.of("a", "x"));
        assertThat(message).isNotEqualTo(Message.of("b", "x"));
        assertThat(message).isNotEqualTo(Message.of("a", "y"));
        assertThat(message).isNotEqualTo(message.withQos(Qos.AT_MOST_ONCE));
        assertThat(message).isNotEqualTo(message.withRetained(true));
        assertThat(message).isNotEqualTo(message.withDuplicate(true));
        assertThat(message).isNotEqualTo("x");
    }

    @Test
    void propertiesArePartOfAMessage() {
        MessageProperties properties = MessageProperties.none().withContentType("text/plain");
        Message message = Message.of("a", "x");
        assertThat(message.properties().isEmpty()).isTrue();
        Message with = message.withProperties(properties);
        assertThat(with.properties()).isEqualTo(properties);
        assertThat(with).isNotEqualTo(message).isEqualTo(message.withProperties(properties));
        assertThat(with.withQos(Qos.AT_MOST_ONCE)
                        .withRetained(true)
                        .withDuplicate(true)
                        .properties())
                .isEqualTo(properties);
        assertThat(with).hasToString("Message[a, 1 bytes, QoS 1]");
    }

    @Test
    void textReplacesMalformedUtf8() {
        assertThat(Message.of("a", new byte[] {'o', (byte) 0xC3, 'k'}).text()).isEqualTo("o\uFFFDk");
        assertThat(Message.of("a", "温度").text()).isEqualTo("温度");
        assertThat(Message.of("a", "温度").payloadLength()).isEqualTo(6);
    }

    @Test
    void theStringFormShowsNoPayload() {
        Message message = Message.of("alarms", "confidential");
        assertThat(message).hasToString("Message[alarms, 12 bytes, QoS 1]");
        assertThat(message.withQos(Qos.EXACTLY_ONCE).withRetained(true).withDuplicate(true))
                .hasToString("Message[alarms, 12 bytes, QoS 2, retained, duplicate]");
    }

    @Test
    void refusesABadTopicName() {
        assertThatThrownBy(() -> Message.of("a/#", "x")).isInstanceOf(InvalidMqttValueException.class);
    }
}
