package io.apsaramqtt.spring.test;

import io.apsaramqtt.test.EmbeddedApsaraMqtt;
import org.springframework.test.context.TestContext;
import org.springframework.test.context.TestContextAnnotationUtils;
import org.springframework.test.context.TestExecutionListener;

/** Clears the events of the embedded instances before each test. Immutable. */
final class EventsClearingListener implements TestExecutionListener {

    @Override
    public void beforeTestMethod(TestContext test) {
        if (TestContextAnnotationUtils.hasAnnotation(test.getTestClass(), EmbeddedApsaraMqttTest.class)
                && test.hasApplicationContext()) {
            test.getApplicationContext()
                    .getBeansOfType(EmbeddedApsaraMqtt.class)
                    .values()
                    .forEach(broker -> broker.events().clear());
        }
    }
}
