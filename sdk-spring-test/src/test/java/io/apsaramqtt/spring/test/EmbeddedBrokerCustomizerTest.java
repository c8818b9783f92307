package io.apsaramqtt.spring.test;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class EmbeddedBrokerCustomizerTest {

    private final EmbeddedBrokerCustomizerFactory factory = new EmbeddedBrokerCustomizerFactory();

    @EmbeddedApsaraMqttTest(policy = "AliyunMQPubOnlyAccess")
    private static class Asking {}

    private static final class Inheriting extends Asking {}

    @EmbeddedApsaraMqttTest
    private static final class AskingForNoPolicy {}

    @Test
    void aTestThatDoesNotAskGetsNoBroker() {
        assertThat(factory.createContextCustomizer(String.class, List.of())).isNull();
    }

    @Test
    void testsThatAskForTheSameShareACacheKey() {
        assertThat(factory.createContextCustomizer(Asking.class, List.of()))
                .isEqualTo(new EmbeddedBrokerCustomizer(List.of("AliyunMQPubOnlyAccess")))
                .isEqualTo(factory.createContextCustomizer(Inheriting.class, List.of()))
                .isNotEqualTo(factory.createContextCustomizer(AskingForNoPolicy.class, List.of()));
    }
}
