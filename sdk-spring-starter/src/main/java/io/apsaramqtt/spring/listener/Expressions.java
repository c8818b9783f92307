package io.apsaramqtt.spring.listener;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.BeansException;
import org.springframework.beans.factory.config.BeanExpressionContext;
import org.springframework.beans.factory.config.BeanExpressionResolver;
import org.springframework.beans.factory.config.ConfigurableBeanFactory;

/** What placeholders and SpEL in an annotation stand for. Thread-safe. */
record Expressions(ConfigurableBeanFactory beans) {

    /** One text; throws {@link InvalidMqttListenerException} if it cannot be resolved. */
    String text(ListenerMethod listener, String given) {
        Object value = value(listener, given);
        return value == null ? "" : String.valueOf(value);
    }

    /** Several texts; an expression may give an array or a collection. */
    List<String> all(ListenerMethod listener, String... given) {
        return Arrays.stream(given)
                .map(each -> value(listener, each))
                .flatMap(Expressions::flat)
                .map(String::valueOf)
                .toList();
    }

    private static Stream<?> flat(@Nullable Object value) {
        if (value instanceof Collection<?> several) {
            return several.stream();
        }
        return value instanceof Object[] array ? Arrays.stream(array) : Stream.ofNullable(value);
    }

    private @Nullable Object value(ListenerMethod listener, String given) {
        try {
            String resolved = beans.resolveEmbeddedValue(given);
            BeanExpressionResolver resolver = beans.getBeanExpressionResolver();
            return resolver == null ? resolved : resolver.evaluate(resolved, new BeanExpressionContext(beans, null));
        } catch (IllegalArgumentException | BeansException e) {
            throw listener.invalid("says [" + given + "], which cannot be resolved: " + e.getMessage(), e);
        }
    }
}
