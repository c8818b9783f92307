package io.apsaramqtt.spring.listener;

import io.apsaramqtt.client.listener.Acknowledgment;
import io.apsaramqtt.mqtt.Message;
import io.apsaramqtt.mqtt.MessageProperties;
import io.apsaramqtt.mqtt.Qos;
import io.apsaramqtt.mqtt.TopicName;
import io.apsaramqtt.spring.MqttHeaders;
import io.apsaramqtt.spring.MqttVariable;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.core.convert.ConversionException;
import org.springframework.core.convert.ConversionService;
import org.springframework.core.convert.TypeDescriptor;
import org.springframework.messaging.converter.MessageConversionException;
import org.springframework.messaging.handler.invocation.HandlerMethodArgumentResolver;

/** Gives a listener method what only MQTT has; Spring's own resolvers give the rest. Immutable. */
record ListenerArgument(ConversionService conversion) implements HandlerMethodArgumentResolver {

    /** The types that are taken from a header, and from which. */
    private static final Map<Class<?>, String> HEADERS = Map.of(
            Message.class, MqttHeaders.MESSAGE,
            MessageProperties.class, MqttHeaders.PROPERTIES,
            Qos.class, MqttHeaders.QOS,
            Acknowledgment.class, MqttHeaders.ACKNOWLEDGMENT);

    static boolean isOfMqtt(Class<?> type) {
        return HEADERS.containsKey(type) || type == TopicName.class;
    }

    /** An empty payload of these is empty, and not missing as Spring's own resolver finds. */
    static boolean isPlainPayload(Class<?> type) {
        return type == String.class || type == byte[].class;
    }

    /** The name of the level variable that the parameter asks for; null if it is not known, or asks for none. */
    static @Nullable String variable(MethodParameter parameter) {
        MqttVariable annotation = parameter.getParameterAnnotation(MqttVariable.class);
        return annotation == null || !annotation.value().isEmpty()
                ? annotation == null ? null : annotation.value()
                : parameter.getParameterName();
    }

    @Override
    public boolean supportsParameter(MethodParameter parameter) {
        return parameter.hasParameterAnnotation(MqttVariable.class)
                || isOfMqtt(parameter.getParameterType())
                || isPlainPayload(parameter.getParameterType());
    }

    @Override
    public @Nullable Object resolveArgument(
            MethodParameter parameter, org.springframework.messaging.Message<?> message) {
        Map<String, Object> headers = message.getHeaders();
        Class<?> type = parameter.getParameterType();
        if (parameter.hasParameterAnnotation(MqttVariable.class)) {
            return variable(parameter, headers);
        }
        if (isPlainPayload(type)) {
            byte[] payload = (byte[]) message.getPayload();
            return type == String.class ? new String(payload, StandardCharsets.UTF_8) : payload;
        }
        if (type == TopicName.class) {
            return ((Message) Objects.requireNonNull(headers.get(MqttHeaders.MESSAGE))).topic();
        }
        return headers.get(Objects.requireNonNull(HEADERS.get(type)));
    }

    private @Nullable Object variable(MethodParameter parameter, Map<String, Object> headers) {
        String name = variable(parameter);
        Object value = ((Map<?, ?>) Objects.requireNonNull(headers.get(MqttHeaders.VARIABLES))).get(name);
        try {
            return conversion.convert(value, TypeDescriptor.valueOf(String.class), new TypeDescriptor(parameter));
        } catch (ConversionException e) {
            throw new MessageConversionException(
                    "Level variable {" + name + "} of topic [" + headers.get(MqttHeaders.TOPIC) + "] is [" + value
                            + "], which is no " + parameter.getParameterType().getName(),
                    e);
        }
    }
}
