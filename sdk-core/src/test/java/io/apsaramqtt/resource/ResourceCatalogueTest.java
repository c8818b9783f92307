package io.apsaramqtt.resource;

import static org.assertj.core.api.Assertions.assertThat;

import io.apsaramqtt.policy.ResourceName;
import io.apsaramqtt.resource.Requirement.Kind;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResourceCatalogueTest {

    private static final ServiceInstance INSTANCE =
            ServiceInstance.of("post-cn-x").withStoreInstanceId("MQ_INST_1");

    @ParameterizedTest
    @CsvSource(textBlock = """
            MQTT_UPGRADED, topic/post-cn-x/alarms, groupId/post-cn-x/GID_demo, mq:MqttInstanceAccess on instance/post-cn-x
            MQTT_PREVIOUS, MQ_INST_1%alarms,       post-cn-x%GID_demo,         mq:MqttInstanceAccess on post-cn-x
            MQTT_2019,     MQ_INST_1%alarms,       post-cn-x%GID_demo,         mq:OnsMqttInstanceBaseInfo on post-cn-x
            MQ_2020,       post-cn-x%alarms,       post-cn-x%GID_demo,         mq:QueryInstanceBaseInfo on post-cn-x
            MQ_2019,       post-cn-x%alarms,       post-cn-x%GID_demo,         mq:OnsInstanceBaseInfo on post-cn-x
            """)
    void namesTopicGroupAndInstance(Dialect dialect, String topic, String group, String prerequisite) {
        ResourceCatalogue catalogue = new ResourceCatalogue(INSTANCE, dialect, false);
        assertThat(texts(catalogue.publish("alarms").get(0))).containsExactly("mq:PUB on " + topic, prerequisite);
        assertThat(texts(catalogue.subscribe("alarms", "GID_demo").get(0)))
                .containsExactly("mq:SUB on " + topic, "mq:SUB on " + group, prerequisite);
    }

    @ParameterizedTest
    @CsvSource({"MQTT_PREVIOUS", "MQTT_2019", "MQ_2020", "MQ_2019"})
    void namesTheSameWithoutANamespace(Dialect dialect) {
        List<Candidate> candidates = new ResourceCatalogue(INSTANCE, dialect, false).subscribe("alarms", "GID_demo");
        assertThat(candidates).hasSize(2).extracting(Candidate::dialect).containsOnly(dialect);
        assertThat(texts(candidates.get(1)))
                .startsWith("mq:SUB on alarms", "mq:SUB on GID_demo")
                .hasSize(3);
    }

    @Test
    void theCurrentEditionHasOneFormOnly() {
        assertThat(new ResourceCatalogue(INSTANCE, Dialect.MQTT_UPGRADED, false).publish("alarms"))
                .hasSize(1);
    }

    @Test
    void autoMeansEveryGenerationTheCurrentOneFirst() {
        assertThat(new ResourceCatalogue(INSTANCE, Dialect.AUTO, false).publish("alarms"))
                .extracting(Candidate::dialect)
                .containsExactly(
                        Dialect.MQTT_UPGRADED,
                        Dialect.MQTT_PREVIOUS,
                        Dialect.MQTT_PREVIOUS,
                        Dialect.MQTT_2019,
                        Dialect.MQTT_2019,
                        Dialect.MQ_2020,
                        Dialect.MQ_2020,
                        Dialect.MQ_2019,
                        Dialect.MQ_2019);
    }

    @Test
    void whatIsNotKnownReadsAsAStar() {
        ServiceInstance instance = ServiceInstance.of("post-cn-x");
        assertThat(texts(new ResourceCatalogue(instance, Dialect.MQTT_PREVIOUS, false)
                        .publish("alarms")
                        .get(0)))
                .contains("mq:PUB on *%alarms");
        assertThat(texts(new ResourceCatalogue(instance, Dialect.MQTT_UPGRADED, false)
                        .subscribe(null, null)
                        .get(0)))
                .contains("mq:SUB on topic/post-cn-x/*", "mq:SUB on groupId/post-cn-x/*");
        assertThat(wholeName(instance)).isEqualTo("acs:mq:*:*:topic/post-cn-x/alarms");
    }

    @Test
    void regionAndAccountAreNamedWhereKnown() {
        assertThat(wholeName(INSTANCE.withRegionId("cn-hangzhou").withAccountId("1234567890123456")))
                .isEqualTo("acs:mq:cn-hangzhou:1234567890123456:topic/post-cn-x/alarms");
    }

    @ParameterizedTest
    @CsvSource({
        "MQTT_UPGRADED,false,INSTANCE_ADVISED",
        "MQTT_PREVIOUS,false,INSTANCE_ADVISED",
        "MQTT_UPGRADED,true,INSTANCE",
        "MQTT_PREVIOUS,true,INSTANCE",
        "MQTT_2019,false,INSTANCE",
        "MQ_2020,false,INSTANCE",
        "MQ_2019,false,INSTANCE"
    })
    void onlyMqttInstanceAccessMayBeMissing(Dialect dialect, boolean required, Kind expected) {
        assertThat(new ResourceCatalogue(INSTANCE, dialect, required).publish("alarms"))
                .allSatisfy(candidate -> assertThat(candidate.requirements())
                        .extracting(Requirement::kind)
                        .containsExactly(Kind.TOPIC, expected));
    }

    @Test
    void everyFormOfARelativeIdIsKnown() {
        String any = ResourceName.UNKNOWN;
        assertThat(new ResourceCatalogue(INSTANCE, Dialect.AUTO, false).relativeIds())
                .containsExactlyInAnyOrder(
                        "instance/post-cn-x",
                        "topic/post-cn-x/" + any,
                        "groupId/post-cn-x/" + any,
                        "rule/post-cn-x/" + any,
                        "post-cn-x",
                        "MQ_INST_1%" + any,
                        "post-cn-x%" + any,
                        any);
        assertThat(new ResourceCatalogue(ServiceInstance.of("post-cn-x"), Dialect.MQTT_PREVIOUS, false).relativeIds())
                .containsExactlyInAnyOrder("post-cn-x", any + "%" + any, "post-cn-x%" + any, any);
    }

    private static List<String> texts(Candidate candidate) {
        return candidate.requirements().stream().map(Requirement::toString).toList();
    }

    private static String wholeName(ServiceInstance instance) {
        return new ResourceCatalogue(instance, Dialect.MQTT_UPGRADED, false)
                .publish("alarms")
                .get(0)
                .requirements()
                .get(0)
                .resource()
                .toString();
    }
}
