package io.apsaramqtt.spring.actuate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.apsaramqtt.client.ApsaraMqttClient;
import io.apsaramqtt.client.connection.NotConnectedException;
import io.apsaramqtt.client.listener.Acknowledgment;
import io.apsaramqtt.mqtt.Message;
import io.apsaramqtt.mqtt.MessageProperties;
import io.apsaramqtt.mqtt.TopicName;
import io.apsaramqtt.spring.MqttClients;
import io.apsaramqtt.spring.MqttTemplate;
import io.apsaramqtt.spring.autoconfigure.Runners;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.tck.TestObservationRegistry;
import io.micrometer.observation.tck.TestObservationRegistryAssert;
import io.micrometer.observation.transport.ReceiverContext;
import io.micrometer.observation.transport.SenderContext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;

class MqttObservationAutoConfigurationTest {

    private static final ApplicationContextRunner WITHOUT_REGISTRY =
            Runners.one().withConfiguration(AutoConfigurations.of(MqttObservationAutoConfiguration.class));
    private static final Acknowledgment NOTHING = () -> {};

    private final TestObservationRegistry registry = TestObservationRegistry.create();
    private final List<Message> published = new ArrayList<>();

    private ApplicationContextRunner runner() {
        return WITHOUT_REGISTRY.withBean(ObservationRegistry.class, () -> registry);
    }

    /** Publishes through what observes, and keeps what comes out. */
    private MqttTemplate template(ApplicationContext context) {
        return new MqttTemplate(context.getBean(Observing.class).publishing(MqttClients.DEFAULT, message -> {
            published.add(message);
            return CompletableFuture.completedFuture(null);
        }));
    }

    private void traceAs(String traceparent) {
        registry.observationConfig().observationHandler(new ObservationHandler<SenderContext<Object>>() {
            @Override
            public void onStart(SenderContext<Object> context) {
                context.getSetter().set(context.getCarrier(), "traceparent", traceparent);
            }

            @Override
            public boolean supportsContext(Observation.Context context) {
                return context instanceof SenderContext;
            }
        });
    }

    @Test
    void aPublishOfTheTemplateIsObserved() {
        runner().run(context -> {
            assertThatThrownBy(() -> context.getBean(MqttTemplate.class).publish("alarms/x", "hot"))
                    .isInstanceOf(NotConnectedException.class);
            TestObservationRegistryAssert.assertThat(registry)
                    .hasNumberOfObservationsEqualTo(1)
                    .hasObservationWithNameEqualTo("apsara.mqtt.publish")
                    .that()
                    .hasContextualNameEqualTo("publish alarms")
                    .hasLowCardinalityKeyValue("client", "default")
                    .hasLowCardinalityKeyValue("operation", "publish")
                    .hasLowCardinalityKeyValue("qos", "1")
                    .hasLowCardinalityKeyValue("outcome", "failure")
                    .hasHighCardinalityKeyValue("topic", "alarms/x")
                    .hasError()
                    .hasBeenStopped();
        });
    }

    @Test
    void aRequestIsObservedAsOne() {
        runner().withPropertyValues("apsara.mqtt.mqtt-version=5").run(context -> {
            assertThatThrownBy(() -> context.getBean(MqttTemplate.class)
                            .request("alarms/x", "how hot", String.class, Duration.ofSeconds(1)))
                    .isInstanceOf(NotConnectedException.class);
            TestObservationRegistryAssert.assertThat(registry)
                    .hasSingleObservationThat()
                    .hasLowCardinalityKeyValue("operation", "request")
                    .hasContextualNameEqualTo("request alarms")
                    .hasError()
                    .hasBeenStopped();
        });
    }

    @Test
    void aPublishThroughAClientOfTheApplicationIsObservedUnderItsName() {
        runner().withBean(
                        "mine",
                        ApsaraMqttClient.class,
                        () -> ApsaraMqttClient.builder()
                                .endpoint("tcp://127.0.0.1:1")
                                .instanceId("post-cn-x")
                                .clientId("GID_demo", "own")
                                .build())
                .run(context -> {
                    assertThatThrownBy(() -> context.getBean(MqttTemplate.class).publish("alarms/x", "hot"))
                            .isInstanceOf(NotConnectedException.class);
                    TestObservationRegistryAssert.assertThat(registry)
                            .hasSingleObservationThat()
                            .hasLowCardinalityKeyValue("client", "mine");
                });
    }

    @Test
    void aPublishThatIsDoneIsASuccess() {
        runner().run(context -> {
            template(context).publish("alarms/x", "hot");
            TestObservationRegistryAssert.assertThat(registry)
                    .hasSingleObservationThat()
                    .hasLowCardinalityKeyValue("outcome", "success")
                    .doesNotHaveError()
                    .hasBeenStopped();
        });
    }

    @Test
    void theTraceContextTravelsInUserPropertiesOfMqtt5InPlaceOfAnOlderOne() {
        runner().withPropertyValues("apsara.mqtt.mqtt-version=5").run(context -> {
            traceAs("00-new");
            MessageProperties before = MessageProperties.none()
                    .withUserProperty("traceparent", "00-old")
                    .withUserProperty("unit", "C")
                    .withContentType("text/plain")
                    .withText(true)
                    .withExpiry(Duration.ofMinutes(1))
                    .withResponseTopic(TopicName.of("answers/me"))
                    .withCorrelationData(new byte[] {1});
            template(context)
                    .message("hot")
                    .topic("alarms/x")
                    .properties(before)
                    .publish();
            assertThat(published.get(0).properties())
                    .isEqualTo(MessageProperties.none()
                            .withUserProperty("unit", "C")
                            .withUserProperty("traceparent", "00-new")
                            .withContentType("text/plain")
                            .withText(true)
                            .withExpiry(Duration.ofMinutes(1))
                            .withResponseTopic(TopicName.of("answers/me"))
                            .withCorrelationData(new byte[] {1}));
        });
    }

    @Test
    void mqtt311CarriesNoTraceContext() {
        runner().run(context -> {
            traceAs("00-new");
            template(context).publish("alarms/x", "hot");
            assertThat(published.get(0).properties().isEmpty()).isTrue();
        });
    }

    @Test
    void aListenerIsObservedAndGoesOnWithTheTraceOfTheMessage() {
        List<String> seen = new ArrayList<>();
        registry.observationConfig().observationHandler(new ObservationHandler<ReceiverContext<Object>>() {
            @Override
            public void onStart(ReceiverContext<Object> context) {
                seen.add(String.valueOf(
                        context.getGetter().get(Objects.requireNonNull(context.getCarrier()), "traceparent")));
            }

            @Override
            public boolean supportsContext(Observation.Context context) {
                return context instanceof ReceiverContext;
            }
        });
        Message received = Message.of("alarms/x", "hot")
                .withProperties(MessageProperties.none().withUserProperty("traceparent", "00-sent"));
        runner().run(context -> {
            context.getBean(Observing.class)
                    .receiving(
                            "default",
                            "thermometer.on",
                            (message, acknowledgment) ->
                                    seen.add(registry.getCurrentObservation() == null ? "out of scope" : "in scope"))
                    .onMessage(received, NOTHING);
            assertThat(seen).containsExactly("00-sent", "in scope");
            TestObservationRegistryAssert.assertThat(registry)
                    .hasSingleObservationThat()
                    .hasNameEqualTo("apsara.mqtt.process")
                    .hasLowCardinalityKeyValue("operation", "process")
                    .hasLowCardinalityKeyValue("outcome", "success")
                    .hasHighCardinalityKeyValue("listener", "thermometer.on")
                    .hasBeenStopped();
        });
    }

    @Test
    void aListenerThatFailsIsSeenToFail() {
        runner().run(context -> {
            assertThatThrownBy(() -> context.getBean(Observing.class)
                            .receiving("default", "thermometer.on", (message, acknowledgment) -> {
                                throw new IllegalStateException("broken");
                            })
                            .onMessage(Message.of("alarms/x", "hot"), NOTHING))
                    .hasMessage("broken");
            TestObservationRegistryAssert.assertThat(registry)
                    .hasSingleObservationThat()
                    .hasLowCardinalityKeyValue("outcome", "failure")
                    .hasError()
                    .hasBeenStopped();
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"apsara.mqtt.observation.enabled=false", "apsara.mqtt.enabled=false"})
    void canBeSwitchedOff(String property) {
        runner().withPropertyValues(property)
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(Observing.class));
    }

    @Test
    void isNotThereWithoutARegistry() {
        WITHOUT_REGISTRY.run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(Observing.class));
    }

    @Test
    void isNotMissedWithoutMicrometer() {
        // The bean is there, so that nothing but the missing classes keeps it away.
        runner().withClassLoader(new FilteredClassLoader("io.micrometer"))
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean("apsaraMqttObserving"));
    }
}
