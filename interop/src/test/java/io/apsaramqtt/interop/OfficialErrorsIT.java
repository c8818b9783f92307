package io.apsaramqtt.interop;

import static org.assertj.core.api.Assertions.assertThat;

import com.aliyun.ram20150501.models.GetPolicyRequest;
import com.aliyun.ram20150501.models.ListPoliciesForUserRequest;
import com.aliyun.tea.TeaException;
import io.apsaramqtt.credentials.AccessKey;
import io.apsaramqtt.interop.OfficialClients.Call;
import io.apsaramqtt.test.cloud.CloudFault;
import io.apsaramqtt.test.cloud.FakeAlibabaCloud;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the official clients make of the errors of the fake. */
class OfficialErrorsIT {

    private static final AccessKey ACCOUNT = AccessKey.of("LTAI5tInteropAccount", "account-secret");
    private static final AccessKey BOB = AccessKey.of("LTAI5tInteropBob", "bob-secret");

    private FakeAlibabaCloud cloud;

    @BeforeEach
    void start() {
        cloud = FakeAlibabaCloud.builder()
                .account(ACCOUNT)
                .user("bob", BOB)
                .instance("post-cn-interop")
                .start();
    }

    @AfterEach
    void stop() {
        cloud.close();
    }

    @Test
    void aMissingPolicyIsNotFound() {
        TeaException error = getPolicy(ACCOUNT, "no-such-policy");

        assertThat(error.getCode()).isEqualTo("EntityNotExist.Policy");
        assertThat(error.getData().get("statusCode")).isEqualTo(404);
        assertThat(error.getMessage()).contains("The policy does not exist", "request id");
    }

    @Test
    void aUserWithoutRightsHasNoPermission() {
        TeaException error = listPolicies(BOB);

        assertThat(error.getCode()).isEqualTo("NoPermission");
        assertThat(error.getData().get("statusCode")).isEqualTo(403);
        assertThat(error.getMessage()).contains("ram:ListPoliciesForUser", "user/bob");
    }

    @Test
    void aWrongSecretDoesNotMatch() {
        AccessKey wrong = AccessKey.of(BOB.id(), "not-the-secret");

        assertThat(listPolicies(wrong).getCode()).isEqualTo("SignatureDoesNotMatch");
        assertThat(OfficialClients.errorOf(
                                () -> OfficialClients.sts(cloud, wrong).getCallerIdentity())
                        .getCode())
                .isEqualTo("SignatureDoesNotMatch");
    }

    @Test
    void anUnknownOrDisabledAccessKeyIsRefused() {
        cloud.account().accessKeys().setEnabled(BOB.id(), false);

        assertThat(listPolicies(BOB).getCode()).isEqualTo("InvalidAccessKeyId.Inactive");
        assertThat(listPolicies(AccessKey.of("LTAI5tNobody", "x")).getCode()).isEqualTo("InvalidAccessKeyId.NotFound");
    }

    @Test
    void anExpiredSessionIsRefused() {
        AccessKey session = AccessKey.temporary("STS.NInteropOld", "secret", "token");
        cloud.account().role("gateway").addSession("edge-1", session, Instant.now());

        assertThat(listPolicies(session).getCode()).isEqualTo("InvalidSecurityToken.Expired");
    }

    @Test
    void throttlingAndFailuresAreTold() {
        cloud.fault(CloudFault.throttled(400).times(1));
        cloud.fault(CloudFault.internalError().times(1));

        assertThat(listPolicies(ACCOUNT).getCode()).isEqualTo("Throttling.User");
        assertThat(listPolicies(ACCOUNT).getCode()).isEqualTo("InternalError");
        assertThat(listPolicies(ACCOUNT)).isNull();
    }

    @Test
    void theRulesOfTokensAreTold() {
        Call call = Call.query(
                "2020-04-20",
                "ApplyToken",
                Map.of("InstanceId", "post-cn-interop", "Resources", "b,a", "Actions", "R", "ExpireTime", "1"));

        assertThat(OfficialClients.errorOf(() -> call.byAcs3(cloud, ACCOUNT)).getCode())
                .isEqualTo("ParameterCheckFailed");
    }

    private TeaException listPolicies(AccessKey accessKey) {
        return OfficialClients.errorOf(() -> OfficialClients.ram(cloud, accessKey)
                .listPoliciesForUser(new ListPoliciesForUserRequest().setUserName("bob")));
    }

    private TeaException getPolicy(AccessKey accessKey, String name) {
        return OfficialClients.errorOf(() -> OfficialClients.ram(cloud, accessKey)
                .getPolicy(new GetPolicyRequest().setPolicyName(name).setPolicyType("Custom")));
    }
}
