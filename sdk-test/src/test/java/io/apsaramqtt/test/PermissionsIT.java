package io.apsaramqtt.test;

import static org.assertj.core.api.Assertions.assertThat;

import io.apsaramqtt.credentials.AccessKey;
import io.apsaramqtt.mqtt.MqttVersion;
import io.apsaramqtt.mqtt.Qos;
import io.apsaramqtt.policy.Policy;
import io.apsaramqtt.test.event.BrokerEvent.Disconnected;
import io.apsaramqtt.test.event.BrokerEvent.PublishDenied;
import io.apsaramqtt.test.event.BrokerEvent.SubscribeDenied;
import io.apsaramqtt.test.event.DisconnectedBy;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class PermissionsIT {

    private static final AccessKey KEY = AccessKey.of("LTAI5tPermissions1", "permission-secret");
    private static final Policy ALARMS = Policy.parse("alarms", """
            {"Version":"1","Statement":[
              {"Effect":"Allow","Action":["mq:PUB","mq:SUB"],"Resource":"acs:mq:*:*:topic/post-cn-permissions/alarms"},
              {"Effect":"Allow","Action":"mq:SUB","Resource":"acs:mq:*:*:groupId/post-cn-permissions/GID_permissions"}]}
            """);

    private static EmbeddedApsaraMqtt instance;

    @BeforeAll
    static void start() {
        instance = EmbeddedApsaraMqtt.builder()
                .instanceId("post-cn-permissions")
                .group("GID_permissions")
                .user(KEY)
                .start();
    }

    @AfterAll
    static void stop() {
        instance.close();
    }

    @BeforeEach
    void forgetEvents() {
        instance.events().clear();
    }

    @ParameterizedTest
    @EnumSource
    void aDeniedPublishClosesTheConnection(MqttVersion version) {
        instance.setPolicies(KEY.id(), ALARMS);
        try (Device device = Device.of(instance, version, "d").connect()) {
            device.publish("alarms/x", "allowed");
            assertThat(Device.failureOf(device.publishing("billing/x", Qos.AT_LEAST_ONCE, false, new byte[0])))
                    .isNotNull();
            device.awaitClosed();
            assertThat(instance.events().of(PublishDenied.class))
                    .containsExactly(new PublishDenied("GID_permissions@@@d", "billing/x", "implicit deny"));
            instance.events()
                    .await(Disconnected.class, new Disconnected("GID_permissions@@@d", DisconnectedBy.BROKER)::equals);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aDeniedSubscribeClosesTheConnection(MqttVersion version) {
        instance.setPolicies(KEY.id(), ALARMS);
        try (Device device = Device.of(instance, version, "d").connect()) {
            device.subscribe("alarms/#");
            assertThat(Device.failureOf(device.subscribing("billing/#", Qos.AT_LEAST_ONCE)))
                    .isNotNull();
            device.awaitClosed();
            assertThat(instance.events().of(SubscribeDenied.class))
                    .containsExactly(new SubscribeDenied("GID_permissions@@@d", "billing/#", "implicit deny"));
        }
    }

    @ParameterizedTest
    @EnumSource
    void aP2pPublishNeedsThePublishPermissionOfItsParentTopic(MqttVersion version) {
        instance.setPolicies(KEY.id(), ALARMS);
        try (Device device = Device.of(instance, version, "d").connect()) {
            device.publish("alarms/p2p/GID_permissions@@@other", "allowed");
            assertThat(Device.failureOf(device.publishing(
                            "billing/p2p/GID_permissions@@@other", Qos.AT_LEAST_ONCE, false, new byte[0])))
                    .isNotNull();
            device.awaitClosed();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "AliyunMQFullAccess, true, true",
        "AliyunMQPubOnlyAccess, true, false",
        "AliyunMQSubOnlyAccess, false, true",
        "AliyunMQReadOnlyAccess, false, false"
    })
    void systemPoliciesAllowWhatTheirNameSays(String policy, boolean publishes, boolean subscribes) {
        instance.setPolicies(KEY.id(), Policy.system(policy));
        for (MqttVersion version : MqttVersion.values()) {
            try (Device publisher = Device.of(instance, version, "publisher").connect();
                    Device subscriber =
                            Device.of(instance, version, "subscriber").connect()) {
                assertThat(succeeds(publisher.publishing("any/x", Qos.AT_LEAST_ONCE, false, new byte[0])))
                        .isEqualTo(publishes);
                assertThat(succeeds(subscriber.subscribing("any/#", Qos.AT_LEAST_ONCE)))
                        .isEqualTo(subscribes);
                assertThat(publisher.isConnected()).isEqualTo(publishes);
                assertThat(subscriber.isConnected()).isEqualTo(subscribes);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void newPoliciesHoldForAnOpenConnection(MqttVersion version) {
        instance.setPolicies(KEY.id(), ALARMS);
        try (Device device = Device.of(instance, version, "d").connect()) {
            device.publish("alarms/x", "allowed");
            instance.setPolicies(KEY.id());
            assertThat(succeeds(device.publishing("alarms/x", Qos.AT_LEAST_ONCE, false, new byte[0])))
                    .isFalse();
            device.awaitClosed();
        }
    }

    @ParameterizedTest
    @EnumSource
    void aSubscriptionNeedsTheGroupToo(MqttVersion version) {
        instance.setPolicies(KEY.id(), Policy.parse("another-group", """
                        {"Version":"1","Statement":[{"Effect":"Allow","Action":["mq:PUB","mq:SUB"],
                         "Resource":["acs:mq:*:*:topic/post-cn-permissions/alarms",
                                     "acs:mq:*:*:groupId/post-cn-permissions/GID_another"]}]}
                        """));
        try (Device device = Device.of(instance, version, "d").connect()) {
            device.publish("alarms/x", "allowed");
            assertThat(succeeds(device.subscribing("alarms/#", Qos.AT_LEAST_ONCE)))
                    .isFalse();
            device.awaitClosed();
        }
    }

    @ParameterizedTest
    @EnumSource
    void anExplicitDenyBeatsAnAllow(MqttVersion version) {
        instance.setPolicies(KEY.id(), Policy.system("AliyunMQFullAccess"), Policy.parse("no-billing", """
                        {"Version":"1","Statement":[{"Effect":"Deny","Action":"mq:*",
                         "Resource":"acs:mq:*:*:topic/post-cn-permissions/billing"}]}
                        """));
        try (Device device = Device.of(instance, version, "d").connect()) {
            device.publish("alarms/x", "allowed");
            assertThat(succeeds(device.publishing("billing/x", Qos.AT_LEAST_ONCE, false, new byte[0])))
                    .isFalse();
            assertThat(instance.events().of(PublishDenied.class))
                    .extracting(PublishDenied::reason)
                    .containsExactly("explicit deny");
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatDependsOnAConditionPasses(MqttVersion version) {
        instance.setPolicies(KEY.id(), Policy.parse("condition", """
                        {"Version":"1","Statement":[{"Effect":"Allow","Action":"mq:PUB","Resource":"*",
                         "Condition":{"StringEquals":{"acs:SecureTransport":"true"}}}]}
                        """));
        try (Device device = Device.of(instance, version, "d").connect()) {
            device.publish("alarms/x", "passes");
        }
    }

    private static boolean succeeds(CompletableFuture<?> future) {
        try {
            Device.await(future);
            return true;
        } catch (AssertionError e) {
            return false;
        }
    }
}
