package io.apsaramqtt.client.session;

import io.apsaramqtt.mqtt.TopicFilter;
import io.apsaramqtt.mqtt.TopicName;
import io.apsaramqtt.permission.PermissionDeniedException;
import io.apsaramqtt.permission.PermissionMode;
import io.apsaramqtt.permission.Permissions;
import io.apsaramqtt.permission.Verdict;
import io.apsaramqtt.policy.Outcome;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The check before each publish and subscribe, in the client's mode. Thread-safe. */
public final class PermissionGate {

    private static final Logger log = LoggerFactory.getLogger(PermissionGate.class);

    /** Above this, warnings for further topics go unsaid. */
    private static final int MAX_WARNINGS = 1_000;

    private final Permissions permissions;
    private final PermissionMode mode;
    private final Set<String> warned = ConcurrentHashMap.newKeySet();

    /** A gate that asks {@code permissions}. */
    public PermissionGate(Permissions permissions, PermissionMode mode) {
        this.permissions = permissions;
        this.mode = mode;
    }

    void requirePublish(TopicName topic) {
        if (mode == PermissionMode.OFF) {
            return;
        }
        Verdict verdict = permissions.checkPublish(topic);
        if (verdict.outcome() == Outcome.ALLOWED) {
            return;
        }
        if (mode == PermissionMode.ENFORCE && verdict.isDenied()) {
            permissions.requirePublish(topic);
        }
        warn(verdict, "publish " + topic.parentTopic(), () -> permissions.explainPublish(topic.value()));
    }

    void requireSubscribe(TopicFilter filter) {
        if (mode == PermissionMode.OFF) {
            return;
        }
        Verdict verdict = permissions.checkSubscribe(filter);
        if (verdict.outcome() == Outcome.ALLOWED) {
            return;
        }
        if (mode == PermissionMode.ENFORCE && verdict.isDenied()) {
            permissions.requireSubscribe(filter);
        }
        warn(verdict, "subscribe " + filter.parentTopic(), () -> permissions.explainSubscribe(filter.value()));
    }

    /** The same question without an exception; a denied filter is logged. */
    boolean permitsSubscribe(TopicFilter filter) {
        try {
            requireSubscribe(filter);
            return true;
        } catch (PermissionDeniedException e) {
            log.warn("Not subscribed again, the permissions changed. {}", e.getMessage());
            return false;
        }
    }

    private void warn(Verdict verdict, String what, Supplier<String> explanation) {
        // Where nothing was read at all, one line is enough for every topic.
        String key = verdict.parts().isEmpty() ? "" : what;
        if (warned.size() < MAX_WARNINGS && warned.add(key)) {
            if (key.isEmpty()) {
                log.info("Permissions are not checked locally, the broker decides. {}", explanation.get());
            } else {
                log.warn("{}", explanation.get());
            }
        }
    }
}
