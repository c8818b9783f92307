package io.apsaramqtt.permission;

import static org.assertj.core.api.Assertions.assertThat;

import io.apsaramqtt.mqtt.TopicFilter;
import io.apsaramqtt.mqtt.TopicName;
import io.apsaramqtt.policy.Outcome;
import io.apsaramqtt.policy.Policy;
import io.apsaramqtt.resource.Dialect;
import io.apsaramqtt.resource.ServiceInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SystemPolicyPermissionsTest {

    @ParameterizedTest
    @CsvSource({
        "AliyunMQFullAccess,ALLOWED,ALLOWED",
        "AliyunMQPubOnlyAccess,ALLOWED,IMPLICIT_DENY",
        "AliyunMQSubOnlyAccess,IMPLICIT_DENY,ALLOWED",
        "AliyunMQReadOnlyAccess,IMPLICIT_DENY,IMPLICIT_DENY"
    })
    void grantWhatTheirNamesSay(String policy, Outcome publish, Outcome subscribe) {
        Permissions permissions = Granted.by(Policy.system(policy)).permissions();
        assertThat(permissions.checkPublish(TopicName.of("alarms/x")).outcome()).isEqualTo(publish);
        assertThat(permissions.checkSubscribe(TopicFilter.of("alarms/#")).outcome())
                .isEqualTo(subscribe);
    }

    @ParameterizedTest
    @CsvSource({
        "AliyunMQFullAccess,ALLOWED,ALLOWED",
        "AliyunMQPubOnlyAccess,IMPLICIT_DENY,IMPLICIT_DENY",
        "AliyunMQSubOnlyAccess,IMPLICIT_DENY,IMPLICIT_DENY"
    })
    void lackInstanceAccessWhereItIsRequired(String policy, Outcome publish, Outcome subscribe) {
        Permissions permissions = Granted.by(Policy.system(policy))
                .in(Dialect.MQTT_UPGRADED)
                .withInstanceAccessRequired()
                .permissions();
        assertThat(permissions.checkPublish(TopicName.of("alarms/x")).outcome()).isEqualTo(publish);
        assertThat(permissions.checkSubscribe(TopicFilter.of("alarms/#")).outcome())
                .isEqualTo(subscribe);
    }

    @ParameterizedTest
    @CsvSource({"MQTT_UPGRADED", "MQTT_PREVIOUS", "MQTT_2019", "MQ_2020", "MQ_2019"})
    void fullAccessIsEnoughInEveryGenerationWhateverIsUnknown(Dialect dialect) {
        Permissions permissions = Granted.by(Policy.system("AliyunMQFullAccess"))
                .on(ServiceInstance.of("post-cn-x"))
                .withoutGroup()
                .in(dialect)
                .permissions();
        assertThat(permissions.checkPublish(TopicName.of("alarms/x")).outcome()).isEqualTo(Outcome.ALLOWED);
        assertThat(permissions.checkSubscribe(TopicFilter.of("#")).outcome()).isEqualTo(Outcome.ALLOWED);
    }
}
