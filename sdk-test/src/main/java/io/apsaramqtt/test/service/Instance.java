package io.apsaramqtt.test.service;

import io.apsaramqtt.authentication.Authentication;
import io.apsaramqtt.credentials.AccessKey;
import io.apsaramqtt.credentials.CredentialsProvider;
import io.apsaramqtt.mqtt.ClientId;
import io.apsaramqtt.mqtt.Profile;
import io.apsaramqtt.mqtt.ServiceRuleException;
import io.apsaramqtt.mqtt.ServiceRules;
import io.apsaramqtt.mqtt.TopicFilter;
import io.apsaramqtt.mqtt.TopicName;
import io.apsaramqtt.permission.Permissions;
import io.apsaramqtt.permission.Verdict;
import io.apsaramqtt.policy.PolicySet;
import io.apsaramqtt.test.event.BrokerEvents;
import io.apsaramqtt.test.event.RefusedConnect;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * An instance of the service, without the broker that carries its messages: who may connect, publish and subscribe.
 *
 * <p>Thread-safe.
 */
public final class Instance {

    private final String id;
    private final Set<String> groups;
    private final Set<String> parentTopics;
    private final ServiceSwitches switches;
    private final Map<String, Caller> callers = new ConcurrentHashMap<>();
    private final Set<String> clientIds = ConcurrentHashMap.newKeySet();
    private final BrokerEvents events = new BrokerEvents();

    /**
     * An instance that knows no AccessKey yet.
     *
     * @param id the instance ID
     * @param groups the groups created on it
     * @param parentTopics the parent topics created on it; empty for "whatever is asked for exists"
     * @param switches what the pages leave open
     */
    public Instance(String id, Set<String> groups, Set<String> parentTopics, ServiceSwitches switches) {
        this.id = id;
        this.groups = Set.copyOf(groups);
        this.parentTopics = Set.copyOf(parentTopics);
        this.switches = switches;
    }

    /** Makes an AccessKey of the account itself known: it may do everything. */
    public void addAccount(AccessKey accessKey) {
        add(Caller.account(accessKey, id));
    }

    /** Makes an AccessKey of a RAM user known, who may do what the policies allow. */
    public void addUser(AccessKey accessKey, PolicySet policies) {
        add(Caller.ramUser(accessKey, id, switches.instanceAccessRequired(), policies));
    }

    private void add(Caller caller) {
        if (caller.accessKey().isTemporary()) {
            throw new IllegalArgumentException(
                    "AccessKey [" + caller.accessKey().maskedId()
                            + "] is temporary, which cannot sign a connection; use a permanent one");
        }
        if (callers.putIfAbsent(caller.accessKey().id(), caller) != null) {
            throw new IllegalArgumentException(
                    "AccessKey [" + caller.accessKey().maskedId() + "] was given twice; give all its policies at once");
        }
    }

    /** Replaces the policies of a RAM user, for the next operation of connections that are open, too. */
    public void setPolicies(String accessKeyId, PolicySet policies) {
        Caller caller = callers.get(accessKeyId);
        if (caller == null) {
            throw new IllegalArgumentException("AccessKey [" + accessKeyId + "] is not known to instance [" + id
                    + "]; known are users given to the builder");
        }
        caller.setPolicies(policies);
    }

    /** The instance ID. */
    public String id() {
        return id;
    }

    /** What happened on the instance. */
    public BrokerEvents events() {
        return events;
    }

    /** The client IDs that ever connected, and may still have a session. */
    public Set<String> clientIds() {
        return clientIds;
    }

    /** Notes that a client is connected. */
    public void connected(String clientId) {
        clientIds.add(clientId);
    }

    /** What the pages leave open. */
    public ServiceSwitches switches() {
        return switches;
    }

    /**
     * Why a connection is refused, empty if it is accepted. User name and password come first (service page "Signature
     * authentication"), then the client ID and its group, which drop the connection (service pages "Limits", "FAQ about
     * client connections").
     */
    public Optional<RefusedConnect> refusal(String accessKeyId, String clientId, byte[] password) {
        Caller caller = callers.get(accessKeyId);
        if (caller == null) {
            return Optional.of(RefusedConnect.UNKNOWN_ACCESS_KEY);
        }
        if (!isSignature(caller, clientId, password)) {
            return Optional.of(RefusedConnect.WRONG_SIGNATURE);
        }
        try {
            new ServiceRules(Profile.APSARAMQ, switches.limits()).requireClientId(ClientId.of(clientId));
        } catch (ServiceRuleException e) {
            return Optional.of(RefusedConnect.MALFORMED_CLIENT_ID);
        }
        return groups.contains(groupOf(clientId)) ? Optional.empty() : Optional.of(RefusedConnect.UNKNOWN_GROUP);
    }

    private boolean isSignature(Caller caller, String clientId, byte[] password) {
        byte[] expected = Authentication.signature(id, CredentialsProvider.of(caller.accessKey()))
                .sign(ClientId.of(clientId))
                .password()
                .orElseThrow()
                .getBytes(StandardCharsets.UTF_8);
        return MessageDigest.isEqual(expected, password);
    }

    /** Whether the client may publish: at each PUBLISH anew (service page "FAQ about client connections"). */
    public Ruling publish(String accessKeyId, String clientId, String topic, int payloadLength) {
        if (payloadLength > switches.limits().payloadBytes()) {
            return Ruling.denied("payload of " + payloadLength + " bytes, the limit is "
                    + switches.limits().payloadBytes());
        }
        if (topic.startsWith("$")) {
            return Ruling.denied("no topic of the service begins with '$'");
        }
        TopicName name = TopicName.of(topic);
        return decide(accessKeyId, clientId, name.parentTopic(), permissions -> permissions.checkPublish(name));
    }

    /** Whether the client may subscribe: at each SUBSCRIBE anew (service page "FAQ about client connections"). */
    public Ruling subscribe(String accessKeyId, String clientId, String topicFilter) {
        TopicFilter filter = TopicFilter.of(topicFilter);
        if (filter.shareName().isPresent()) {
            return Ruling.denied("the service has no shared subscriptions");
        }
        if (topicFilter.startsWith("$")) {
            return Ruling.denied("no topic of the service begins with '$'");
        }
        if (filter.startsWithWildcard() && !switches.firstLevelWildcards()) {
            return Ruling.denied("the first level must name a parent topic");
        }
        return decide(accessKeyId, clientId, filter.parentTopic(), permissions -> permissions.checkSubscribe(filter));
    }

    private Ruling decide(
            String accessKeyId, String clientId, String parentTopic, Function<Permissions, Verdict> question) {
        Caller caller = callers.get(accessKeyId);
        if (caller == null) {
            return Ruling.denied("AccessKey is not known any more");
        }
        boolean wildcard = "+".equals(parentTopic) || "#".equals(parentTopic);
        if (!parentTopics.isEmpty() && !wildcard && !parentTopics.contains(parentTopic)) {
            return Ruling.denied("parent topic [" + parentTopic + "] was not created");
        }
        // An unknown outcome passes: a broker that refused what its policies may allow would fail correct programs.
        return caller.verdict(groupOf(clientId), question)
                .filter(Verdict::isDenied)
                .map(verdict -> Ruling.denied(verdict.outcome().toString()))
                .orElse(Ruling.ALLOWED);
    }

    private static String groupOf(String clientId) {
        return ClientId.of(clientId).groupId().orElse("");
    }

    /** The AccessKey ID, masked. */
    public String masked(String accessKeyId) {
        Caller caller = callers.get(accessKeyId);
        return caller == null ? "unknown" : caller.accessKey().maskedId();
    }

    /** The instance ID. */
    @Override
    public String toString() {
        return "Instance[" + id + "]";
    }
}
