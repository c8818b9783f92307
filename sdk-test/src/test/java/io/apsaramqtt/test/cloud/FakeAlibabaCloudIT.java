package io.apsaramqtt.test.cloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.apsaramqtt.credentials.AccessKey;
import io.apsaramqtt.policy.Policy;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may call, and who may do what. */
class FakeAlibabaCloudIT {

    private static final Instant NOW = Instant.parse("2026-11-21T08:00:00Z");
    private static final AccessKey ACCOUNT = AccessKey.of("LTAI5tCloudAccount", "account-secret");
    private static final AccessKey ALICE = AccessKey.of("LTAI5tCloudAlice", "alice-secret");
    private static final AccessKey SESSION = AccessKey.temporary("STS.NCloudSession", "session-secret", "CAIS-token");
    private static final Map<String, String> USER = Map.of("UserName", "alice");
    private static final String STS = "2015-04-01";
    private static final String RAM = "2015-05-01";

    private FakeAlibabaCloud cloud;

    @BeforeEach
    void start() {
        cloud = FakeAlibabaCloud.builder()
                .clock(Clock.fixed(NOW, ZoneOffset.UTC))
                .account(ACCOUNT)
                .user("alice", ALICE)
                .start();
    }

    @AfterEach
    void stop() {
        cloud.close();
    }

    @Test
    void aNonceCountsOnce() throws IOException {
        HttpRequest request = identity(ALICE, NOW, "nonce-1");

        assertThat(send(request).statusCode()).isEqualTo(200);
        assertError(send(request), 400, "SignatureNonceUsed");
        assertThat(send(identity(ALICE, NOW, "nonce-2")).statusCode()).isEqualTo(200);
    }

    @Test
    void aForgedRequestUsesNoNonceUp() throws IOException {
        AccessKey forged = AccessKey.of(ALICE.id(), "wrong");

        assertError(send(identity(forged, NOW, "nonce-1")), 400, "SignatureDoesNotMatch");
        assertThat(send(identity(ALICE, NOW, "nonce-1")).statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(longs = {-901, 901})
    void aClockThatIsMoreThan15MinutesOffIsRefused(long seconds) throws IOException {
        assertError(send(identity(ALICE, NOW.plusSeconds(seconds), "n")), 400, "InvalidTimeStamp.Expired");
    }

    @ParameterizedTest
    @ValueSource(longs = {-900, 900})
    void aClockThatIs15MinutesOffIsTaken(long seconds) throws IOException {
        assertThat(send(identity(ALICE, NOW.plusSeconds(seconds), "n")).statusCode())
                .isEqualTo(200);
    }

    @Test
    void aDisabledOrDeletedAccessKeyIsRefused() throws IOException {
        cloud.account().accessKeys().setEnabled(ALICE.id(), false);
        assertError(send(identity(ALICE, NOW, "n1")), 403, "InvalidAccessKeyId.Inactive");

        cloud.account().accessKeys().setEnabled(ALICE.id(), true);
        assertThat(send(identity(ALICE, NOW, "n2")).statusCode()).isEqualTo(200);

        cloud.account().accessKeys().delete(ALICE.id());
        assertError(send(identity(ALICE, NOW, "n3")), 404, "InvalidAccessKeyId.NotFound");
    }

    @Test
    void aTemporaryAccessKeyNeedsItsTokenAndEnds() throws IOException {
        cloud.account().role("gateway").addSession("edge", SESSION, NOW.plusSeconds(1));
        AccessKey old = AccessKey.temporary("STS.NCloudOld", "s", "t");
        cloud.account().role("gateway").addSession("edge", old, NOW);

        assertThat(send(identity(SESSION, NOW, "n1")).body()).contains("assumed-role/gateway/edge", "AssumedRoleUser");
        assertError(send(identity(old, NOW, "n2")), 403, "InvalidSecurityToken.Expired");
        assertError(
                send(identity(AccessKey.of(SESSION.id(), SESSION.secret()), NOW, "n3")), 400, "MissingSecurityToken");
        assertError(
                send(identity(AccessKey.temporary(SESSION.id(), SESSION.secret(), "other"), NOW, "n4")),
                403,
                "InvalidSecurityToken.MismatchWithAccessKey");
        assertError(
                send(identity(AccessKey.temporary(ALICE.id(), ALICE.secret(), "any"), NOW, "n5")),
                403,
                "InvalidSecurityToken.MismatchWithAccessKey");
    }

    @Test
    void aUserMayOnlyAskWhatItsPoliciesAllow() throws IOException {
        assertError(ram("ListPoliciesForUser", USER), 403, "NoPermission");

        allow("ram:ListPoliciesForUser", "acs:ram:*:*:user/alice");
        assertThat(ram("ListPoliciesForUser", USER).statusCode()).isEqualTo(200);
        assertError(ram("ListGroupsForUser", USER), 403, "NoPermission");
        assertError(ram("ListPoliciesForUser", Map.of("UserName", "bob")), 403, "NoPermission");

        cloud.account().user("alice").detachAll();
        assertError(ram("ListPoliciesForUser", USER), 403, "NoPermission");
    }

    @Test
    void aGroupOfTheUserCounts() throws IOException {
        cloud.account().group("readers").addMembers("alice").attach("AliyunRAMReadOnlyAccess");
        assertThat(ram("ListPoliciesForUser", USER).statusCode()).isEqualTo(200);

        cloud.account().group("readers").removeMember("alice");
        assertError(ram("ListPoliciesForUser", USER), 403, "NoPermission");
    }

    @Test
    void aSystemPolicyBelongsToTheSystem() throws IOException {
        allow("ram:GetPolicy", "acs:ram:*:" + cloud.account().id() + ":policy/*");

        assertError(
                ram("GetPolicy", Map.of("PolicyName", "AliyunMQFullAccess", "PolicyType", "System")),
                403,
                "NoPermission");
        assertError(
                ram("GetPolicy", Map.of("PolicyName", "none", "PolicyType", "Custom")), 404, "EntityNotExist.Policy");
    }

    @Test
    void aDenyBeatsAnAllow() throws IOException {
        allow("ram:*", "*");
        cloud.account()
                .policies()
                .putCustom(
                        "deny",
                        "{\"Version\":\"1\",\"Statement\":[{\"Effect\":\"Deny\",\"Action\":\"ram:GetUser\",\"Resource\":\"*\"}]}");
        cloud.account().user("alice").attach("deny");

        HttpResponse<String> answer = ram("GetUser", USER);

        assertError(answer, 403, "NoPermission");
        assertThat(answer.body()).contains("\"NoPermissionType\":\"ExplicitDeny\"", "\"AuthAction\":\"ram:GetUser\"");
    }

    @Test
    void whatDoesNotExistIsNotFound() throws IOException {
        CloudClient account = new CloudClient(cloud, ACCOUNT);

        assertError(call(account, "ListGroupsForUser", Map.of("UserName", "bob")), 404, "EntityNotExist.User");
        assertError(call(account, "ListPoliciesForGroup", Map.of("GroupName", "g")), 404, "EntityNotExist.Group");
        assertError(call(account, "ListPoliciesForRole", Map.of("RoleName", "r")), 404, "EntityNotExist.Role");
        assertError(call(account, "ListPoliciesForRole", Map.of()), 400, "MissingRoleName");
        assertError(call(account, "NoSuchOperation", Map.of()), 404, "InvalidAction.NotFound");
        assertError(account.send(account.signed("2000-01-01", "GetUser", USER, NOW, "n")), 400, "InvalidVersion");
    }

    @Test
    void aRequestIsRecordedWithoutItsSecrets() throws IOException {
        cloud.account().role("gateway").addSession("edge", SESSION, NOW.plusSeconds(60));
        call(new CloudClient(cloud, SESSION), "QueryToken", Map.of("Token", "the-token", "InstanceId", "i"));

        List<CloudRequest> requests = cloud.requests().of("QueryToken");

        assertThat(requests).singleElement().satisfies(request -> {
            assertThat(request.parameters()).isEqualTo(Map.of("InstanceId", "i"));
            assertThat(request.caller()).contains("acs:ram::1234567890123456:assumed-role/gateway/edge");
            assertThat(request.errorCode()).contains("InvalidAction.NotFound");
        });
        assertThat(cloud.requests().all().toString())
                .doesNotContain(
                        "the-token", SESSION.secret(), SESSION.securityToken().orElseThrow());
    }

    @Test
    void aPolicyCanVanishBetweenTwoCalls() throws IOException {
        cloud.account().policies().putCustom("short-lived", "{\"Version\":\"1\",\"Statement\":[]}");
        cloud.account().user("alice").attach("short-lived");
        cloud.after("ListPoliciesForUser", () -> cloud.account().policies().delete("short-lived"));
        CloudClient account = new CloudClient(cloud, ACCOUNT);

        HttpResponse<String> first = call(account, "ListPoliciesForUser", USER);
        HttpResponse<String> policy =
                call(account, "GetPolicy", Map.of("PolicyName", "short-lived", "PolicyType", "Custom"));
        HttpResponse<String> second = call(account, "ListPoliciesForUser", USER);

        assertThat(first.body()).contains("short-lived");
        assertError(policy, 404, "EntityNotExist.Policy");
        assertThat(second.body()).doesNotContain("short-lived");
    }

    @Test
    void whoIsDeletedCanNoLongerCall() throws IOException {
        cloud.account().role("gateway").addSession("edge", SESSION, NOW.plusSeconds(60));
        cloud.account().group("readers").addMembers("alice");

        assertThat(cloud.account().deleteUser("alice")).isTrue();
        assertThat(cloud.account().deleteRole("gateway")).isTrue();

        assertError(send(identity(ALICE, NOW, "n1")), 404, "InvalidAccessKeyId.NotFound");
        assertError(send(identity(SESSION, NOW, "n2")), 404, "InvalidAccessKeyId.NotFound");
        assertThat(cloud.account().groupsOf("alice")).isEmpty();
        assertThat(cloud.account().deleteUser("alice")).isFalse();
    }

    @Test
    void whatCannotBeIsRefusedAtOnce() {
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> cloud.account().user("bob").addAccessKey(SESSION))
                .withMessageContaining("temporary");
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> cloud.account().user("bob").addAccessKey(ALICE))
                .withMessageContaining("already known");
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> cloud.account().user("bob").attach("none"))
                .withMessageContaining("[none] does not exist");
        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> FakeAlibabaCloud.builder().port(cloud.port()).start())
                .withMessageContaining("choose another port");
    }

    private void allow(String action, String resource) {
        Policy policy = Policy.parse(
                "allow",
                "{\"Version\":\"1\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"" + action + "\",\"Resource\":\""
                        + resource + "\"}]}");
        cloud.account().policies().putCustom("allow", policy.document());
        cloud.account().user("alice").attach("allow");
    }

    private HttpResponse<String> ram(String action, Map<String, String> parameters) throws IOException {
        return call(new CloudClient(cloud, ALICE), action, parameters);
    }

    private static HttpResponse<String> call(CloudClient client, String action, Map<String, String> parameters)
            throws IOException {
        return client.send(client.signed(RAM, action, parameters, NOW, action + System.nanoTime()));
    }

    private HttpRequest identity(AccessKey accessKey, Instant at, String nonce) {
        return new CloudClient(cloud, accessKey).signed(STS, "GetCallerIdentity", Map.of(), at, nonce);
    }

    private HttpResponse<String> send(HttpRequest request) throws IOException {
        return new CloudClient(cloud, ALICE).send(request);
    }

    private static void assertError(HttpResponse<String> answer, int status, String code) {
        assertThat(answer.body())
                .contains("\"Code\":\"" + code + "\"", "\"RequestId\":", "\"HostId\":", "\"Message\":");
        assertThat(answer.statusCode()).isEqualTo(status);
    }
}
