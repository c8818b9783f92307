package io.apsaramqtt.permission;

import static io.apsaramqtt.permission.Granted.allow;
import static io.apsaramqtt.permission.Granted.deny;
import static io.apsaramqtt.permission.Granted.statement;
import static org.assertj.core.api.Assertions.assertThat;

import io.apsaramqtt.policy.Policy;
import io.apsaramqtt.policy.PolicySet;
import io.apsaramqtt.resource.Dialect;
import org.junit.jupiter.api.Test;

class ExplanationTest {

    @Test
    void ofAnImplicitDeny() {
        Policy sensor = Policy.parse("sensor-pub", """
                {"Version": "1", "Statement": [
                  {"Effect": "Allow", "Action": "mq:PUB", "Resource": "acs:mq:*:*:topic/post-cn-x/sensors"},
                  {"Effect": "Allow", "Action": "mq:MqttInstanceAccess", "Resource": "acs:mq:*:*:instance/post-cn-x"},
                  {"Effect": "Allow", "Action": "mq:SUB", "Resource": "acs:mq:*:*:groupId/post-cn-x/GID_demo"}
                ]}""");
        Policy other = Policy.parse("other", """
                {"Version": "1", "Statement": [
                  {"Effect": "Allow", "Action": "ecs:*", "Resource": "*"},
                  {"Effect": "Deny", "Action": "ram:*", "Resource": "*"}
                ]}""");
        Policy subscribe = Policy.system("AliyunMQSubOnlyAccess");
        assertThat(Granted.by(sensor, other, subscribe).permissions().explainPublish("alarms/device-42"))
                .isEqualToNormalizingNewlines("""
                        Not permitted: publish to 'alarms/device-42' (mq:PUB on topic/post-cn-x/alarms)
                          outcome    implicit deny: none of 3 policies (7 statements) allows it
                          principal  RAM user sensor-gateway (AccessKey LTAI5t****Qx9)
                          nearest    policy "sensor-pub", statement 1 allows mq:PUB on topic/post-cn-x/sensors
                          read at    2026-11-21T16:00:00Z from policy.json (fresh, 12 s old)
                          to allow   {"Effect":"Allow","Action":"mq:PUB","Resource":"acs:mq:*:*:topic/post-cn-x/alarms"}""");
    }

    @Test
    void ofAnExplicitDeny() {
        assertThat(Granted.byStatements(allow("mq:*", "*"), deny("mq:SUB", "topic/post-cn-x/alarms"))
                        .permissions()
                        .explainSubscribe("alarms/#"))
                .isEqualToNormalizingNewlines("""
                        Not permitted: subscribe to 'alarms/#' (mq:SUB on topic/post-cn-x/alarms)
                          outcome    explicit deny by policy "p2", statement 1
                          principal  RAM user sensor-gateway (AccessKey LTAI5t****Qx9)
                          read at    2026-11-21T16:00:00Z from policy.json (fresh, 12 s old)
                          to permit  change or detach policy "p2", statement 1""");
    }

    @Test
    void ofASubscribeThatOnlyLacksTheGroup() {
        assertThat(Granted.byStatements(
                                allow("mq:SUB", "topic/post-cn-x/alarms"),
                                allow("mq:MqttInstanceAccess", "instance/post-cn-x"))
                        .permissions()
                        .explainSubscribe("alarms/#"))
                .isEqualToNormalizingNewlines("""
                        Not permitted: subscribe to 'alarms/#' (mq:SUB on groupId/post-cn-x/GID_demo)
                          outcome    implicit deny: none of 2 policies (2 statements) allows it
                          principal  RAM user sensor-gateway (AccessKey LTAI5t****Qx9)
                          nearest    policy "p1", statement 1 allows mq:SUB on topic/post-cn-x/alarms
                          read at    2026-11-21T16:00:00Z from policy.json (fresh, 12 s old)
                          to allow   {"Effect":"Allow","Action":"mq:SUB","Resource":"acs:mq:*:*:groupId/post-cn-x/GID_demo"}""");
    }

    @Test
    void ofAnUnknownOutcome() {
        assertThat(Granted.byStatements("""
                        {"Effect": "Allow", "Action": "mq:PUB", "Resource": "*", "Condition": {"Bool": {"a": "true"}}}""").permissions().explainPublish("alarms"))
                .isEqualToNormalizingNewlines("""
                        Not known: publish to 'alarms' (mq:PUB on topic/post-cn-x/alarms)
                          outcome    unknown: policy "p1", statement 1 cannot be decided here (condition on a); the broker decides
                          principal  RAM user sensor-gateway (AccessKey LTAI5t****Qx9)
                          note       mq:MqttInstanceAccess on instance/post-cn-x is missing, which some pages of the service ask for
                          read at    2026-11-21T16:00:00Z from policy.json (fresh, 12 s old)""");
    }

    @Test
    void ofAnOutcomeThatHangsOnAnUnknownRegion() {
        assertThat(Granted.byStatements("""
                        {"Effect": "Allow", "Action": "mq:*", "Resource": "acs:mq:cn-hangzhou:*:*"}""").permissions().explainPublish("alarms"))
                .contains("unknown: policy \"p1\", statement 1 cannot be decided here (part of the resource name is not"
                        + " known); the broker decides");
    }

    @Test
    void ofAnAllowedOperation() {
        assertThat(Granted.byStatements(
                                allow("mq:PUB", "topic/post-cn-x/alarms"),
                                allow("mq:MqttInstanceAccess", "instance/post-cn-x"))
                        .permissions()
                        .explainPublish("alarms/device-1"))
                .isEqualToNormalizingNewlines("""
                        Permitted: publish to 'alarms/device-1' (mq:PUB on topic/post-cn-x/alarms)
                          outcome    allowed by policy "p1", statement 1
                          principal  RAM user sensor-gateway (AccessKey LTAI5t****Qx9)
                          read at    2026-11-21T16:00:00Z from policy.json (fresh, 12 s old)""");
    }

    @Test
    void ofPermissionsThatWereNeverRead() {
        EffectivePermissions nothing =
                EffectivePermissions.unknown("no permission source is configured", Granted.READ_AT, "nowhere");
        assertThat(Granted.by().permissions(() -> nothing).explainPublish("alarms"))
                .isEqualToNormalizingNewlines("""
                        Not known: publish to 'alarms'
                          outcome    unknown: no permission source is configured; the broker decides
                          principal  not known by name (AccessKey LTAI5t****Qx9)
                          read at    2026-11-21T16:00:00Z from nowhere (fresh, 12 s old)""");
    }

    @Test
    void ofConditionsOperatorsAndMembersThatCannotBeDecided() {
        assertThat(Granted.byStatements(
                                statement("Allow", "mq:PUB", "topic/post-cn-x/alarms", """
                                        ,"Condition":{"IpAddress":{"acs:SourceIp":"10.0.0.0/8"},"Null":{"a":"true"}}"""),
                                statement("Deny", "mq:PUB", "topic/post-cn-x/alarms", ",\"Unless\":\"Tuesday\""))
                        .permissions()
                        .explainPublish("alarms"))
                .contains("  outcome    unknown: policy \"p2\", statement 1 cannot be decided here (unknown member"
                        + " [Unless]) and policy \"p1\", statement 1 cannot be decided here (unknown operator [Null],"
                        + " condition on acs:SourceIp); the broker decides");
    }

    @Test
    void ofLayersThatCannotBeRead() {
        assertThat(Granted.byStatements(allow("mq:*", "*"))
                        .under(layers -> layers.withUnreadSessionPolicy("the role does not tell it")
                                .withUnreadControlPolicies("no right to list them"))
                        .permissions()
                        .explainPublish("alarms"))
                .isEqualToNormalizingNewlines("""
                        Not known: publish to 'alarms' (mq:PUB on topic/post-cn-x/alarms)
                          outcome    unknown: not read: control policies (no right to list them) and not read: session policy (the role does not tell it); the broker decides
                          principal  RAM user sensor-gateway (AccessKey LTAI5t****Qx9)
                          read at    2026-11-21T16:00:00Z from policy.json (fresh, 12 s old)""");
    }

    @Test
    void ofResourceGroupPoliciesThatCannotBeRead() {
        Granted granted = Granted.byStatements(
                        allow("mq:PUB", "topic/post-cn-x/alarms"), allow("mq:MqttInstanceAccess", "instance/post-cn-x"))
                .under(layers -> layers.withUnreadResourceGroupPolicies("not asked for"))
                .in(Dialect.MQTT_UPGRADED);
        assertThat(granted.permissions().explainPublish("alarms"))
                .contains("Permitted: ")
                .contains("allowed by");
        assertThat(granted.permissions().explainPublish("billing"))
                .contains("unknown: not read: resource group policies (not asked for); the broker decides");
    }

    @Test
    void ofASessionPolicyThatDoesNotAllow() {
        PolicySet session = PolicySet.of(Policy.system("AliyunMQSubOnlyAccess"));
        assertThat(Granted.byStatements(allow("mq:*", "*"))
                        .under(layers -> layers.withSessionPolicy(session))
                        .in(Dialect.MQTT_UPGRADED)
                        .permissions()
                        .explainPublish("alarms"))
                .isEqualToNormalizingNewlines("""
                        Not permitted: publish to 'alarms' (mq:PUB on topic/post-cn-x/alarms)
                          outcome    implicit deny: the session policy does not allow it
                          principal  RAM user sensor-gateway (AccessKey LTAI5t****Qx9)
                          note       mq:MqttInstanceAccess on instance/post-cn-x is missing, which some pages of the service ask for
                          read at    2026-11-21T16:00:00Z from policy.json (fresh, 12 s old)
                          to allow   in the session policy: {"Effect":"Allow","Action":"mq:PUB","Resource":"acs:mq:*:*:topic/post-cn-x/alarms"}""");
    }

    @Test
    void ofControlPoliciesThatDoNotAllowOrThatDeny() {
        Granted granted = Granted.byStatements(allow("mq:*", "*")).in(Dialect.MQTT_UPGRADED);
        assertThat(granted.under(layers -> layers.withControlPolicies(PolicySet.of()))
                        .permissions()
                        .explainPublish("alarms"))
                .contains("  outcome    implicit deny: the control policies do not allow it")
                .contains("  to allow   in the control policies: {");
        PolicySet deny = PolicySet.of(
                Policy.parse("directory", "{\"Version\":\"1\",\"Statement\":[" + deny("mq:PUB", "*") + "]}"));
        assertThat(granted.under(layers -> layers.withControlPolicies(deny))
                        .permissions()
                        .explainPublish("alarms"))
                .contains("  outcome    explicit deny by policy \"directory\", statement 1")
                .contains("  to permit  change or detach policy \"directory\", statement 1");
    }

    @Test
    void ofNoPolicyAtAll() {
        assertThat(Granted.by().permissions().explainSubscribe("alarms")).isEqualToNormalizingNewlines("""
                        Not permitted: subscribe to 'alarms' (mq:SUB on topic/post-cn-x/alarms)
                          outcome    implicit deny: none of 0 policies (0 statements) allows it
                          principal  RAM user sensor-gateway (AccessKey LTAI5t****Qx9)
                          note       mq:MqttInstanceAccess on instance/post-cn-x is missing, which some pages of the service ask for
                          read at    2026-11-21T16:00:00Z from policy.json (fresh, 12 s old)
                          to allow   {"Effect":"Allow","Action":"mq:SUB","Resource":"acs:mq:*:*:topic/post-cn-x/alarms"},{"Effect":"Allow","Action":"mq:SUB","Resource":"acs:mq:*:*:groupId/post-cn-x/GID_demo"}""");
    }

    @Test
    void saysThatTheCopyIsStale() {
        EffectivePermissions read = EffectivePermissions.unknown("nobody told", Granted.READ_AT, "nowhere");
        CurrentPermissions stale = new CurrentPermissions() {
            @Override
            public EffectivePermissions get() {
                return read;
            }

            @Override
            public Freshness freshness(EffectivePermissions permissions) {
                return Freshness.STALE;
            }
        };
        assertThat(Granted.by().permissions(stale).explainPublish("alarms")).endsWith("(stale, 12 s old)");
    }
}
