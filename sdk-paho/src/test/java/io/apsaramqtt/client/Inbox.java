package io.apsaramqtt.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.apsaramqtt.client.listener.MessageListener;
import io.apsaramqtt.mqtt.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A listener that keeps what it gets. */
public final class Inbox implements MessageListener {

    private final BlockingQueue<Message> messages = new LinkedBlockingQueue<>();

    @Override
    public void onMessage(Message message) {
        messages.add(message);
    }

    /** The next message; fails if none comes. */
    public Message next() throws InterruptedException {
        Message message = messages.poll(20, TimeUnit.SECONDS);
        assertThat(message).as("message awaited").isNotNull();
        return Objects.requireNonNull(message);
    }

    /** The texts of the next messages. */
    public List<String> texts(int count) throws InterruptedException {
        List<String> texts = new ArrayList<>();
        while (texts.size() < count) {
            texts.add(next().text());
        }
        return texts;
    }

    /** What came and was not asked for. */
    public List<Message> rest() {
        return List.copyOf(messages);
    }
}
