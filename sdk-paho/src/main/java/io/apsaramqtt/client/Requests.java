package io.apsaramqtt.client;

import io.apsaramqtt.client.connection.ConnectionLostException;
import io.apsaramqtt.client.connection.OperationTimeoutException;
import io.apsaramqtt.client.runtime.ClientRuntime;
import io.apsaramqtt.mqtt.ClientId;
import io.apsaramqtt.mqtt.Message;
import io.apsaramqtt.mqtt.MessageProperties;
import io.apsaramqtt.mqtt.MqttVersion;
import io.apsaramqtt.mqtt.Profile;
import io.apsaramqtt.mqtt.ServiceRuleException;
import io.apsaramqtt.mqtt.TopicFilter;
import io.apsaramqtt.mqtt.TopicName;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;

/**
 * Requests that wait for their replies (MQTT 5 section 4.10). With the service a reply comes as a P2P message, which needs no
 * subscription; with another broker to a topic of this client's own, subscribed to at the first request, and again where
 * that was lost. Thread-safe.
 */
final class Requests {

    private final ClientId clientId;
    private final Profile profile;
    private final boolean properties;
    private final ClientRuntime runtime;
    private final AtomicLong count = new AtomicLong();
    private final Map<Long, Pending> pending = new ConcurrentHashMap<>();
    private final Map<TopicFilter, CompletableFuture<Void>> listening = new ConcurrentHashMap<>();

    /** How a request is sent: by the client, in a mode of its own perhaps. */
    interface Sender {

        CompletableFuture<Void> send(Message message);

        /** Whether messages of the filter come, or will as soon as there is a connection. Never throws. */
        boolean isListening(TopicFilter filter);

        CompletableFuture<Void> listen(TopicFilter filter);
    }

    /** A request on {@code topic}, and how its reply is known. */
    private record Pending(TopicName topic, Predicate<Message> reply, CompletableFuture<Message> result) {

        Pending(TopicName topic, Predicate<Message> reply) {
            this(topic, reply, new CompletableFuture<>());
        }

        /** Whether {@code message} is the reply. A predicate that throws has had its request: the others are not its business. */
        boolean isReply(Message message) {
            try {
                return reply.test(message);
            } catch (RuntimeException | Error e) {
                result.completeExceptionally(e);
                return false;
            }
        }
    }

    Requests(ClientId clientId, Profile profile, MqttVersion version, ClientRuntime runtime) {
        this.clientId = clientId;
        this.profile = profile;
        this.properties = version == MqttVersion.V5;
        this.runtime = runtime;
    }

    /** Where replies to a request on {@code topic} come. */
    TopicName replyTopic(TopicName topic) {
        return profile == Profile.APSARAMQ
                ? TopicName.p2p(topic.parentTopic(), clientId)
                : TopicName.of(topic.parentTopic() + "/reply/" + clientId);
    }

    /** Sends a request that carries its reply topic and correlation data in its properties. */
    CompletableFuture<Message> request(Message request, Duration limit, Sender sender) {
        if (!properties) {
            return CompletableFuture.failedFuture(new ServiceRuleException(
                    ServiceRuleException.Rule.PROPERTIES,
                    "Request to [" + request.topic() + "] needs a response topic and correlation data, which MQTT 3.1.1"
                            + " cannot carry. Build the client with MqttVersion.V5, or say how a reply is known"));
        }
        long number = count.incrementAndGet();
        byte[] correlation = ByteBuffer.allocate(Long.BYTES).putLong(number).array();
        MessageProperties asked = request.properties()
                .withResponseTopic(replyTopic(request.topic()))
                .withCorrelationData(correlation);
        return request(
                number,
                request.withProperties(asked),
                new Pending(
                        request.topic(),
                        reply -> reply.properties()
                                .correlationData()
                                .filter(data -> Arrays.equals(data, correlation))
                                .isPresent()),
                limit,
                sender);
    }

    /** Sends a request whose reply is known by {@code reply}; who answers must know where to. */
    CompletableFuture<Message> request(Message request, Predicate<Message> reply, Duration limit, Sender sender) {
        return request(count.incrementAndGet(), request, new Pending(request.topic(), reply), limit, sender);
    }

    private CompletableFuture<Message> request(
            long number, Message request, Pending waiting, Duration limit, Sender sender) {
        CompletableFuture<Message> result = waiting.result();
        pending.put(number, waiting);
        Runnable cancel = runtime.after(
                limit,
                () -> result.completeExceptionally(
                        new OperationTimeoutException("Request to '" + request.topic() + "' was not answered", limit)));
        result.whenComplete((reply, failure) -> {
            cancel.run();
            pending.remove(number);
        });
        ready(request.topic(), sender)
                .thenCompose(nothing -> sender.send(request))
                .whenComplete((sent, failure) -> {
                    if (failure != null) {
                        result.completeExceptionally(Calls.unwrap(failure));
                    }
                });
        return result;
    }

    private CompletableFuture<Void> ready(TopicName topic, Sender sender) {
        if (profile == Profile.APSARAMQ) {
            return CompletableFuture.completedFuture(null);
        }
        TopicFilter replies = TopicFilter.of(replyTopic(topic).value());
        // A subscription may be lost at any reconnect, and nobody would miss its messages: asked at each request.
        return listening.compute(replies, (filter, before) -> {
            if (before != null && !before.isDone()) {
                return before;
            }
            return before != null && sender.isListening(filter)
                    ? CompletableFuture.completedFuture(null)
                    : sender.listen(filter);
        });
    }

    /** Whether {@code message} is the reply to a request, which has it now. */
    boolean take(Message message) {
        for (Pending waiting : pending.values()) {
            if (waiting.isReply(message)) {
                return waiting.result().complete(message);
            }
        }
        return false;
    }

    /** The connection was ended for good: no reply comes, and no timer would tell so. */
    void close() {
        pending.values()
                .forEach(waiting -> waiting.result()
                        .completeExceptionally(new ConnectionLostException(
                                "Request to '" + waiting.topic()
                                        + "' was not answered before this side ended the connection",
                                null,
                                null)));
    }

    /** The reply to {@code request}, to be published. */
    static Message reply(Message request, byte[] payload) {
        TopicName to = request.properties()
                .responseTopic()
                .orElseThrow(
                        () -> new ServiceRuleException(
                                ServiceRuleException.Rule.PROPERTIES,
                                "Message on topic [" + request.topic()
                                        + "] has no response topic, so there is nowhere to answer. A request of MQTT 5 has one"));
        MessageProperties properties = request.properties()
                .correlationData()
                .map(MessageProperties.none()::withCorrelationData)
                .orElse(MessageProperties.none());
        return Message.of(to, payload).withProperties(properties);
    }
}
