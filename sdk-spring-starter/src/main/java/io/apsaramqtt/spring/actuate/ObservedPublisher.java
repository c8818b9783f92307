package io.apsaramqtt.spring.actuate;

import io.apsaramqtt.client.MessagePublisher;
import io.apsaramqtt.client.MessageRequester;
import io.apsaramqtt.mqtt.Message;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;

/** Publishes and asks through a client, each message observed. Thread-safe. */
record ObservedPublisher(String client, MessagePublisher publisher, Observing observing)
        implements MessagePublisher, MessageRequester {

    @Override
    public CompletableFuture<Void> publishAsync(Message message) {
        return observing.send(client, "publish", message, publisher::publishAsync);
    }

    @Override
    public CompletableFuture<Message> requestAsync(Message request, Duration limit) {
        MessageRequester requester = requester();
        return observing.send(client, "request", request, sent -> requester.requestAsync(sent, limit));
    }

    @Override
    public CompletableFuture<Message> requestAsync(Message request, Predicate<Message> reply, Duration limit) {
        MessageRequester requester = requester();
        return observing.send(client, "request", request, sent -> requester.requestAsync(sent, reply, limit));
    }

    @Override
    public CompletableFuture<Void> replyAsync(Message request, byte[] payload) {
        return requester().replyAsync(request, payload);
    }

    private MessageRequester requester() {
        if (publisher instanceof MessageRequester requester) {
            return requester;
        }
        throw new IllegalStateException("Requests cannot be sent through [" + publisher + "], which only publishes");
    }

    /** What it publishes through. */
    @Override
    public String toString() {
        return publisher.toString();
    }
}
