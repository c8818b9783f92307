package io.apsaramqtt.spring.listener;

import io.apsaramqtt.spring.MqttListener;
import java.lang.reflect.Method;

/**
 * A method that was found on a bean. Immutable.
 *
 * @param beanName the name of the bean
 * @param bean the bean, perhaps a proxy
 * @param method the method, which can be called on the bean
 * @param annotation what it says
 */
record ListenerMethod(String beanName, Object bean, Method method, MqttListener annotation) {

    InvalidMqttListenerException invalid(String problem) {
        return new InvalidMqttListenerException(method, problem);
    }

    InvalidMqttListenerException invalid(String problem, Throwable cause) {
        return new InvalidMqttListenerException(method, problem, cause);
    }
}
