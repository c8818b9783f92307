package io.apsaramqtt.spring.permission;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.aot.hint.annotation.Reflective;

/**
 * Declares what a bean, or a method of a bean, publishes to, so that its permissions are checked when the application starts. It
 * changes nothing of what is published. Topics that stand in the configuration are declared by
 * {@code apsara.mqtt.publish-topics}.
 *
 * <pre>{@code
 * @PublishesTo("alarms/{device}")
 * void raise(Alarm alarm) { ... }
 * }</pre>
 *
 * <p>May be used as a meta-annotation.
 */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Reflective
public @interface PublishesTo {

    /**
     * Topic names, with placeholders <code>${...}</code> and SpEL <code>#{...}</code>. RAM names parent topics, the first level,
     * so a level after it that differs from message to message may be any text, such as <code>{device}</code>.
     */
    String[] value();

    /** The name of the client, where there are several; default: the only or the primary one. May hold placeholders. */
    String client() default "";
}
