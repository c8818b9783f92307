package io.apsaramqtt.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.apsaramqtt.credentials.AccessKey;
import io.apsaramqtt.credentials.CredentialsProvider;
import io.apsaramqtt.mqtt.MqttVersion;
import io.apsaramqtt.mqtt.TopicName;
import io.apsaramqtt.openapi.RamPermissions;
import io.apsaramqtt.permission.Grants;
import io.apsaramqtt.permission.PermissionDeniedException;
import io.apsaramqtt.policy.Outcome;
import io.apsaramqtt.policy.UnreadLayer;
import io.apsaramqtt.test.cloud.CloudFault;
import io.apsaramqtt.test.cloud.FakeAlibabaCloud;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Clients of an instance whose permissions come from RAM, in a cloud that verifies what it is asked by itself. */
class RamPermissionsIT {

    @RegisterExtension
    static final EmbeddedService SERVICE = EmbeddedService.closingConnections();

    private static final int CLIENTS = 30;

    private static final AtomicInteger KEYS = new AtomicInteger();

    /** Of each test alone: readings are shared by AccessKey and endpoint, and the port may be that of an earlier test. */
    private final AccessKey ramKey = AccessKey.of("LTAI5tRamKeyOfTest" + KEYS.incrementAndGet(), "secret-in-ram");

    private FakeAlibabaCloud cloud;

    @SuppressWarnings("NullAway.Init") // set before each test
    RamPermissionsIT() {}

    @BeforeEach
    void start() {
        cloud = FakeAlibabaCloud.builder()
                .user("gateway", ramKey, EmbeddedService.ALARMS_ONLY)
                .start();
    }

    @AfterEach
    void stop() {
        cloud.close();
    }

    private void giveRightsInRam() {
        cloud.account().user("gateway").attach("AliyunRAMReadOnlyAccess");
    }

    private RamPermissions ram() {
        return RamPermissions.of(CredentialsProvider.of(ramKey))
                .withEndpoint(URI.create(cloud.endpoint()))
                .withoutControlPolicies()
                .withoutResourceGroupPolicies();
    }

    private ApsaraMqttClient connected(MqttVersion version) {
        return SERVICE.connected(SERVICE.builder(version)
                .credentials(CredentialsProvider.of(EmbeddedService.USER))
                .permissions(ram()));
    }

    @ParameterizedTest
    @EnumSource
    void aDenialNamesTheUserAndThePolicyThatCameNearest(MqttVersion version) {
        giveRightsInRam();
        ApsaraMqttClient client = connected(version);
        client.publish("alarms/1", "allowed");
        PermissionDeniedException denied =
                catchThrowableOfType(PermissionDeniedException.class, () -> client.publish("billing/1", "denied"));
        assertThat(denied.getMessage().lines().map(String::strip))
                .contains("outcome    implicit deny: none of 2 policies (2 statements) allows it")
                .contains("principal  RAM user gateway (AccessKey LTAI5t****sts)")
                .anyMatch(line -> line.startsWith("nearest    policy \"alarms-only\", statement 1 allows mq:PUB"))
                .anyMatch(line -> line.startsWith("read at") && line.contains(" from RAM (fresh"));
        assertThat(client.isConnected()).isTrue();
    }

    @Test
    void whereNothingIsSaidOfTheOtherLayersADenialIsNotCertainAndTheyAreNamed() {
        cloud.account().policies().putCustom("own-policies", """
                {"Version": "1", "Statement": [{"Effect": "Allow", "Resource": "*",
                  "Action": ["ram:ListPoliciesForUser", "ram:ListGroupsForUser", "ram:GetPolicy"]}]}""");
        cloud.account().user("gateway").attach("own-policies");
        ApsaraMqttClient client = SERVICE.connected(SERVICE.builder(MqttVersion.V3_1_1)
                .credentials(CredentialsProvider.of(EmbeddedService.USER))
                .permissions(
                        RamPermissions.of(CredentialsProvider.of(ramKey)).withEndpoint(URI.create(cloud.endpoint()))));
        assertThat(client.permissions().explainPublish("billing/1"))
                .contains("unknown: not read: control policies (")
                .contains("not read: resource group policies (")
                .contains("the broker decides");
    }

    @Test
    void aUserWithoutRightsInRamPublishesAsItDidBefore() {
        ApsaraMqttClient client = connected(MqttVersion.V5);
        client.publish("alarms/1", "sent unchecked");
        assertThat(client.permissions().checkPublish(TopicName.of("billing/1")).outcome())
                .isEqualTo(Outcome.UNKNOWN);
        assertThat(client.permissions().explainPublish("billing/1"))
                .contains("RAM user gateway may not read its own permissions")
                .contains("NoPermission");
    }

    @Test
    void clientsOfOneUserReadOnce() {
        giveRightsInRam();
        List<ApsaraMqttClient> clients = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            clients.add(connected(MqttVersion.V3_1_1));
        }
        clients.forEach(client -> client.publish("alarms/1", "checked"));
        assertThat(cloud.requests().count("GetCallerIdentity")).isEqualTo(1);
        assertThat(cloud.requests().count("ListPoliciesForUser")).isEqualTo(1);
    }

    @Test
    void aProgramThatStartsWhileRamIsDownPublishesAndIsCheckedLater() {
        giveRightsInRam();
        cloud.fault(CloudFault.internalError().on("GetCallerIdentity").times(1_000));
        ApsaraMqttClient client = connected(MqttVersion.V3_1_1);
        client.publish("alarms/1", "sent unchecked");
        assertThat(client.permissions().explainPublish("alarms/1")).contains("they could not be read yet");
        cloud.heal();
        await().atMost(Duration.ofMinutes(1))
                .until(() -> client.permissions()
                        .checkPublish(TopicName.of("billing/1"))
                        .isDenied());
        client.publish("alarms/1", "sent checked");
    }

    @Test
    void aProgramThatWasCheckedGoesOnWhenRamFails() {
        giveRightsInRam();
        ApsaraMqttClient client = connected(MqttVersion.V3_1_1);
        client.publish("alarms/1", "checked");
        cloud.requests().clear();
        cloud.fault(CloudFault.internalError().times(1_000));
        client.refreshPermissions();
        client.publish("alarms/1", "while it is read anew");
        await().atMost(Duration.ofMinutes(1)).until(() -> cloud.requests().count() >= 4);
        client.publish("alarms/1", "after it failed");
        assertThat(client.permissions().checkPublish(TopicName.of("billing/1")).isDenied())
                .as("by the copy that was read before")
                .isTrue();
    }

    @Test
    void aTemporaryAccessKeyReadsThePermissionsOfItsRole() {
        AccessKey session = AccessKey.temporary(
                "STS.NRoleOfTest" + KEYS.incrementAndGet(), "secret-of-the-session", "CAIS/token+1==");
        cloud.account()
                .role("edge")
                .addSession("edge-1", session, Instant.now().plusSeconds(3_600))
                .attach("AliyunRAMReadOnlyAccess", "AliyunMQPubOnlyAccess");
        assertThat(RamPermissions.of(CredentialsProvider.of(session))
                        .withEndpoint(URI.create(cloud.endpoint()))
                        .withoutControlPolicies()
                        .withoutResourceGroupPolicies()
                        .load())
                .satisfies(read -> {
                    assertThat(read.principal()).hasToString("RAM role edge, session edge-1");
                    assertThat(((Grants.Policies) read.grants()).layers().unread())
                            .containsOnlyKeys(UnreadLayer.SESSION_POLICY);
                });
    }

    @Test
    void aPolicyThatIsReplacedWhileItIsReadIsReadInItsNewForm() {
        giveRightsInRam();
        cloud.after("ListPoliciesForUser", () -> {
            cloud.account().policies().putCustom("successor", EmbeddedService.ALARMS_ONLY.document());
            cloud.account().user("gateway").attach("successor");
            cloud.account().user("gateway").detach("alarms-only");
            cloud.account().policies().delete("alarms-only");
        });
        ApsaraMqttClient client = connected(MqttVersion.V3_1_1);
        assertThat(client.permissions().explainPublish("alarms/1")).contains("allowed by policy \"successor\"");
    }
}
