package io.apsaramqtt.spring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import io.apsaramqtt.client.connection.ConnectionListener;
import java.lang.reflect.Method;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class ConnectionListenersTest {

    @Test
    void whateverAConnectionListenerIsToldIsPassedOn() {
        // A method that is not overridden would be lost without a word: they all do nothing by default.
        assertThat(ConnectionListener.class.getMethods())
                .allSatisfy(told -> assertThat(Arrays.stream(ConnectionListeners.class.getDeclaredMethods())
                                .map(Method::getName))
                        .contains(told.getName()));
    }
}
