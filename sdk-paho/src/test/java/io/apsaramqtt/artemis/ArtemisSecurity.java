package io.apsaramqtt.artemis;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.security.auth.Subject;
import org.apache.activemq.artemis.core.security.CheckType;
import org.apache.activemq.artemis.core.security.Role;
import org.apache.activemq.artemis.spi.core.protocol.RemotingConnection;
import org.apache.activemq.artemis.spi.core.security.ActiveMQSecurityManager5;
import org.apache.activemq.artemis.spi.core.security.jaas.UserPrincipal;
import org.jspecify.annotations.Nullable;

/**
 * Who may connect to an {@link ArtemisBroker}, and what is denied: by default nobody is unknown and nothing denied. Rules are
 * in MQTT's words, without a dot in a level; {@code billing/#} is {@code billing} and all that begins with {@code billing/}.
 * They can be changed while clients are connected. Thread-safe.
 */
public final class ArtemisSecurity implements ActiveMQSecurityManager5 {

    private static final Set<CheckType> SUBSCRIBE =
            Set.of(CheckType.CREATE_DURABLE_QUEUE, CheckType.CREATE_NON_DURABLE_QUEUE, CheckType.CONSUME);

    private final Map<String, String> passwords = new ConcurrentHashMap<>();
    private final Set<String> publishDenied = ConcurrentHashMap.newKeySet();
    private final Set<String> subscribeDenied = ConcurrentHashMap.newKeySet();

    /** From the first user on, nobody else may connect. A known user gets a new password. */
    public ArtemisSecurity user(String name, String password) {
        passwords.put(name, password);
        return this;
    }

    /** Denies to publish. */
    public ArtemisSecurity denyPublish(String topics) {
        publishDenied.add(topics);
        return this;
    }

    /** Denies to subscribe; what is compared is the text of the filter. */
    public ArtemisSecurity denySubscribe(String topics) {
        subscribeDenied.add(topics);
        return this;
    }

    /** Forgets all denials. */
    public ArtemisSecurity allowAll() {
        publishDenied.clear();
        subscribeDenied.clear();
        return this;
    }

    @Override
    public @Nullable Subject authenticate(
            @Nullable String user, @Nullable String password, RemotingConnection connection, String securityDomain) {
        if (!passwords.isEmpty() && !isKnown(user, password)) {
            return null;
        }
        Subject subject = new Subject();
        // Without a principal the broker takes nobody for authorized.
        subject.getPrincipals().add(new UserPrincipal(user == null ? "nobody" : user));
        return subject;
    }

    private boolean isKnown(@Nullable String user, @Nullable String password) {
        return user != null && password != null && password.equals(passwords.get(user));
    }

    @Override
    public boolean authorize(Subject subject, Set<Role> roles, CheckType checkType, String address) {
        if (checkType == CheckType.SEND) {
            return !isDenied(publishDenied, topic(address));
        }
        return !SUBSCRIBE.contains(checkType) || !isDenied(subscribeDenied, topic(address));
    }

    /** Artemis has {@code a.b} for {@code a/b}, {@code *} for {@code +}, and appends the queue of a subscription after {@code ::}. */
    private static String topic(String address) {
        int queue = address.indexOf("::");
        return (queue < 0 ? address : address.substring(0, queue))
                .replace('.', '/')
                .replace('*', '+');
    }

    private static boolean isDenied(Set<String> rules, String topic) {
        return rules.stream().anyMatch(rule -> covers(rule, topic));
    }

    private static boolean covers(String rule, String topic) {
        if (!rule.endsWith("/#")) {
            return rule.equals(topic);
        }
        String parent = rule.substring(0, rule.length() - 2);
        return topic.equals(parent) || topic.startsWith(parent + "/");
    }

    @Override
    public boolean validateUser(String user, String password) {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean validateUserAndRole(String user, String password, Set<Role> roles, CheckType checkType) {
        throw new UnsupportedOperationException();
    }
}
