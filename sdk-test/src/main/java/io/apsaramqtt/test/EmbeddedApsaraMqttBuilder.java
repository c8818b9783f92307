package io.apsaramqtt.test;

import io.apsaramqtt.authentication.SignMode;
import io.apsaramqtt.credentials.AccessKey;
import io.apsaramqtt.mqtt.ServiceLimits;
import io.apsaramqtt.permission.TopicRule;
import io.apsaramqtt.policy.Policy;
import io.apsaramqtt.policy.PolicySet;
import io.apsaramqtt.test.cloud.mqtt.CredentialStore;
import io.apsaramqtt.test.cloud.mqtt.IssuedCredentials;
import io.apsaramqtt.test.hivemq.HiveMqBroker;
import io.apsaramqtt.test.service.CustomIdentity;
import io.apsaramqtt.test.service.Instance;
import io.apsaramqtt.test.service.ServiceSwitches;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Builds an {@link EmbeddedApsaraMqtt}. The first methods say what exists on the instance; the last ones are switches for
 * what the pages of the service leave open.
 *
 * <p>Not thread-safe.
 */
public final class EmbeddedApsaraMqttBuilder {

    private static final AtomicInteger STARTED = new AtomicInteger();

    private final Set<String> groups = new LinkedHashSet<>();
    private final Set<String> parentTopics = new LinkedHashSet<>();
    /** The account's own AccessKeys have no policies. */
    private final Map<AccessKey, Optional<PolicySet>> accessKeys = new LinkedHashMap<>();

    private String instanceId = "post-cn-test" + STARTED.incrementAndGet();
    private int port;
    private boolean badCredentialsCode;
    private boolean negativeAcknowledgement;
    private boolean firstLevelWildcards;
    private boolean instanceAccessRequired;
    private final List<CustomIdentity> identities = new ArrayList<>();
    private IssuedCredentials issued = new CredentialStore(Clock.systemUTC(), new SecureRandom());
    private Duration tokenNoticeLead = Duration.ofMinutes(5);
    private ServiceLimits limits = ServiceLimits.standard();

    EmbeddedApsaraMqttBuilder() {}

    /** The instance ID; default: one that no other instance of this JVM has. */
    public EmbeddedApsaraMqttBuilder instanceId(String id) {
        this.instanceId = id;
        return this;
    }

    /** The port at 127.0.0.1; default 0: any free one. The broker is shared, so the first instance of a JVM decides. */
    public EmbeddedApsaraMqttBuilder port(int number) {
        this.port = number;
        return this;
    }

    /** Creates a group on the instance; may be called again. Default: {@code GID_test}. */
    public EmbeddedApsaraMqttBuilder group(String groupId) {
        groups.add(groupId);
        return this;
    }

    /**
     * Creates a parent topic on the instance; may be called again. Publishing to another one, or subscribing to it, closes
     * the connection (service page "FAQ about client connections"). Default: whatever is asked for exists.
     */
    public EmbeddedApsaraMqttBuilder parentTopic(String parentTopic) {
        parentTopics.add(parentTopic);
        return this;
    }

    /** An AccessKey of the account itself, which may do everything. Default, if there is no user either: a made-up one. */
    public EmbeddedApsaraMqttBuilder account(AccessKey accessKey) {
        accessKeys.put(accessKey, Optional.empty());
        return this;
    }

    /** An AccessKey of a RAM user, who may do what {@code policies} allow: without any, connect and receive P2P messages. */
    public EmbeddedApsaraMqttBuilder user(AccessKey accessKey, Policy... policies) {
        accessKeys.put(accessKey, Optional.of(PolicySet.of(policies)));
        return this;
    }

    /**
     * An identity of custom authentication, which any client ID of a created group may use, and the rows of its topic
     * permissions. Without a row that allows an operation it is denied; where one allows and another denies, it passes, as no
     * page says which wins.
     */
    public EmbeddedApsaraMqttBuilder identity(String username, String secret, SignMode mode, TopicRule... rows) {
        identities.add(new CustomIdentity(username, secret, mode, List.of(rows)));
        return this;
    }

    /**
     * Accepts the tokens and device credentials that a {@code FakeAlibabaCloud} has issued for the instance ID, beside those that
     * the instance hands out itself.
     */
    public EmbeddedApsaraMqttBuilder issued(IssuedCredentials elsewhere) {
        this.issued = elsewhere;
        return this;
    }

    /** How long before a token expires its client is given notice; default 5 minutes. At once where less is left. */
    public EmbeddedApsaraMqttBuilder tokenNoticeLead(Duration lead) {
        this.tokenNoticeLead = lead;
        return this;
    }

    /** The limits of the instance's edition, of which the broker enforces client ID and payload. */
    public EmbeddedApsaraMqttBuilder limits(ServiceLimits serviceLimits) {
        this.limits = serviceLimits;
        return this;
    }

    /**
     * Whether a refused connection is told "bad user name or password" (code 4, in MQTT 5 0x86). Default: no, "not
     * authorized" (5, 0x87), which is the word in the service's connection history; no page lists the codes.
     */
    public EmbeddedApsaraMqttBuilder badCredentialsCode(boolean yes) {
        this.badCredentialsCode = yes;
        return this;
    }

    /**
     * Whether an MQTT 5 client gets PUBACK, PUBREC or SUBACK 0x87 for what is denied; after PUBACK and PUBREC the
     * connection is closed all the same, after SUBACK it stays. Default: no, a DISCONNECT 0x87 and then the connection is
     * closed. MQTT 3.1.1 clients are always cut off without a word.
     */
    public EmbeddedApsaraMqttBuilder negativeAcknowledgement(boolean yes) {
        this.negativeAcknowledgement = yes;
        return this;
    }

    /**
     * Whether a topic filter may begin with a wildcard. Default: no, it is denied, since the first level must name a parent
     * topic that was created and granted.
     */
    public EmbeddedApsaraMqttBuilder firstLevelWildcards(boolean yes) {
        this.firstLevelWildcards = yes;
        return this;
    }

    /**
     * Whether every operation of a RAM user also needs {@code mq:MqttInstanceAccess}, as one page says and the system
     * policies contradict. Default: no.
     */
    public EmbeddedApsaraMqttBuilder instanceAccessRequired(boolean yes) {
        this.instanceAccessRequired = yes;
        return this;
    }

    /**
     * Opens the instance, and starts the broker of this JVM if it is the first. Blocks for one to two seconds then.
     *
     * @throws IllegalStateException if the instance ID is taken or the broker cannot start on the port
     * @throws IllegalArgumentException if an AccessKey is temporary or given twice
     */
    public EmbeddedApsaraMqtt start() {
        if (groups.isEmpty()) {
            group("GID_test");
        }
        if (accessKeys.isEmpty()) {
            account(AccessKey.of("LTAI5tEmbeddedAccount", UUID.randomUUID().toString()));
        }
        Instance instance = new Instance(
                instanceId,
                groups,
                parentTopics,
                new ServiceSwitches(
                        badCredentialsCode,
                        negativeAcknowledgement,
                        firstLevelWildcards,
                        instanceAccessRequired,
                        tokenNoticeLead,
                        limits),
                issued);
        identities.forEach(instance::add);
        accessKeys.forEach((accessKey, policies) -> policies.ifPresentOrElse(
                granted -> instance.addUser(accessKey, granted), () -> instance.addAccount(accessKey)));
        HiveMqBroker broker = HiveMqBroker.onPort(port);
        broker.instances().open(instance);
        return new EmbeddedApsaraMqtt(
                broker,
                instance,
                groups.iterator().next(),
                accessKeys.keySet().iterator().next());
    }
}
