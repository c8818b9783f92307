package io.apsaramqtt.test.service;

import io.apsaramqtt.credentials.AccessKey;
import io.apsaramqtt.mqtt.ClientId;
import io.apsaramqtt.mqtt.Profile;
import io.apsaramqtt.mqtt.ServiceRuleException;
import io.apsaramqtt.mqtt.ServiceRules;
import io.apsaramqtt.mqtt.TopicFilter;
import io.apsaramqtt.mqtt.TopicName;
import io.apsaramqtt.permission.Permissions;
import io.apsaramqtt.permission.Verdict;
import io.apsaramqtt.policy.PolicySet;
import io.apsaramqtt.test.cloud.mqtt.IssuedCredentials;
import io.apsaramqtt.test.event.BrokerEvents;
import io.apsaramqtt.test.event.RefusedConnect;
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
    private final TokenDesk desk;
    private final Gatekeeper gatekeeper;
    private final Set<String> clientIds = ConcurrentHashMap.newKeySet();
    private final BrokerEvents events = new BrokerEvents();
    private final OpenConnections connections = new OpenConnections();

    /**
     * An instance that knows no AccessKey yet.
     *
     * @param id the instance ID
     * @param groups the groups created on it
     * @param parentTopics the parent topics created on it; empty for "whatever is asked for exists"
     * @param switches what the pages leave open
     * @param issued tokens and device credentials that were handed out elsewhere
     */
    public Instance(
            String id,
            Set<String> groups,
            Set<String> parentTopics,
            ServiceSwitches switches,
            IssuedCredentials issued) {
        this.id = id;
        this.groups = Set.copyOf(groups);
        this.parentTopics = Set.copyOf(parentTopics);
        this.switches = switches;
        this.desk = new TokenDesk(id, issued);
        this.gatekeeper = new Gatekeeper(id, callers, desk);
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

    /** The accepted connections. */
    public OpenConnections connections() {
        return connections;
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

    /** Makes an identity of custom authentication known. */
    public void add(CustomIdentity identity) {
        gatekeeper.add(identity);
    }

    /** The tokens and device credentials of the instance. */
    public TokenDesk desk() {
        return desk;
    }

    /** Whether this user name is an identity of custom authentication here. */
    public boolean knows(String username) {
        return gatekeeper.knows(username);
    }

    /**
     * Whether a connection is accepted. User name and password come first (service page "Signature authentication"), then the
     * client ID and its group, which drop the connection (service pages "Limits", "FAQ about client connections").
     */
    public Admission admit(String username, String clientId, byte[] password) {
        Admission admission = gatekeeper.admit(username, clientId, password);
        if (admission instanceof Admission.Refused) {
            return admission;
        }
        try {
            new ServiceRules(Profile.APSARAMQ, switches.limits()).requireClientId(ClientId.of(clientId));
        } catch (ServiceRuleException e) {
            return new Admission.Refused(RefusedConnect.MALFORMED_CLIENT_ID);
        }
        return groups.contains(groupOf(clientId)) ? admission : new Admission.Refused(RefusedConnect.UNKNOWN_GROUP);
    }

    /** Whether the client may publish: at each PUBLISH anew (service page "FAQ about client connections"). */
    public Ruling publish(Rights rights, String clientId, String topic, int payloadLength) {
        if (payloadLength > switches.limits().payloadBytes()) {
            return Ruling.denied("payload of " + payloadLength + " bytes, the limit is "
                    + switches.limits().payloadBytes());
        }
        if (topic.startsWith("$")) {
            return Ruling.denied("no topic of the service begins with '$'");
        }
        TopicName name = TopicName.of(topic);
        return decide(rights, clientId, name.parentTopic(), permissions -> permissions.checkPublish(name));
    }

    /** Whether the client may subscribe: at each SUBSCRIBE anew (service page "FAQ about client connections"). */
    public Ruling subscribe(Rights rights, String clientId, String topicFilter) {
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
        return decide(rights, clientId, filter.parentTopic(), permissions -> permissions.checkSubscribe(filter));
    }

    private Ruling decide(Rights rights, String clientId, String parentTopic, Function<Permissions, Verdict> question) {
        if (rights instanceof TokenRights tokens) {
            Optional<TokenProblem> problem = tokens.problem();
            if (problem.isPresent()) {
                return Ruling.denied("token of type " + problem.get().type() + " is not valid, code "
                        + problem.get().code());
            }
        }
        boolean wildcard = "+".equals(parentTopic) || "#".equals(parentTopic);
        if (!parentTopics.isEmpty() && !wildcard && !parentTopics.contains(parentTopic)) {
            return Ruling.denied("parent topic [" + parentTopic + "] was not created");
        }
        // An unknown outcome passes: a broker that refused what its policies may allow would fail correct programs.
        return rights.verdict(groupOf(clientId), question)
                .filter(Verdict::isDenied)
                .map(verdict -> Ruling.denied(verdict.outcome().toString()))
                .orElse(Ruling.ALLOWED);
    }

    private static String groupOf(String clientId) {
        return ClientId.of(clientId).groupId().orElse("");
    }

    /** The instance ID. */
    @Override
    public String toString() {
        return "Instance[" + id + "]";
    }
}
