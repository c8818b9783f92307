package io.apsaramqtt.spring;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The value of a level variable: with {@code topics = "devices/{id}/temperature"}, the parameter {@code @MqttVariable String id}
 * of a {@link MqttListener} method is the second level of the topic. Other types than {@code String} are converted.
 */
@Target({ElementType.PARAMETER, ElementType.ANNOTATION_TYPE})
@Retention(RetentionPolicy.RUNTIME)
@Documented
public @interface MqttVariable {

    /** The name of the variable; default: that of the parameter, which needs compiling with {@code -parameters}. */
    String value() default "";
}
