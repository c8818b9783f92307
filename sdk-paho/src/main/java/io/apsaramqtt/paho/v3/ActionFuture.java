package io.apsaramqtt.paho.v3;

import java.util.concurrent.CompletableFuture;
import org.eclipse.paho.client.mqttv3.IMqttActionListener;
import org.eclipse.paho.client.mqttv3.IMqttToken;

/** A future that Paho completes. */
class ActionFuture<T> extends CompletableFuture<T> implements IMqttActionListener {

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
        completeExceptionally(PahoV3Failures.unanswered(cause));
    }
}
