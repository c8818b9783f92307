package io.apsaramqtt.test.cloud;

import io.apsaramqtt.test.cloud.account.Account;
import io.apsaramqtt.test.cloud.mqtt.IssuedCredentials;

/**
 * Alibaba Cloud in this JVM, at 127.0.0.1, for tests: an account with users, groups, roles and policies, asked over the real
 * OpenAPI.
 *
 * <p>It verifies each signature (ACS3-HMAC-SHA256, and HMAC-SHA1 of the older RPC style), the time stamp, the nonce and the
 * hash of the body, and authorizes callers by their own policies. It serves, on one port for all hosts: STS GetCallerIdentity;
 * RAM GetUser, ListGroupsForUser, ListPoliciesForUser, ListPoliciesForGroup, ListPoliciesForRole, GetPolicy, GetPolicyVersion;
 * IMS GetDefaultDomain; Resource Management ListPolicyAttachments, GetResourceDirectory; ApsaraMQ for MQTT ApplyToken,
 * QueryToken, RevokeToken, RegisterDeviceCredential, GetDeviceCredential, RefreshDeviceCredential, UnRegisterDeviceCredential.
 * Anything else is {@code InvalidAction.NotFound}.
 *
 * <pre>{@code
 * try (FakeAlibabaCloud cloud = FakeAlibabaCloud.builder()
 *         .user("sensor-gateway", accessKey, Policy.parse("sensor-pub", document))
 *         .start()) {
 *     // call cloud.endpoint(), then make it fail:
 *     cloud.fault(CloudFault.throttled().on("GetPolicy").times(2));
 * }
 * }</pre>
 *
 * <p>Callers are authorized by the evaluator of the SDK: where it is wrong, both are wrong together.
 *
 * <p>Thread-safe. All its threads are daemons.
 */
public final class FakeAlibabaCloud implements AutoCloseable {

    private final Account account;
    private final IssuedCredentials issued;
    private final Faults faults;
    private final CloudRequests requests;
    private final CloudService service;
    private final CloudServer server;

    FakeAlibabaCloud(
            Account account,
            IssuedCredentials issued,
            Faults faults,
            CloudRequests requests,
            CloudService service,
            CloudServer server) {
        this.account = account;
        this.issued = issued;
        this.faults = faults;
        this.requests = requests;
        this.service = service;
        this.server = server;
    }

    /** A builder of a cloud whose account is empty. */
    public static FakeAlibabaCloudBuilder builder() {
        return new FakeAlibabaCloudBuilder();
    }

    /** Where to send requests, such as {@code http://127.0.0.1:41234}. */
    public String endpoint() {
        return "http://" + host();
    }

    /** Host and port, such as {@code 127.0.0.1:41234}: what the official clients take as an endpoint. */
    public String host() {
        return "127.0.0.1:" + port();
    }

    /** The port at 127.0.0.1. */
    public int port() {
        return server.port();
    }

    /** The account, to be changed at any time. */
    public Account account() {
        return account;
    }

    /** The tokens and device credentials that were handed out. */
    public IssuedCredentials issued() {
        return issued;
    }

    /** What the cloud was asked. */
    public CloudRequests requests() {
        return requests;
    }

    /** Switches a fault on; several add up, one for each request, the oldest first. */
    public void fault(CloudFault fault) {
        faults.add(fault);
    }

    /** Switches all faults off, and sends the answers that were held back. */
    public void heal() {
        faults.heal();
    }

    /**
     * Changes something once, after the next answer to an operation is made and before it is sent: what the client asks next
     * meets the change. A second change for the same operation replaces one that is still to come.
     *
     * @param action the operation, such as {@code ListPoliciesForUser}
     * @param change what to do; must not block
     */
    public void after(String action, Runnable change) {
        service.after(action, change);
    }

    /** Ends all connections and the server. Blocks until it is done. */
    @Override
    public void close() {
        server.stop();
    }

    /** Account and endpoint. */
    @Override
    public String toString() {
        return "FakeAlibabaCloud[" + account.id() + " at " + endpoint() + "]";
    }
}
