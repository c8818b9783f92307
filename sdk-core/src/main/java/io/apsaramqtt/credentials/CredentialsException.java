package io.apsaramqtt.credentials;

import io.apsaramqtt.ApsaraMqttException;
import java.util.List;
import java.util.stream.Collectors;

/**
 * No AccessKey could be found. The message and {@link #attempts()} list every place that was tried and why it gave none.
 *
 * <p>Immutable.
 */
public final class CredentialsException extends ApsaraMqttException {

    private final List<Attempt> attempts;

    CredentialsException(List<Attempt> attempts) {
        super(describe(attempts));
        this.attempts = List.copyOf(attempts);
    }

    /**
     * One place that was tried.
     *
     * @param source the place, such as {@code environment}
     * @param reason why it gave no AccessKey; never a secret
     */
    public record Attempt(String source, String reason) {}

    /** For providers outside this package: {@code source} gave no AccessKey because of {@code reason}. */
    public static CredentialsException of(String source, String reason) {
        return new CredentialsException(List.of(new Attempt(source, reason)));
    }

    /** Every place that was tried, in order. */
    public List<Attempt> attempts() {
        return attempts;
    }

    private static String describe(List<Attempt> attempts) {
        return attempts.stream()
                .map(attempt -> attempt.source() + ": " + attempt.reason())
                .collect(Collectors.joining(
                        "; ",
                        "No AccessKey found. Tried [",
                        "]. Set ALIBABA_CLOUD_ACCESS_KEY_ID and ALIBABA_CLOUD_ACCESS_KEY_SECRET, or pass a"
                                + " CredentialsProvider"));
    }
}
