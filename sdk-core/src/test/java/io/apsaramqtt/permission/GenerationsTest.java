package io.apsaramqtt.permission;

import static io.apsaramqtt.permission.Granted.allow;
import static io.apsaramqtt.permission.Granted.deny;
import static org.assertj.core.api.Assertions.assertThat;

import io.apsaramqtt.mqtt.TopicFilter;
import io.apsaramqtt.mqtt.TopicName;
import io.apsaramqtt.policy.Outcome;
import io.apsaramqtt.resource.Dialect;
import io.apsaramqtt.resource.ServiceInstance;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A plain policy of each generation, asked by a client that was not told which generation it is. */
class GenerationsTest {

    private static final ServiceInstance INSTANCE =
            ServiceInstance.of("post-cn-x").withStoreInstanceId("MQ_INST_1");

    @ParameterizedTest
    @CsvSource(textBlock = """
            MQTT_UPGRADED, mq:MqttInstanceAccess,      instance/post-cn-x, topic/post-cn-x/alarms, groupId/post-cn-x/GID_demo
            MQTT_PREVIOUS, mq:MqttInstanceAccess,      post-cn-x,          MQ_INST_1%alarms,       post-cn-x%GID_demo
            MQTT_PREVIOUS, mq:MqttInstanceAccess,      post-cn-x,          alarms,                 GID_demo
            MQTT_2019,     mq:OnsMqttInstanceBaseInfo, post-cn-x,          MQ_INST_1%alarms,       post-cn-x%GID_demo
            MQTT_2019,     mq:OnsMqttInstanceBaseInfo, post-cn-x,          alarms,                 GID_demo
            MQ_2020,       mq:QueryInstanceBaseInfo,   post-cn-x,          post-cn-x%alarms,       post-cn-x%GID_demo
            MQ_2020,       mq:QueryInstanceBaseInfo,   post-cn-x,          alarms,                 GID_demo
            MQ_2019,       mq:OnsInstanceBaseInfo,     post-cn-x,          post-cn-x%alarms,       post-cn-x%GID_demo
            MQ_2019,       mq:OnsInstanceBaseInfo,     post-cn-x,          alarms,                 GID_demo
            """)
    void givesCertainAnswers(Dialect dialect, String prerequisite, String instance, String topic, String group) {
        String[] statements = {
            allow(prerequisite, instance), allow("mq:PUB", topic), allow("mq:SUB", topic), allow("mq:SUB", group)
        };
        for (Dialect configured : new Dialect[] {Dialect.AUTO, dialect}) {
            Permissions permissions = Granted.byStatements(statements)
                    .on(INSTANCE)
                    .in(configured)
                    .withInstanceAccessRequired()
                    .permissions();
            assertThat(permissions.checkPublish(TopicName.of("alarms/x")).outcome())
                    .isEqualTo(Outcome.ALLOWED);
            assertThat(permissions.checkSubscribe(TopicFilter.of("alarms/#")).outcome())
                    .isEqualTo(Outcome.ALLOWED);
            assertThat(permissions.checkPublish(TopicName.of("billing")).outcome())
                    .isEqualTo(Outcome.IMPLICIT_DENY);
            assertThat(permissions.checkSubscribe(TopicFilter.of("billing")).outcome())
                    .isEqualTo(Outcome.IMPLICIT_DENY);
        }
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            MQTT_UPGRADED, topic/post-cn-x/alarms, mq:PUB on topic/post-cn-x/billing
            MQTT_2019,     MQ_INST_1%alarms,       mq:PUB on MQ_INST_1%billing
            MQ_2019,       post-cn-x%alarms,       mq:PUB on post-cn-x%billing
            """)
    void aDenyIsToldInTheWordsOfTheGenerationThatThePoliciesUse(Dialect dialect, String topic, String missing) {
        String prerequisite = switch (dialect) {
            case MQTT_UPGRADED -> allow("mq:MqttInstanceAccess", "instance/post-cn-x");
            case MQTT_2019 -> allow("mq:OnsMqttInstanceBaseInfo", "post-cn-x");
            default -> allow("mq:OnsInstanceBaseInfo", "post-cn-x");
        };
        Verdict verdict = Granted.byStatements(prerequisite, allow("mq:PUB", topic))
                .on(INSTANCE)
                .permissions()
                .checkPublish(TopicName.of("billing"));
        assertThat(verdict.outcome()).isEqualTo(Outcome.IMPLICIT_DENY);
        assertThat(verdict.dialect()).isEqualTo(dialect);
        assertThat(verdict.deciding().map(part -> part.requirement().toString()))
                .contains(missing);
    }

    @Test
    void aDenyOfAPrerequisiteOfMqMeansNothingToMqtt() {
        Verdict verdict = Granted.byStatements(
                        allow("mq:PUB", "topic/post-cn-x/alarms"), deny("mq:OnsInstanceBaseInfo", "post-cn-x"))
                .permissions()
                .checkPublish(TopicName.of("alarms"));
        assertThat(verdict.outcome()).isEqualTo(Outcome.ALLOWED);
        assertThat(verdict.dialect()).isEqualTo(Dialect.MQTT_UPGRADED);
    }

    @ParameterizedTest
    @CsvSource({"instance/post-cn-x, true", "post-cn-x, true", "instance/post-cn-x, false", "post-cn-x, false"})
    void aDenyOfInstanceAccessCountsWhateverAnotherGenerationAllows(String instance, boolean required) {
        Granted granted = Granted.byStatements(
                allow("mq:OnsInstanceBaseInfo", "post-cn-x"),
                allow("mq:PUB", "post-cn-x%alarms"),
                deny("mq:MqttInstanceAccess", instance));
        Permissions permissions = (required ? granted.withInstanceAccessRequired() : granted).permissions();
        assertThat(permissions.checkPublish(TopicName.of("alarms")).outcome()).isEqualTo(Outcome.EXPLICIT_DENY);
    }
}
