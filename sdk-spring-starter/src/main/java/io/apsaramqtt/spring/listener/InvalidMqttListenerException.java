package io.apsaramqtt.spring.listener;

import io.apsaramqtt.ApsaraMqttException;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A listener method cannot be what it says. Thrown at the start of the application.
 *
 * <p>Immutable.
 */
public final class InvalidMqttListenerException extends ApsaraMqttException {

    private final String listener;

    /** {@code method} has {@code problem}, which says what is allowed. */
    InvalidMqttListenerException(Method method, String problem, @Nullable Throwable cause) {
        super("Listener [" + describe(method) + "] " + problem, cause);
        this.listener = describe(method);
    }

    InvalidMqttListenerException(Method method, String problem) {
        this(method, problem, null);
    }

    static String describe(Method method) {
        return method.getDeclaringClass().getName() + "." + method.getName()
                + Arrays.stream(method.getParameterTypes())
                        .map(Class::getSimpleName)
                        .collect(Collectors.joining(", ", "(", ")"));
    }

    /** The class and the method. */
    public String listener() {
        return listener;
    }
}
