package io.apsaramqtt.advice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.apsaramqtt.mqtt.TopicFilter;
import io.apsaramqtt.mqtt.TopicName;
import io.apsaramqtt.resource.Dialect;
import io.apsaramqtt.resource.ServiceInstance;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LeastPrivilegeTest {

    private static final LeastPrivilege CLIENT =
            LeastPrivilege.on(ServiceInstance.of("post-cn-x")).forGroup("GID_demo");

    @Test
    void thePolicyGrantsInstanceTopicsAndGroup() {
        assertThat(CLIENT.publishing(TopicName.of("alarms/device-1"), TopicName.of("alarms/x"))
                        .subscribing(TopicFilter.of("commands/#"))
                        .policy()
                        .document())
                .isEqualTo("""
                        {
                          "Version": "1",
                          "Statement": [
                            {
                              "Effect": "Allow",
                              "Action": [
                                "mq:MqttInstanceAccess"
                              ],
                              "Resource": [
                                "acs:mq:*:*:instance/post-cn-x"
                              ]
                            },
                            {
                              "Effect": "Allow",
                              "Action": [
                                "mq:PUB"
                              ],
                              "Resource": [
                                "acs:mq:*:*:topic/post-cn-x/alarms"
                              ]
                            },
                            {
                              "Effect": "Allow",
                              "Action": [
                                "mq:SUB"
                              ],
                              "Resource": [
                                "acs:mq:*:*:groupId/post-cn-x/GID_demo",
                                "acs:mq:*:*:topic/post-cn-x/commands"
                              ]
                            }
                          ]
                        }
                        """);
    }

    @Test
    void theOrderOfWhatIsAskedDoesNotMatter() {
        TopicName a = TopicName.of("a");
        TopicName b = TopicName.of("b");
        assertThat(CLIENT.publishing(a, b).policy().document())
                .isEqualTo(CLIENT.publishing(b).publishing(a, b).policy().document());
    }

    @Test
    void autoMeansTheCurrentEdition() {
        LeastPrivilege asked = CLIENT.publishing(TopicName.of("a"));
        assertThat(asked.inDialect(Dialect.MQ_2019).inDialect(Dialect.AUTO).policy())
                .isEqualTo(asked.policy())
                .isNotEqualTo(asked.inDialect(Dialect.MQ_2019).policy());
    }

    @Test
    void regionAndAccountAreNotNamed() {
        ServiceInstance placed =
                ServiceInstance.of("post-cn-x").withRegionId("cn-hangzhou").withAccountId("123");
        assertThat(LeastPrivilege.on(placed).publishing(TopicName.of("a")).policy())
                .isEqualTo(CLIENT.publishing(TopicName.of("a")).policy());
    }

    @Test
    void whatIsGrantedBeyondIsSaid() {
        assertThat(CLIENT.publishing(TopicName.of("alarms/device-1"))
                        .subscribing(TopicFilter.of("commands/+"), TopicFilter.of("$share/g/events/a"))
                        .policy()
                        .overGrants())
                .containsExactly(
                        "Asked was publish [alarms/device-1]; RAM knows parent topics only, so [alarms] and every topic"
                                + " below it is granted",
                        "Asked was subscribe [commands/+]; RAM knows parent topics only, so [commands] and every topic"
                                + " below it is granted",
                        "Asked was subscribe [$share/g/events/a]; RAM knows parent topics only, so [events] and every"
                                + " topic below it is granted");
        assertThat(CLIENT.subscribing(TopicFilter.of("commands/#")).policy().overGrants())
                .isEmpty();
    }

    @Test
    void withoutANamespaceTheInstanceIsNotNamed() {
        LeastPrivilege.GrantedPolicy policy = CLIENT.inDialect(Dialect.MQ_2020)
                .withoutNamespace()
                .subscribing(TopicFilter.of("commands/#"))
                .policy();
        assertThat(policy.document()).contains("\"acs:mq:*:*:commands\"", "\"acs:mq:*:*:GID_demo\"");
        assertThat(policy.overGrants())
                .singleElement()
                .satisfies(sentence -> assertThat(sentence).contains("[commands] is granted on every instance"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"#", "+/x", "$share/g/#"})
    void aWildcardForAParentTopicIsRefused(String filter) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CLIENT.subscribing(TopicFilter.of(filter)).policy())
                .withMessageContaining("Topic filter [" + filter + "] has a wildcard for its parent topic");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a*", "a?", "a:b", "a%b", "a b", "a\nb"})
    void aNameThatWouldGrantMoreIsRefused(String name) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CLIENT.publishing(TopicName.of(name)).policy())
                .withMessageStartingWith("Parent topic [" + name + "] holds the character");
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        CLIENT.forGroup(name).subscribing(TopicFilter.of("a")).policy())
                .withMessageStartingWith("Group ID [" + name + "]");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LeastPrivilege.on(ServiceInstance.of(name))
                        .publishing(TopicName.of("a"))
                        .policy())
                .withMessageStartingWith("Instance ID [" + name + "]");
    }

    @Test
    void whatIsMissingIsSaid() {
        assertThatIllegalArgumentException().isThrownBy(CLIENT::policy).withMessageStartingWith("Nothing is asked");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CLIENT.publishing(TopicName.of("/a")).policy())
                .withMessageStartingWith("Parent topic [] is empty");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LeastPrivilege.on(ServiceInstance.of("post-cn-x"))
                        .subscribing(TopicFilter.of("a"))
                        .policy())
                .withMessageStartingWith("Group ID is missing");
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        CLIENT.withoutNamespace().publishing(TopicName.of("a")).policy())
                .withMessageContaining("names the instance in every resource");
    }

    @ParameterizedTest
    @CsvSource({"MQTT_PREVIOUS", "MQTT_2019"})
    void theStoreInstanceIsNeededWhereItIsNamed(Dialect dialect) {
        LeastPrivilege asked = CLIENT.inDialect(dialect).publishing(TopicName.of("a"));
        assertThatIllegalArgumentException()
                .isThrownBy(asked::policy)
                .withMessageStartingWith("Store instance ID of instance [post-cn-x] is not known");
        assertThat(asked.withoutNamespace().policy().document()).contains("\"acs:mq:*:*:a\"");
    }
}
