package io.apsaramqtt.test.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.apsaramqtt.credentials.AccessKey;
import io.apsaramqtt.credentials.CredentialsProvider;
import io.apsaramqtt.openapi.RamPermissions;
import io.apsaramqtt.permission.EffectivePermissions;
import io.apsaramqtt.permission.Grants;
import io.apsaramqtt.policy.Policy;
import io.apsaramqtt.policy.UnreadLayer;
import io.apsaramqtt.test.cloud.account.Identity;
import io.apsaramqtt.test.cloud.account.ResourceDirectory;
import java.net.URI;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.LoggerFactory;

/** All layers of a principal's permissions, as the SDK reads them from a cloud that authorizes each of its questions. */
class SdkRamPermissionsIT {

    private static final String ACCOUNT = "1234567890123456";
    private static final AtomicInteger KEYS = new AtomicInteger();
    private static final Policy ALARMS = Policy.parse("alarms", """
            {"Version": "1", "Statement": [
              {"Effect": "Allow", "Action": "mq:PUB", "Resource": "acs:mq:*:*:topic/post-cn-demo/alarms"}]}""");

    /** Of each test alone: readings are shared by AccessKey and endpoint, and the port may be that of an earlier test. */
    private final AccessKey key = AccessKey.of("LTAI5tLayersOfTest" + KEYS.incrementAndGet(), "secret-of-the-user");

    private final ListAppender<ILoggingEvent> appender = new ListAppender<>();
    private FakeAlibabaCloud cloud;

    @BeforeEach
    void start() {
        cloud = FakeAlibabaCloud.builder()
                .accountId(ACCOUNT)
                .user("gateway", key, ALARMS)
                .start();
        appender.start();
        log().addAppender(appender);
        log().setLevel(Level.INFO);
    }

    @AfterEach
    void stop() {
        log().detachAppender(appender);
        log().setLevel(null);
        cloud.close();
    }

    private static Logger log() {
        return (Logger) LoggerFactory.getLogger(RamPermissions.class);
    }

    private Identity gateway() {
        return cloud.account().user("gateway");
    }

    private EffectivePermissions read(AccessKey accessKey) {
        return RamPermissions.of(CredentialsProvider.of(accessKey))
                .withEndpoint(URI.create(cloud.endpoint()))
                .load();
    }

    private Map<UnreadLayer, String> unread(AccessKey accessKey) {
        return ((Grants.Policies) read(accessKey).grants()).layers().unread();
    }

    private void giveAllRights(Identity identity) {
        cloud.account().policies().putCustom("reads-itself", """
                {"Version": "1", "Statement": [
                  {"Effect": "Allow", "Action": ["ram:Get*", "ram:List*", "resourcemanager:Get*"], "Resource": "*"}]}""");
        identity.attach("reads-itself");
    }

    @Test
    void thePolicyThatTheLogAsksForMakesAllLayersKnown() {
        assertThat(read(key).grants()).isInstanceOf(Grants.Unknown.class);
        String line = appender.list.get(0).getFormattedMessage();
        String policy = line.substring(line.indexOf("{\""), line.indexOf("]}]} Or give") + "]}]}".length());
        cloud.account().policies().putCustom("asked-for", policy);
        gateway().attach("asked-for");
        assertThat(unread(key)).isEmpty();
    }

    @Test
    void theGroupsOfAUserAreAskedForUnderTheAliasOfTheAccount() {
        cloud.account().setAlias("demo");
        cloud.account().group("sensors").addMembers("gateway").attach("AliyunMQSubOnlyAccess");
        giveAllRights(gateway());
        assertThat(unread(key)).isEmpty();
        assertThat(cloud.requests().of("ListPolicyAttachments"))
                .extracting(request -> request.parameters().get("PrincipalName"))
                .containsExactlyInAnyOrder("gateway@demo.onaliyun.com", "sensors@group.demo.onaliyun.com");
    }

    @Test
    void aRoleLacksItsSessionPolicyAlone() {
        AccessKey session = AccessKey.temporary("STS.NLayers" + KEYS.incrementAndGet(), "secret", "CAIS/token+1==");
        Identity role = cloud.account()
                .role("edge")
                .addSession("edge-1", session, Instant.now().plusSeconds(3_600));
        role.attach("AliyunMQPubOnlyAccess");
        giveAllRights(role);
        assertThat(unread(session)).containsOnlyKeys(UnreadLayer.SESSION_POLICY);
    }

    @ParameterizedTest
    @CsvSource({
        "6543210987654321, true, true",
        "6543210987654321, false, false", // disabled in the directory
        "1234567890123456, true, false" // the management account itself
    })
    void controlPoliciesBindAMemberOfADirectoryWhereTheyAreEnabled(String managedBy, boolean enabled, boolean unread) {
        giveAllRights(gateway());
        cloud.account().setResourceDirectory(new ResourceDirectory("rd-1", managedBy, enabled));
        assertThat(unread(key).containsKey(UnreadLayer.CONTROL_POLICIES)).isEqualTo(unread);
    }

    @Test
    void aPolicyInAResourceGroupIsNamed() {
        giveAllRights(gateway());
        gateway().attachWithin("rg-9", "AliyunMQFullAccess");
        assertThat(unread(key))
                .containsOnlyKeys(UnreadLayer.RESOURCE_GROUP_POLICIES)
                .hasEntrySatisfying(
                        UnreadLayer.RESOURCE_GROUP_POLICIES,
                        why -> assertThat(why).contains("policy AliyunMQFullAccess holds in resource group rg-9"));
    }

    @Test
    void theRightsThatAreMissingAreNamed() {
        gateway().attach("AliyunRAMReadOnlyAccess");
        cloud.account().policies().putCustom("not-this", """
                {"Version": "1", "Statement": [
                  {"Effect": "Deny", "Action": "ram:ListPolicyAttachments", "Resource": "*"}]}""");
        gateway().attach("not-this");
        assertThat(unread(key))
                .containsEntry(
                        UnreadLayer.CONTROL_POLICIES, "the right resourcemanager:GetResourceDirectory is missing")
                .containsEntry(UnreadLayer.RESOURCE_GROUP_POLICIES, "the right ram:ListPolicyAttachments is missing");
    }
}
