package io.apsaramqtt.paho.v5;

import java.util.concurrent.CompletableFuture;
import org.eclipse.paho.mqttv5.client.IMqttToken;
import org.eclipse.paho.mqttv5.client.MqttActionListener;

/** A future that Paho completes. */
class ActionFuture<T> extends CompletableFuture<T> implements MqttActionListener {

    /** Reads the broker's answer from a completed token. */
    @FunctionalInterface
    interface Answer<T> {
        T read(IMqttToken token);
    }

    private final Answer<T> answer;

    ActionFuture(Answer<T> answer) {
        this.answer = answer;
    }

    @Override
    public void onSuccess(IMqttToken token) {
        try {
            complete(answer.read(token));
        } catch (RuntimeException e) {
            completeExceptionally(e);
        }
    }

    @Override
    public void onFailure(IMqttToken token, Throwable cause) {
        completeExceptionally(PahoV5Failures.unanswered(cause));
    }
}
