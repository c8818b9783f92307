package io.apsaramqtt.client.session;

import io.apsaramqtt.mqtt.ClientId;
import io.apsaramqtt.mqtt.TopicFilter;
import io.apsaramqtt.mqtt.TopicName;
import io.apsaramqtt.permission.Operation;
import io.apsaramqtt.permission.PermissionDeniedException;
import io.apsaramqtt.permission.PermissionMode;
import io.apsaramqtt.permission.Permissions;
import io.apsaramqtt.permission.Verdict;
import io.apsaramqtt.permission.VerdictListener;
import io.apsaramqtt.policy.Outcome;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The check before each publish and subscribe, in the mode of the client or of the call. Thread-safe. */
public final class PermissionGate {

    private static final Logger log = LoggerFactory.getLogger(PermissionGate.class);

    /** Above this, warnings for further topics go unsaid. */
    private static final int MAX_WARNINGS = 1_000;

    private final Permissions permissions;
    private final PermissionMode mode;
    private final boolean unknownDenied;
    private final VerdictListener listener;
    private final Set<String> warned = ConcurrentHashMap.newKeySet();

    /**
     * A gate that asks {@code permissions}.
     *
     * @param mode of calls that have none of their own
     * @param unknownDenied whether what is unknown is refused like what is denied
     * @param listener is told every verdict
     */
    public PermissionGate(
            Permissions permissions, PermissionMode mode, boolean unknownDenied, VerdictListener listener) {
        this.permissions = permissions;
        this.mode = mode;
        this.unknownDenied = unknownDenied;
        this.listener = listener;
    }

    /** The mode of calls that have none of their own. */
    PermissionMode mode() {
        return mode;
    }

    void requirePublish(TopicName topic, PermissionMode callMode) {
        if (callMode != PermissionMode.OFF) {
            Verdict verdict = permissions.checkPublish(topic);
            pass(Operation.PUBLISH, topic.value(), topic.parentTopic(), verdict, callMode);
        }
    }

    void requireSubscribe(TopicFilter filter, PermissionMode callMode) {
        if (callMode != PermissionMode.OFF) {
            Verdict verdict = permissions.checkSubscribe(filter);
            pass(Operation.SUBSCRIBE, filter.value(), filter.parentTopic(), verdict, callMode);
        }
    }

    /** Whether a subscribe would pass now; one that cannot be checked would not. */
    boolean isSubscribable(TopicFilter filter, PermissionMode callMode) {
        try {
            requireSubscribe(filter, callMode);
            return true;
        } catch (RuntimeException e) {
            return false;
        }
    }

    /** What the permissions say of an operation, whatever the mode; nobody is told. */
    Outcome outcome(Operation operation, String topic) {
        try {
            return operation == Operation.PUBLISH
                    ? permissions.checkPublish(TopicName.of(topic)).outcome()
                    : permissions.checkSubscribe(TopicFilter.of(topic)).outcome();
        } catch (RuntimeException e) {
            // Asked after a loss: whatever keeps the permissions from being read must not keep the client from healing.
            log.debug("No permissions to ask of {} '{}'", operation, topic, e);
            return Outcome.UNKNOWN;
        }
    }

    /**
     * The same question when a client has connected, for what it wants to be subscribed to: why it does not subscribe, if it does
     * not; that is logged.
     */
    Optional<PermissionDeniedException> refusal(ClientId client, TopicFilter filter, PermissionMode callMode) {
        try {
            requireSubscribe(filter, callMode);
            return Optional.empty();
        } catch (PermissionDeniedException e) {
            log.warn(
                    "Client [{}] does not subscribe to [{}] until its permissions allow it. {}",
                    client,
                    filter,
                    e.getMessage());
            return Optional.of(e);
        }
    }

    private void pass(Operation operation, String topic, String parentTopic, Verdict verdict, PermissionMode callMode) {
        tell(operation, topic, verdict);
        Outcome outcome = verdict.outcome();
        if (outcome == Outcome.ALLOWED) {
            return;
        }
        boolean refused = outcome.isDenied() || unknownDenied;
        if (refused && callMode == PermissionMode.ENFORCE) {
            throw permissions.refusal(operation, topic, verdict);
        }
        warn(
                verdict,
                operation + " " + parentTopic,
                () -> operation == Operation.PUBLISH
                        ? permissions.explainPublish(topic)
                        : permissions.explainSubscribe(topic));
    }

    private void tell(Operation operation, String topic, Verdict verdict) {
        try {
            listener.checked(operation, topic, verdict);
        } catch (RuntimeException | Error e) {
            log.error("Verdict listener failed", e);
        }
    }

    private void warn(Verdict verdict, String what, Supplier<String> explanation) {
        // Where nothing was read at all, one line is enough for every topic.
        boolean nothingRead =
                verdict.outcome() == Outcome.UNKNOWN && verdict.parts().isEmpty();
        if (warned.size() < MAX_WARNINGS && warned.add(nothingRead ? "" : what)) {
            if (nothingRead) {
                log.info("Permissions are not checked locally, the broker decides. {}", explanation.get());
            } else {
                log.warn("{}", explanation.get());
            }
        }
    }
}
