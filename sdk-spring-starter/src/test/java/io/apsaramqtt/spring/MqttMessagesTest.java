package io.apsaramqtt.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.apsaramqtt.mqtt.Message;
import io.apsaramqtt.mqtt.MessageProperties;
import io.apsaramqtt.mqtt.Qos;
import io.apsaramqtt.mqtt.TopicName;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.messaging.MessageHeaders;
import org.springframework.messaging.converter.MessageConversionException;
import org.springframework.messaging.support.MessageBuilder;

class MqttMessagesTest {

    private final MqttMessages messages = new MqttMessages();

    private static Message received(MessageProperties properties) {
        return Message.of("alarms/x", "hot").withProperties(properties);
    }

    @Test
    void aReceivedMessageBringsAllThatMqttSaysAsHeaders() {
        MessageProperties properties = MessageProperties.none()
                .withContentType("text/plain")
                .withResponseTopic(TopicName.of("alarms/answers"))
                .withCorrelationData(new byte[] {1})
                .withUserProperty("unit", "C")
                .withUserProperty("unit", "F");
        Message message = received(properties).withQos(Qos.AT_MOST_ONCE).withRetained(true);
        MessageHeaders headers = messages.toSpring(message, Map.of("more", 1)).getHeaders();
        assertThat(headers)
                .containsEntry(MqttHeaders.TOPIC, "alarms/x")
                .containsEntry(MqttHeaders.QOS, Qos.AT_MOST_ONCE)
                .containsEntry(MqttHeaders.RETAINED, true)
                .containsEntry(MqttHeaders.DUPLICATE, false)
                .containsEntry(MqttHeaders.PROPERTIES, properties)
                .containsEntry(MqttHeaders.RESPONSE_TOPIC, "alarms/answers")
                .containsEntry(MqttHeaders.CORRELATION_DATA, new byte[] {1})
                .containsEntry(MqttHeaders.CONTENT_TYPE, "text/plain")
                .containsEntry(MessageHeaders.CONTENT_TYPE, "text/plain")
                .containsEntry(MqttHeaders.MESSAGE, message)
                .containsEntry("unit", "C")
                .containsEntry("more", 1);
    }

    @Test
    void aUserPropertyNeverTakesThePlaceOfAHeaderOfMqtt() {
        MessageProperties forged = MessageProperties.none().withUserProperty(MqttHeaders.TOPIC, "forged");
        assertThat(messages.toSpring(received(forged), Map.of()).getHeaders())
                .containsEntry(MqttHeaders.TOPIC, "alarms/x");
    }

    @Test
    void aContentTypeThatIsNoMimeTypeDisturbsNoConverter() {
        Message message = received(MessageProperties.none().withContentType("temperature"));
        assertThat(messages.toSpring(message, Map.of()).getHeaders())
                .containsEntry(MqttHeaders.CONTENT_TYPE, "temperature")
                .doesNotContainKey(MessageHeaders.CONTENT_TYPE);
        assertThat(messages.fromMqtt(message, String.class)).isEqualTo("hot");
    }

    @Test
    void aTextIsSentAsItIsWhateverItsContentTypeSays() {
        Message message = messages.toMqtt(
                "alarms/x",
                MessageBuilder.withPayload("{}")
                        .setHeader(MessageHeaders.CONTENT_TYPE, "application/json")
                        .build(),
                Qos.AT_LEAST_ONCE);
        assertThat(message.text()).isEqualTo("{}");
    }

    @Test
    void givesTheWholeMessageToWhoAsksForIt() {
        Message message = received(MessageProperties.none());
        assertThat(messages.fromMqtt(message, Message.class)).isSameAs(message);
        assertThat(messages.fromMqtt(message, byte[].class)).isEqualTo("hot".getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void aPayloadThatNothingMakesATypeOfIsNamed() {
        assertThatThrownBy(() -> messages.fromMqtt(received(MessageProperties.none()), Integer.class))
                .isInstanceOf(MessageConversionException.class)
                .hasMessageContaining("topic [alarms/x] is converted to [java.lang.Integer] by none of");
    }

    @ParameterizedTest
    @CsvSource({"mqtt_qos,3", "mqtt_qos,high", "mqtt_topic,5", "mqtt_retained,yes", "mqtt_properties,none"})
    void aHeaderOfAnotherTypeIsNamedWithWhatIsAllowed(String header, String value) {
        Object wrong = value.matches("\\d") ? Integer.valueOf(value) : value;
        assertThatThrownBy(() -> messages.toMqtt(
                        header.equals("mqtt_topic") ? null : "alarms/x",
                        MessageBuilder.withPayload("hot")
                                .setHeader(header, wrong)
                                .build(),
                        Qos.AT_LEAST_ONCE))
                .isInstanceOf(MessageConversionException.class)
                .hasMessageContaining("Header [" + header + "] is [" + value + "]; allowed is ");
    }
}
