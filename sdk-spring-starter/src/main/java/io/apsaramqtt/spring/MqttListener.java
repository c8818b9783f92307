package io.apsaramqtt.spring;

import io.apsaramqtt.mqtt.Qos;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.aot.hint.annotation.Reflective;

/**
 * Makes a method of a bean receive messages. It is called on a thread of the client, never on one of the MQTT engine: it may
 * block, and it may publish. Messages of one topic come in order and one at a time; those of different topics may come at the
 * same time.
 *
 * <pre>{@code
 * @MqttListener(topics = "devices/{id}/temperature")
 * void onReading(Reading reading, @MqttVariable String id) { ... }
 * }</pre>
 *
 * <p>A parameter is one of: the payload, converted ({@code @Payload} is optional; {@code @Valid} or {@code @Validated} has it
 * validated); {@code Message<?>} of Spring or {@code Message} of MQTT; {@code @Header} (names: {@link MqttHeaders}) or
 * {@code @Headers}; {@link MqttVariable}; {@code TopicName}, {@code MessageProperties}, {@code Qos};
 * {@code Acknowledgment}, with {@link AckMode#MANUAL}. Anything else, and a topic that is none, ends the start of the
 * application.
 *
 * <p>What the method returns, if it is not null, is published to the topics of {@code @SendTo}, on the method or else on its
 * class, or without one to the response topic of the message with its correlation data (MQTT 5).
 *
 * <p>What it throws goes to the {@linkplain #errorHandler() error handler}, and from there to what {@linkplain #options() the
 * options} say: by default the message is given up and logged.
 *
 * <p>May be used as a meta-annotation.
 */
@Target({ElementType.METHOD, ElementType.ANNOTATION_TYPE})
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Reflective
public @interface MqttListener {

    /** Who acknowledges a message of QoS 1. */
    enum AckMode {
        /** The client, when the method returns. */
        AUTO,
        /** The method, with its parameter of type {@code Acknowledgment}, on any thread. */
        MANUAL
    }

    /**
     * Topic filters to subscribe to, with placeholders <code>${...}</code>, SpEL <code>#{...}</code>, and level variables
     * <code>{name}</code>, each of which is a whole level.
     */
    String[] topics();

    /** The quality of service to ask for; default QoS 1. */
    Qos qos() default Qos.AT_LEAST_ONCE;

    /** The name of the client, where there are several; default: the only or the primary one. May hold placeholders. */
    String client() default "";

    /**
     * How many messages, of different topics, are with the method at a time. Default 0: as many as the client's
     * {@code listener-threads}, which is the most anyway.
     */
    int concurrency() default 0;

    /** Who acknowledges; default {@link AckMode#AUTO}. */
    AckMode ackMode() default AckMode.AUTO;

    /** The name of the container in the registry; default: bean name and method name. May hold placeholders. */
    String id() default "";

    /** Whether the container starts with the application; default yes. {@code false} or a placeholder for it says no. */
    String autoStartup() default "true";

    /** The name of a bean of type {@link MqttListenerErrorHandler}; default: the only one there is, or none. */
    String errorHandler() default "";

    /**
     * The name of a bean of type {@code ListenerOptions}: retries and dead letters. Default: the only one there is, or
     * {@code apsara.mqtt.listener.*}.
     */
    String options() default "";
}
