package io.apsaramqtt.permission;

import io.apsaramqtt.mqtt.TopicFilter;
import io.apsaramqtt.mqtt.TopicName;
import java.time.Clock;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Answers "may this client publish here, subscribe to that" from the effective permissions held locally:
 * {@code check} asks, {@code require} asks or throws, {@code explain} gives the reasons as text.
 *
 * <p>Thread-safe. Blocks only where the permissions have never been read yet.
 *
 * <p>A verdict of policies is computed once for each parent topic, one of topic rules once for each topic, up to 10,000 of
 * either, and kept until the permissions change: a check of a known topic allocates nothing. A verdict that depends on the
 * time cannot be kept; it is computed at each check.
 */
public final class Permissions {

    private final PermissionScope scope;
    private final CurrentPermissions current;
    private final Supplier<Optional<String>> accessKeyId;
    private final Clock clock;
    private volatile @Nullable Verdicts verdicts;

    /**
     * The permissions of a client.
     *
     * @param scope for which instance and group
     * @param current what is granted now
     * @param accessKeyId the masked ID of the AccessKey in use, for explanations
     * @param clock tells the age of the permissions in explanations
     */
    public Permissions(
            PermissionScope scope, CurrentPermissions current, Supplier<Optional<String>> accessKeyId, Clock clock) {
        this.scope = scope;
        this.current = current;
        this.accessKeyId = accessKeyId;
        this.clock = clock;
    }

    /** Whether the client may publish to {@code topic}. */
    public Verdict checkPublish(TopicName topic) {
        return verdicts().publish(topic);
    }

    /** Whether the client may subscribe to {@code filter}. */
    public Verdict checkSubscribe(TopicFilter filter) {
        return verdicts().subscribe(filter);
    }

    /** Throws {@link PermissionDeniedException} if publishing to {@code topic} is certainly denied. */
    public Verdict requirePublish(TopicName topic) {
        return require(Operation.PUBLISH, topic.value(), checkPublish(topic));
    }

    /** Throws {@link PermissionDeniedException} if subscribing to {@code filter} is certainly denied. */
    public Verdict requireSubscribe(TopicFilter filter) {
        return require(Operation.SUBSCRIBE, filter.value(), checkSubscribe(filter));
    }

    /** Why the client may, or may not, publish to {@code topic}, in lines of text without a last line break. */
    public String explainPublish(String topic) {
        return explain(Operation.PUBLISH, topic, checkPublish(TopicName.of(topic)));
    }

    /** Why the client may, or may not, subscribe to {@code filter}, in lines of text without a last line break. */
    public String explainSubscribe(String filter) {
        return explain(Operation.SUBSCRIBE, filter, checkSubscribe(TopicFilter.of(filter)));
    }

    /**
     * What is granted, as far as it is known locally; empty where it has never been read. Reads nothing anew, so that whoever
     * watches does not keep the source busy.
     */
    public Optional<EffectivePermissions> known() {
        return current.known();
    }

    /** How far what is {@link #known()} can be trusted, by its age; {@code EXPIRED} where nothing is. */
    public Freshness freshness() {
        return current.known().map(current::freshness).orElse(Freshness.EXPIRED);
    }

    /** The exception that refuses an operation: for who refuses what is denied, or what is unknown as well. */
    public PermissionDeniedException refusal(Operation operation, String topic, Verdict verdict) {
        String explanation = explain(operation, topic, verdict);
        return new PermissionDeniedException(
                operation,
                topic,
                verdict,
                verdict.isDenied()
                        ? explanation
                        : "Refused, as this client refuses what is not certainly allowed. " + explanation);
    }

    private Verdict require(Operation operation, String topic, Verdict verdict) {
        if (verdict.isDenied()) {
            throw refusal(operation, topic, verdict);
        }
        return verdict;
    }

    private String explain(Operation operation, String topic, Verdict verdict) {
        EffectivePermissions permissions = current.get();
        return new Explanation(
                        operation,
                        topic,
                        verdict,
                        permissions,
                        accessKeyId.get(),
                        clock.instant(),
                        current.freshness(permissions))
                .text();
    }

    @SuppressWarnings(
            "ReferenceEquality") // another object is another state: comparing policies at each call would cost more
    private Verdicts verdicts() {
        EffectivePermissions permissions = current.get();
        Verdicts known = verdicts;
        if (known == null || known.permissions() != permissions) {
            known = Verdicts.of(permissions, scope, clock);
            verdicts = known;
        }
        return known;
    }
}
