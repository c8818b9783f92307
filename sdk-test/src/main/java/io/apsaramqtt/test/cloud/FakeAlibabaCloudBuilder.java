package io.apsaramqtt.test.cloud;

import io.apsaramqtt.credentials.AccessKey;
import io.apsaramqtt.policy.Policy;
import io.apsaramqtt.test.cloud.account.Account;
import io.apsaramqtt.test.cloud.account.User;
import io.apsaramqtt.test.cloud.mqtt.CredentialStore;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Builds a {@link FakeAlibabaCloud}. What it does not cover, such as groups, roles and versions, is made in
 * {@link FakeAlibabaCloud#account()}.
 *
 * <p>Not thread-safe.
 */
public final class FakeAlibabaCloudBuilder {

    private static final List<String> MQ_POLICIES =
            List.of("AliyunMQFullAccess", "AliyunMQPubOnlyAccess", "AliyunMQSubOnlyAccess", "AliyunMQReadOnlyAccess");
    private static final String RAM_READ_ONLY = """
            {"Version":"1","Statement":[{"Effect":"Allow","Action":["ram:Get*","ram:List*"],"Resource":"*"}]}""";

    private final List<Consumer<Account>> contents = new ArrayList<>();
    private String accountId = "1234567890123456";
    private Clock clock = Clock.systemUTC();
    private int port;

    FakeAlibabaCloudBuilder() {}

    /** The account ID; default {@code 1234567890123456}. */
    public FakeAlibabaCloudBuilder accountId(String id) {
        this.accountId = id;
        return this;
    }

    /** The clock that signatures, tokens and temporary AccessKeys are judged by; default: the system's. */
    public FakeAlibabaCloudBuilder clock(Clock time) {
        this.clock = time;
        return this;
    }

    /** The port at 127.0.0.1; default 0: any free one. */
    public FakeAlibabaCloudBuilder port(int number) {
        this.port = number;
        return this;
    }

    /** An AccessKey of the account itself, which may do everything. */
    public FakeAlibabaCloudBuilder account(AccessKey accessKey) {
        contents.add(account -> account.addAccessKey(accessKey));
        return this;
    }

    /** A RAM user with an AccessKey and custom policies of its own. */
    public FakeAlibabaCloudBuilder user(String name, AccessKey accessKey, Policy... policies) {
        List<Policy> attached = List.of(policies);
        contents.add(account -> {
            User user = account.user(name).addAccessKey(accessKey);
            attached.forEach(policy -> {
                account.policies().putCustom(policy.name(), policy.document());
                user.attach(policy.name());
            });
        });
        return this;
    }

    /** An instance of ApsaraMQ for MQTT, which tokens and device credentials are for. */
    public FakeAlibabaCloudBuilder instance(String instanceId) {
        contents.add(account -> account.addInstance(instanceId));
        return this;
    }

    /**
     * Starts the cloud.
     *
     * @throws IllegalStateException if it cannot start on the port
     * @throws IllegalArgumentException if an AccessKey is temporary or given twice
     */
    public FakeAlibabaCloud start() {
        Account account = new Account(accountId, clock);
        MQ_POLICIES.forEach(
                name -> account.policies().putSystem(name, Policy.system(name).document()));
        account.policies().putSystem("AliyunRAMReadOnlyAccess", RAM_READ_ONLY);
        contents.forEach(content -> content.accept(account));
        CredentialStore store = new CredentialStore(clock, new SecureRandom());
        Faults faults = new Faults();
        CloudRequests requests = new CloudRequests();
        CloudService service = new CloudService(account, store, clock, faults, requests);
        try {
            CloudServer server = new CloudServer(port, service, faults, requests);
            server.start();
            return new FakeAlibabaCloud(account, store, faults, requests, service, server);
        } catch (IOException e) {
            throw new IllegalStateException(
                    "The fake cloud cannot listen at 127.0.0.1:" + port
                            + "; choose another port, or 0 for any free one",
                    e);
        }
    }
}
