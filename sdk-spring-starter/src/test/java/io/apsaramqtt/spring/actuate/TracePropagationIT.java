package io.apsaramqtt.spring.actuate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.apsaramqtt.credentials.AccessKey;
import io.apsaramqtt.policy.Policy;
import io.apsaramqtt.spring.Applications;
import io.apsaramqtt.spring.MqttListener;
import io.apsaramqtt.spring.MqttTemplate;
import io.apsaramqtt.test.EmbeddedApsaraMqtt;
import io.apsaramqtt.test.EmbeddedApsaraMqttExtension;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationView;
import io.micrometer.observation.transport.ReceiverContext;
import io.micrometer.observation.transport.SenderContext;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.messaging.handler.annotation.SendTo;

/** A trace through a broker: from a publish to the listener, and on with what that one publishes. */
class TracePropagationIT {

    private static final AccessKey KEY = AccessKey.of("LTAI5tTraces", "traces-secret");

    @RegisterExtension
    static final EmbeddedApsaraMqttExtension BROKER = EmbeddedApsaraMqttExtension.of(
            EmbeddedApsaraMqtt.builder().group("GID_spring").user(KEY, Policy.system("AliyunMQFullAccess")));

    private static ConfigurableApplicationContext run(String mqttVersion) {
        return Applications.on(BROKER.broker(), KEY, Application.class)
                .properties("apsara.mqtt.device-id=traces", "apsara.mqtt.mqtt-version=" + mqttVersion)
                .run();
    }

    @Test
    void withMqtt5AListenerGoesOnWithTheTraceOfTheSender() {
        try (ConfigurableApplicationContext context = run("5")) {
            context.getBean(MqttTemplate.class).publish("asked/1", "how hot?");
            TraceContext traces = context.getBean(TraceContext.class);
            await().untilAsserted(() -> assertThat(traces.received)
                    .containsExactly(
                            "asked/1 00-00000000000000000000000000000001-0000000000000001-01",
                            "answered/1 00-00000000000000000000000000000001-0000000000000002-01"));
        }
    }

    @Test
    void mqtt311CarriesNone() {
        try (ConfigurableApplicationContext context = run("3.1.1")) {
            context.getBean(MqttTemplate.class).publish("asked/1", "how hot?");
            TraceContext traces = context.getBean(TraceContext.class);
            await().untilAsserted(() -> assertThat(traces.received).containsExactly("asked/1 none", "answered/1 none"));
        }
    }

    /**
     * What a tracer does, in W3C's format: a publish has the trace of the observation around it or a new one, and says so; a
     * process has that of its message. Traces and spans are counted.
     */
    static final class TraceContext implements ObservationHandler<Observation.Context> {

        private final List<String> received = new CopyOnWriteArrayList<>();
        private final AtomicInteger traces = new AtomicInteger();
        private final AtomicInteger spans = new AtomicInteger();

        @Override
        public void onStart(Observation.Context context) {
            if (context instanceof SenderContext<?> sender) {
                String trace = traceAround(context);
                send(
                        sender,
                        "00-" + (trace == null ? "%032x".formatted(traces.incrementAndGet()) : trace)
                                + "-%016x-01".formatted(spans.incrementAndGet()));
            } else if (context instanceof ReceiverContext<?> receiver) {
                String traceparent = receive(receiver);
                received.add(Objects.requireNonNull(context.getHighCardinalityKeyValue("topic"))
                                .getValue() + " " + (traceparent == null ? "none" : traceparent));
                if (traceparent != null) {
                    context.put("trace", traceparent.split("-", -1)[1]);
                }
            }
        }

        private static @Nullable String traceAround(Observation.Context context) {
            ObservationView parent = context.getParentObservation();
            return parent == null ? null : parent.getContextView().get("trace");
        }

        private static <C> void send(SenderContext<C> context, String traceparent) {
            context.getSetter().set(context.getCarrier(), "traceparent", traceparent);
        }

        private static <C> @Nullable String receive(ReceiverContext<C> context) {
            C carrier = context.getCarrier();
            return carrier == null ? null : context.getGetter().get(carrier, "traceparent");
        }

        @Override
        public boolean supportsContext(Observation.Context context) {
            return true;
        }
    }

    @SpringBootConfiguration
    @EnableAutoConfiguration
    static class Application {

        @Bean
        TraceContext traces() {
            return new TraceContext();
        }

        @MqttListener(topics = "asked/#")
        @SendTo("answered/1")
        String onQuestion(String question) {
            return question + " hot";
        }

        @MqttListener(topics = "answered/#")
        void onAnswer(String ignored) {}
    }
}
