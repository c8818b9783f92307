package io.apsaramqtt.spring.autoconfigure;

import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Several listeners, told one after the other; what one throws is logged, and the others are told all the same. Immutable. */
record Everybody<T>(List<T> listeners) {

    private static final Logger log = LoggerFactory.getLogger(Everybody.class);

    void tell(Consumer<T> what) {
        for (T listener : listeners) {
            try {
                what.accept(listener);
            } catch (RuntimeException e) {
                log.error("Listener [{}] failed", listener.getClass().getName(), e);
            }
        }
    }
}
