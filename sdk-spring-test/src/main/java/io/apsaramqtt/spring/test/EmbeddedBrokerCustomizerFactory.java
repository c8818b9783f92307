package io.apsaramqtt.spring.test;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.test.context.ContextConfigurationAttributes;
import org.springframework.test.context.ContextCustomizer;
import org.springframework.test.context.ContextCustomizerFactory;
import org.springframework.test.context.TestContextAnnotationUtils;

/** Gives the tests that ask for one an embedded broker. Immutable. */
final class EmbeddedBrokerCustomizerFactory implements ContextCustomizerFactory {

    @Override
    public @Nullable ContextCustomizer createContextCustomizer(
            Class<?> testClass, List<ContextConfigurationAttributes> attributes) {
        EmbeddedApsaraMqttTest asked =
                TestContextAnnotationUtils.findMergedAnnotation(testClass, EmbeddedApsaraMqttTest.class);
        return asked == null ? null : new EmbeddedBrokerCustomizer(List.of(asked.policy()));
    }
}
