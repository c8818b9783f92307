package io.apsaramqtt.spring.autoconfigure;

import io.apsaramqtt.credentials.CredentialsException;
import java.util.stream.Collectors;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** No AccessKey: every place that was tried. Immutable. */
final class CredentialsFailureAnalyzer extends AbstractFailureAnalyzer<CredentialsException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, CredentialsException cause) {
        return new FailureAnalysis(
                cause.attempts().stream()
                        .map(attempt -> "    - " + attempt.source() + ": " + attempt.reason())
                        .collect(Collectors.joining(
                                System.lineSeparator(),
                                "The connection to ApsaraMQ for MQTT cannot be signed: no AccessKey was found. Tried, in"
                                        + " this order:" + System.lineSeparator() + System.lineSeparator(),
                                "")),
                "Set the environment variables ALIBABA_CLOUD_ACCESS_KEY_ID and ALIBABA_CLOUD_ACCESS_KEY_SECRET, or mend"
                        + " one of the places above; or set apsara.mqtt.credentials.access-key-id and"
                        + " apsara.mqtt.credentials.access-key-secret; or declare a bean of type CredentialsProvider.",
                cause);
    }
}
