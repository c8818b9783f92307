package io.apsaramqtt.spring.actuate;

import io.apsaramqtt.client.MessagePublisher;
import io.apsaramqtt.client.listener.AcknowledgingListener;
import io.apsaramqtt.mqtt.Message;
import io.apsaramqtt.mqtt.MqttVersion;
import io.apsaramqtt.spring.MqttClients;
import io.apsaramqtt.spring.listener.MqttInstrumentation;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.transport.Kind;
import io.micrometer.observation.transport.ReceiverContext;
import io.micrometer.observation.transport.SenderContext;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Observes what is published and received, and carries the trace context in user properties where the client speaks MQTT 5.
 * Thread-safe.
 *
 * @param registry asked for at each observation, as what it needs may need the clients
 * @param clients asked for at each publish
 */
record Observing(Supplier<ObservationRegistry> registry, Supplier<MqttClients> clients) implements MqttInstrumentation {

    static final String PUBLISH = "apsara.mqtt.publish";
    static final String PROCESS = "apsara.mqtt.process";

    @Override
    public MessagePublisher publishing(String client, MessagePublisher publisher) {
        return new ObservedPublisher(client, publisher, this);
    }

    /** Sends {@code message}, which is observed until its future completes; that future itself is returned. */
    <T> CompletableFuture<T> send(
            String client, String operation, Message message, Function<Message, CompletableFuture<T>> how) {
        if (registry.get().isNoop()) {
            return how.apply(message);
        }
        TraceProperties trace = new TraceProperties();
        SenderContext<TraceProperties> context = new SenderContext<>(Observing::put, Kind.PRODUCER);
        if (clients.get().get(client).mqttVersion() == MqttVersion.V5) {
            context.setCarrier(trace);
        }
        Observation observation = started(PUBLISH, context, client, operation, message);
        CompletableFuture<T> sent = observation.scoped(() -> how.apply(trace.addedTo(message)));
        sent.whenComplete((done, failure) -> {
            if (failure != null) {
                observation.error(failure);
            }
            stop(observation, failure == null);
        });
        return sent;
    }

    private static void put(@Nullable TraceProperties carrier, String name, String value) {
        if (carrier != null) {
            carrier.put(name, value);
        }
    }

    @Override
    public AcknowledgingListener receiving(String client, String id, AcknowledgingListener listener) {
        return (message, acknowledgment) -> {
            ReceiverContext<Message> context = new ReceiverContext<>(Observing::get, Kind.CONSUMER);
            context.setCarrier(message);
            Observation observation = started(PROCESS, context, client, "process", message);
            observation.highCardinalityKeyValue("listener", id);
            boolean done = false;
            try {
                observation.scopedChecked(() -> listener.onMessage(message, acknowledgment));
                done = true;
            } finally {
                stop(observation, done);
            }
        };
    }

    private static @Nullable String get(Message carrier, String name) {
        return carrier.properties().userProperty(name).orElse(null);
    }

    private Observation started(
            String name, Observation.Context context, String client, String operation, Message message) {
        return Observation.createNotStarted(name, () -> context, registry.get())
                .contextualName(operation + " " + message.topic().parentTopic())
                .lowCardinalityKeyValue("client", client)
                .lowCardinalityKeyValue("operation", operation)
                .lowCardinalityKeyValue("qos", String.valueOf(message.qos().code()))
                .highCardinalityKeyValue("topic", message.topic().value())
                .start();
    }

    private static void stop(Observation observation, boolean done) {
        observation.lowCardinalityKeyValue("outcome", done ? "success" : "failure");
        observation.stop();
    }
}
