package io.apsaramqtt.spring.autoconfigure;

import io.apsaramqtt.ApsaraMqttException;
import io.apsaramqtt.spring.listener.InvalidMqttListenerException;
import io.apsaramqtt.spring.permission.InvalidPublishesToException;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** A listener method, or a declaration of topics, that cannot be what it says. Immutable. */
final class DeclarationFailureAnalyzer extends AbstractFailureAnalyzer<ApsaraMqttException> {

    @Override
    protected @Nullable FailureAnalysis analyze(Throwable rootFailure, ApsaraMqttException cause) {
        if (cause instanceof InvalidMqttListenerException listener) {
            return analysis(cause, "Change the method [" + listener.listener() + "] or its @MqttListener");
        }
        return cause instanceof InvalidPublishesToException declaration
                ? analysis(cause, "Change the @PublishesTo of [" + declaration.declaredBy() + "]")
                : null;
    }

    private static FailureAnalysis analysis(ApsaraMqttException cause, String action) {
        return new FailureAnalysis(
                cause.getMessage(),
                action + ", or the properties that its placeholders stand for, as the description says.",
                cause);
    }
}
