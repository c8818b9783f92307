package io.apsaramqtt.spring.listener;

import io.apsaramqtt.client.listener.Acknowledgment;
import io.apsaramqtt.spring.MqttListener.AckMode;
import io.apsaramqtt.spring.MqttVariable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.core.DefaultParameterNameDiscoverer;
import org.springframework.core.MethodParameter;
import org.springframework.core.ResolvableType;
import org.springframework.core.annotation.SynthesizingMethodParameter;
import org.springframework.core.convert.ConversionService;
import org.springframework.core.convert.TypeDescriptor;
import org.springframework.messaging.Message;
import org.springframework.messaging.MessageHeaders;
import org.springframework.messaging.handler.annotation.Header;
import org.springframework.messaging.handler.annotation.Headers;
import org.springframework.messaging.handler.annotation.Payload;
import org.springframework.messaging.support.MessageHeaderAccessor;

/** Finds at the start what would otherwise fail at the first message. Immutable. */
record ListenerCheck(ListenerMethod listener, List<TopicTemplate> topics, ConversionService conversion, boolean json) {

    private static final String ALLOWED = ". Allowed are one payload, Message<?>, io.apsaramqtt.mqtt.Message, @Header,"
            + " @Headers Map, @MqttVariable, TopicName, MessageProperties, Qos, and Acknowledgment with ackMode = MANUAL";

    /** Throws {@link InvalidMqttListenerException} if a parameter could never be given. */
    void check() {
        DefaultParameterNameDiscoverer names = new DefaultParameterNameDiscoverer();
        List<MethodParameter> payloads = new ArrayList<>();
        boolean acknowledges = false;
        for (int i = 0; i < listener.method().getParameterCount(); i++) {
            MethodParameter parameter = new SynthesizingMethodParameter(listener.method(), i);
            parameter.initParameterNameDiscovery(names);
            acknowledges |= mayAcknowledge(parameter);
            if (parameter.hasParameterAnnotation(MqttVariable.class)) {
                requireVariable(parameter);
            } else if (parameter.hasParameterAnnotation(Headers.class)) {
                requireHeaders(parameter);
            } else if (parameter.getParameterType() == Acknowledgment.class) {
                requireManual(parameter);
            } else if (isPayload(parameter)) {
                requireNoExpression(parameter);
                requireConverter(parameter, parameter.getParameterType());
                payloads.add(parameter);
            } else if (Message.class.isAssignableFrom(parameter.getParameterType())) {
                requireConverter(parameter, payloadOf(parameter));
            }
        }
        requireOnePayload(payloads);
        if (listener.annotation().ackMode() == AckMode.MANUAL && !acknowledges) {
            throw listener.invalid(
                    "has ackMode = MANUAL and no parameter of type Acknowledgment, so nothing would ever be"
                            + " acknowledged. Add one, or use AUTO");
        }
    }

    private static boolean mayAcknowledge(MethodParameter parameter) {
        return parameter.getParameterType() == Acknowledgment.class
                || Message.class.isAssignableFrom(parameter.getParameterType())
                || parameter.hasParameterAnnotation(Header.class)
                || parameter.hasParameterAnnotation(Headers.class);
    }

    private static boolean isPayload(MethodParameter parameter) {
        Class<?> type = parameter.getParameterType();
        return !parameter.hasParameterAnnotation(Header.class)
                && !Message.class.isAssignableFrom(type)
                && !MessageHeaders.class.isAssignableFrom(type)
                && !MessageHeaderAccessor.class.isAssignableFrom(type)
                && !ListenerArgument.isOfMqtt(type);
    }

    private void requireVariable(MethodParameter parameter) {
        String name = ListenerArgument.variable(parameter);
        if (name == null) {
            throw invalid(parameter, "is a level variable without a name; write @MqttVariable(\"name\")");
        }
        for (TopicTemplate topic : topics) {
            if (!topic.names().contains(name)) {
                throw invalid(
                        parameter,
                        "is the level variable {" + name + "}, which topic [" + topic + "] does not have; it has "
                                + new TreeSet<>(topic.names()));
            }
        }
        if (!conversion.canConvert(TypeDescriptor.valueOf(String.class), new TypeDescriptor(parameter))) {
            throw invalid(parameter, "is a level variable of a type that no text is converted to");
        }
    }

    private void requireHeaders(MethodParameter parameter) {
        Class<?> type = parameter.getParameterType();
        if (!Map.class.isAssignableFrom(type)
                && !MessageHeaders.class.isAssignableFrom(type)
                && !MessageHeaderAccessor.class.isAssignableFrom(type)) {
            throw invalid(parameter, "has @Headers and is neither a Map nor MessageHeaders");
        }
    }

    private void requireManual(MethodParameter parameter) {
        if (listener.annotation().ackMode() != AckMode.MANUAL) {
            throw invalid(parameter, "acknowledges, which the client does already; write ackMode = MANUAL");
        }
    }

    private void requireOnePayload(List<MethodParameter> payloads) {
        if (payloads.size() > 1) {
            throw invalid(
                    payloads.get(1),
                    "cannot be resolved: the payload is parameter "
                            + payloads.get(0).getParameterIndex() + " already");
        }
    }

    private void requireNoExpression(MethodParameter parameter) {
        Payload annotation = parameter.getParameterAnnotation(Payload.class);
        if (annotation != null && !annotation.expression().isEmpty()) {
            throw invalid(
                    parameter,
                    "has the expression [" + annotation.expression()
                            + "] in @Payload, which only gives the whole payload");
        }
    }

    /** What it wants the payload converted to; {@code Object} if it does not say. */
    private static Class<?> payloadOf(MethodParameter message) {
        return ResolvableType.forMethodParameter(message)
                .as(Message.class)
                .getGeneric()
                .resolve(Object.class);
    }

    private void requireConverter(MethodParameter parameter, Class<?> payload) {
        if (!json && payload != Object.class && !ListenerArgument.isPlainPayload(payload)) {
            throw invalid(
                    parameter,
                    "is a payload that nothing converts: put Jackson on the class path, or declare a MessageConverter bean");
        }
    }

    private InvalidMqttListenerException invalid(MethodParameter parameter, String problem) {
        @Nullable String name = parameter.getParameterName();
        return listener.invalid("cannot be called: parameter " + parameter.getParameterIndex() + " ["
                + parameter.getParameterType().getSimpleName() + (name == null ? "" : " " + name) + "] " + problem
                + ALLOWED);
    }
}
