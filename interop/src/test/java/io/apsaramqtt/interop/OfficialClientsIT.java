package io.apsaramqtt.interop;

import static org.assertj.core.api.Assertions.assertThat;

import com.aliyun.ram20150501.models.GetPolicyRequest;
import com.aliyun.ram20150501.models.GetPolicyResponseBody;
import com.aliyun.ram20150501.models.GetPolicyVersionRequest;
import com.aliyun.ram20150501.models.GetUserRequest;
import com.aliyun.ram20150501.models.ListGroupsForUserRequest;
import com.aliyun.ram20150501.models.ListPoliciesForGroupRequest;
import com.aliyun.ram20150501.models.ListPoliciesForRoleRequest;
import com.aliyun.ram20150501.models.ListPoliciesForUserRequest;
import com.aliyun.sts20150401.models.GetCallerIdentityResponseBody;
import io.apsaramqtt.credentials.AccessKey;
import io.apsaramqtt.interop.OfficialClients.Call;
import io.apsaramqtt.test.cloud.FakeAlibabaCloud;
import io.apsaramqtt.test.cloud.account.Account;
import io.apsaramqtt.test.cloud.account.ResourceDirectory;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Every operation of the fake, called by the official clients. */
class OfficialClientsIT {

    private static final AccessKey ACCOUNT = AccessKey.of("LTAI5tInteropAccount", "account-secret");
    private static final AccessKey ALICE = AccessKey.of("LTAI5tInteropAlice", "alice-secret");
    private static final AccessKey SESSION =
            AccessKey.temporary("STS.NInteropSession", "session-secret", "CAIS+token/with=all&it%may hold");
    private static final String DOCUMENT = """
            {"Version":"1","Statement":[{"Effect":"Allow","Action":"mq:*","Resource":"*"}]}""";
    private static final String ACCOUNT_ID = "1234567890123456";
    private static final String INSTANCE = "post-cn-interop";

    private static FakeAlibabaCloud cloud;

    @BeforeAll
    static void start() {
        cloud = FakeAlibabaCloud.builder()
                .accountId(ACCOUNT_ID)
                .account(ACCOUNT)
                .user("alice", ALICE)
                .instance(INSTANCE)
                .start();
        Account account = cloud.account();
        account.policies().putCustom("sensor-pub", DOCUMENT);
        account.policies().addVersion("sensor-pub", DOCUMENT.replace("mq:*", "mq:PUB"), true);
        account.user("alice").attach("sensor-pub", "AliyunRAMReadOnlyAccess");
        account.user("alice").attachWithin("rg-sensors", "AliyunMQFullAccess");
        account.group("sensors").addMembers("alice").attach("AliyunMQReadOnlyAccess");
        account.role("gateway").attach("AliyunMQFullAccess", "AliyunRAMReadOnlyAccess");
        account.role("gateway").addSession("edge-1", SESSION, Instant.now().plus(1, ChronoUnit.HOURS));
    }

    @AfterAll
    static void stop() {
        cloud.close();
    }

    @Test
    void stsTellsWhoCalls() throws Exception {
        GetCallerIdentityResponseBody user =
                OfficialClients.sts(cloud, ALICE).getCallerIdentity().getBody();

        assertThat(user.getIdentityType()).isEqualTo("RAMUser");
        assertThat(user.getAccountId()).isEqualTo(ACCOUNT_ID);
        assertThat(user.getArn()).isEqualTo("acs:ram::" + ACCOUNT_ID + ":user/alice");
        assertThat(user.getUserId()).isEqualTo(user.getPrincipalId());
        assertThat(user.getRequestId()).isNotEmpty();
    }

    @Test
    void stsTellsARoleSessionAndTheAccountApart() throws Exception {
        GetCallerIdentityResponseBody session =
                OfficialClients.sts(cloud, SESSION).getCallerIdentity().getBody();
        GetCallerIdentityResponseBody account =
                OfficialClients.sts(cloud, ACCOUNT).getCallerIdentity().getBody();

        assertThat(session.getIdentityType()).isEqualTo("AssumedRoleUser");
        assertThat(session.getArn()).isEqualTo("acs:ram::" + ACCOUNT_ID + ":assumed-role/gateway/edge-1");
        assertThat(session.getPrincipalId()).isEqualTo(session.getRoleId() + ":edge-1");
        assertThat(account.getIdentityType()).isEqualTo("Account");
        assertThat(account.getUserId()).isEqualTo(ACCOUNT_ID);
    }

    @Test
    void ramListsThePoliciesOfAUserAndNotThoseOfItsResourceGroups() throws Exception {
        var policies = OfficialClients.ram(cloud, ALICE)
                .listPoliciesForUser(new ListPoliciesForUserRequest().setUserName("alice"))
                .getBody()
                .getPolicies()
                .getPolicy();

        assertThat(policies)
                .extracting(policy ->
                        policy.getPolicyType() + " " + policy.getPolicyName() + " " + policy.getDefaultVersion())
                .containsExactly("Custom sensor-pub v2", "System AliyunRAMReadOnlyAccess v1");
    }

    @Test
    void ramListsGroupsAndTheirPolicies() throws Exception {
        var ram = OfficialClients.ram(cloud, ALICE);

        var groups = ram.listGroupsForUser(new ListGroupsForUserRequest().setUserName("alice"))
                .getBody()
                .getGroups()
                .getGroup();
        var policies = ram.listPoliciesForGroup(new ListPoliciesForGroupRequest().setGroupName("sensors"))
                .getBody()
                .getPolicies()
                .getPolicy();

        assertThat(groups).extracting(group -> group.getGroupName()).containsExactly("sensors");
        assertThat(policies).extracting(policy -> policy.getPolicyName()).containsExactly("AliyunMQReadOnlyAccess");
    }

    @Test
    void ramListsThePoliciesOfARoleForItsSession() throws Exception {
        var policies = OfficialClients.ram(cloud, SESSION)
                .listPoliciesForRole(new ListPoliciesForRoleRequest().setRoleName("gateway"))
                .getBody()
                .getPolicies()
                .getPolicy();

        assertThat(policies)
                .extracting(policy -> policy.getPolicyName())
                .containsExactly("AliyunMQFullAccess", "AliyunRAMReadOnlyAccess");
    }

    @Test
    void ramGivesThePolicyInItsDefaultVersionAndEachVersion() throws Exception {
        var ram = OfficialClients.ram(cloud, ALICE);

        GetPolicyResponseBody policy = ram.getPolicy(
                        new GetPolicyRequest().setPolicyName("sensor-pub").setPolicyType("Custom"))
                .getBody();
        var first = ram.getPolicyVersion(new GetPolicyVersionRequest()
                        .setPolicyName("sensor-pub")
                        .setPolicyType("Custom")
                        .setVersionId("v1"))
                .getBody()
                .getPolicyVersion();

        assertThat(policy.getPolicy().getDefaultVersion()).isEqualTo("v2");
        assertThat(policy.getPolicy().getAttachmentCount()).isEqualTo(1);
        assertThat(policy.getDefaultPolicyVersion().getPolicyDocument()).contains("mq:PUB");
        assertThat(policy.getDefaultPolicyVersion().getIsDefaultVersion()).isTrue();
        assertThat(first.getPolicyDocument()).isEqualTo(DOCUMENT);
        assertThat(first.getIsDefaultVersion()).isFalse();
    }

    @Test
    void ramGivesAUser() throws Exception {
        var user = OfficialClients.ram(cloud, ALICE)
                .getUser(new GetUserRequest().setUserName("alice"))
                .getBody()
                .getUser();

        assertThat(user.getUserName()).isEqualTo("alice");
        assertThat(user.getUserId()).isEqualTo(cloud.account().user("alice").id());
    }

    @Test
    void resourceManagerListsAttachmentsPageByPage() throws Exception {
        Map<String, String> alice = Map.of(
                "PrincipalType", "IMSUser",
                "PrincipalName", "alice@" + ACCOUNT_ID + ".onaliyun.com",
                "PageSize", "2",
                "PageNumber", "2");

        Map<?, ?> page =
                Call.query("2020-03-31", "ListPolicyAttachments", alice).byAcs3(cloud, ALICE);

        assertThat(page.get("TotalCount")).asString().isEqualTo("3");
        assertThat(attachments(page))
                .singleElement()
                .satisfies(attachment -> assertThat(((Map<?, ?>) attachment).get("ResourceGroupId"))
                        .isEqualTo("rg-sensors"));
    }

    @Test
    void theDomainAndTheDirectoryOfTheAccountAreTold() throws Exception {
        cloud.account().setResourceDirectory(new ResourceDirectory("rd-interop", "6543210987654321", true));

        Map<?, ?> domain =
                Call.query("2019-08-15", "GetDefaultDomain", Map.of()).byAcs3(cloud, ACCOUNT);
        Map<?, ?> directory =
                Call.query("2020-03-31", "GetResourceDirectory", Map.of()).byRpc(cloud, ACCOUNT);

        assertThat(domain.get("DefaultDomainName")).isEqualTo(ACCOUNT_ID + ".onaliyun.com");
        assertThat(OfficialClients.member(directory, "ResourceDirectory").get("MasterAccountId"))
                .isEqualTo("6543210987654321");
    }

    private static List<?> attachments(Map<?, ?> page) {
        return (List<?>) Objects.requireNonNull(
                OfficialClients.member(page, "PolicyAttachments").get("PolicyAttachment"));
    }

    @Test
    void tokensAreAppliedForQueriedAndRevoked() throws Exception {
        String expireTime =
                Long.toString(Instant.now().plus(1, ChronoUnit.HOURS).toEpochMilli());
        Map<?, ?> applied = mqtt(
                        "ApplyToken",
                        Map.of("Resources", "alarms/#,plants/a b*~%", "Actions", "R,W", "ExpireTime", expireTime))
                .byAcs3(cloud, ACCOUNT);
        String token = String.valueOf(applied.get("Token"));
        Map<String, String> named = Map.of("Token", token);

        Map<?, ?> before = mqtt("QueryToken", named).byRpc(cloud, ACCOUNT);
        mqtt("RevokeToken", named).byAcs3(cloud, ACCOUNT);
        Map<?, ?> after = mqtt("QueryToken", named).byAcs3(cloud, ACCOUNT);

        assertThat(before.get("TokenStatus")).isEqualTo(true);
        assertThat(after.get("TokenStatus")).isEqualTo(false);
        assertThat(cloud.issued().token(token).orElseThrow().resources()).containsExactly("alarms/#", "plants/a b*~%");
    }

    @Test
    void deviceCredentialsAreRegisteredReadRefreshedAndUnregistered() throws Exception {
        Map<String, String> device = Map.of("ClientId", "GID_interop@@@device-1");
        Map<?, ?> registered =
                credential(mqtt("RegisterDeviceCredential", device).byRpc(cloud, ACCOUNT));
        Map<?, ?> read = credential(mqtt("GetDeviceCredential", device).byAcs3(cloud, ACCOUNT));
        Map<?, ?> refreshed = credential(mqtt("RefreshDeviceCredential", device).byAcs3(cloud, ACCOUNT));
        mqtt("UnRegisterDeviceCredential", device).byAcs3(cloud, ACCOUNT);

        assertThat(read).isEqualTo(registered);
        assertThat(refreshed.get("DeviceAccessKeyId")).isEqualTo(registered.get("DeviceAccessKeyId"));
        assertThat(refreshed.get("DeviceAccessKeySecret")).isNotEqualTo(registered.get("DeviceAccessKeySecret"));
        assertThat(cloud.issued().deviceCredential(INSTANCE, "GID_interop@@@device-1"))
                .isEmpty();
    }

    private static Map<?, ?> credential(Map<?, ?> answer) {
        return OfficialClients.member(answer, "DeviceCredential");
    }

    private static Call mqtt(String action, Map<String, String> parameters) {
        Map<String, String> all = new HashMap<>(parameters);
        all.put("InstanceId", INSTANCE);
        return Call.query("2020-04-20", action, all);
    }
}
