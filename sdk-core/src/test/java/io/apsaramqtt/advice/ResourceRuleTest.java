package io.apsaramqtt.advice;

import static io.apsaramqtt.advice.Drafts.allow;
import static org.assertj.core.api.Assertions.assertThat;

import io.apsaramqtt.advice.Finding.Rule;
import io.apsaramqtt.advice.Finding.Severity;
import io.apsaramqtt.resource.Dialect;
import io.apsaramqtt.resource.ServiceInstance;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ResourceRuleTest {

    @ParameterizedTest
    @CsvSource({
        "acs:mq:*:*:topics/post-cn-x/alarms,  Write acs:mq:*:*:topic/post-cn-x/alarms",
        "acs:mq:*:*:groupid/post-cn-x/GID_a,  Write acs:mq:*:*:groupId/post-cn-x/GID_a",
        "acs:mq:*:*:Instance/post-cn-x,       Write acs:mq:*:*:instance/post-cn-x",
        "acs:mq:*:*:queue/post-cn-x/alarms,   is of no form that the service has",
        "acs:mq:*:*:instance/post-cn-x/a,     is of no form that the service has",
        "acs:mq:*:*:topic/post-cn-x,          is of no form that the service has",
        "acs:mq:*:*:a:b,                      is of no form that the service has",
        "acs:mq:*:*:,                         is of no form that the service has",
        "acs:mq:::MQ_INST_1%GID_a,            Write * there",
        "acs:mq:*::MQ_INST_1%GID_a,           Write * there",
        "acs:mq:topic/post-cn-x/alarms,       has fewer than five fields",
        "topic/post-cn-x/alarms:,             has fewer than five fields",
        "arn:mq:*:*:alarms,                   does not begin with acs",
        "acs:mqtt:*:*:alarms,                 is of service [mqtt]",
        "acs:mq:Hangzhou:*:alarms,            cannot be one: region IDs",
        "acs:mq:1234567890123456:*:alarms,    cannot be one: region IDs",
        "acs:mq:*:cn-hangzhou:alarms,         cannot be one: account IDs",
    })
    void aResourceThatNothingIsNamedIsAnError(String resource, String message) {
        assertThat(Drafts.of(Rule.IMPOSSIBLE_RESOURCE, allow("mq:PUB", resource)))
                .singleElement()
                .satisfies(found -> {
                    assertThat(found.severity()).isEqualTo(Severity.ERROR);
                    assertThat(found.message())
                            .startsWith("Resource [" + resource + "] ")
                            .contains(message);
                });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "*",
                "acs:mq:*:*:*",
                "acs:*:*:*:*",
                "acs:m?:*:*:*",
                "acs:mq:*:*:topic/post-cn-x/alarms",
                "acs:mq:*:*:topic/*",
                "acs:mq:*:*:t*/alarms",
                "acs:mq:*:*:*/post-cn-x/*",
                "acs:mq:*:*:groupId/post-cn-x/GID_a",
                "acs:mq:*:*:instance/post-cn-x",
                "acs:mq:*:*:rule/post-cn-x/1",
                "acs:mq:cn-hangzhou:1234567890123456:MQ_INST_1",
                "acs:mq:mq-internet-access:123*:MQ_INST_1%alarms",
                "acs:mq:*:*:alarms",
            })
    void aResourceOfAFormThatExistsIsNotReported(String resource) {
        assertThat(Drafts.of(Rule.IMPOSSIBLE_RESOURCE, allow("mq:*", resource))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "acs:mq:*:*:topic/post-cn-x/alarms/device-1, parent topics only",
        "acs:mq:*:*:topic/post-cn-x/alarms/*,        parent topics only",
        "acs:mq:*:*:MQ_INST_1%alarms/device-1,       parent topics only",
        "acs:mq:*,                                   runs over colons",
    })
    void aResourceThatMostLikelyMatchesNothingIsAWarning(String resource, String message) {
        assertThat(Drafts.of(Rule.IMPOSSIBLE_RESOURCE, allow("mq:PUB", resource)))
                .singleElement()
                .satisfies(found -> {
                    assertThat(found.severity()).isEqualTo(Severity.WARNING);
                    assertThat(found.message()).contains(message);
                });
    }

    @Test
    void aBlankInAResourceIsAnError() {
        assertThat(Drafts.of(
                        Rule.IMPOSSIBLE_RESOURCE,
                        "{\"Effect\":\"Allow\",\"Action\":\"mq:PUB\",\"Resource\":\"acs:mq:*:*: alarms\"}"))
                .singleElement()
                .satisfies(found -> assertThat(found.message()).contains("has a blank in it"));
    }

    @ParameterizedTest
    @CsvSource({
        "oss:GetObject, acs:oss:*:*:bucket/a/b/c",
        "mq:PUB oss:GetObject, acs:oss:*:*:bucket/a",
        "*, acs:oss:*:*:a"
    })
    void resourcesOfOtherServicesAreNotJudgedBesideTheirActions(String actions, String resource) {
        assertThat(Drafts.of(Rule.IMPOSSIBLE_RESOURCE, allow(actions, resource)))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "AUTO,          acs:mq:*:*:topic/post-cn-y/alarms,          true",
        "AUTO,          acs:mq:*:*:topic/post-cn-x/alarms,          false",
        "AUTO,          acs:mq:*:*:topic/post-cn-?/alarms,          false",
        "AUTO,          acs:mq:cn-beijing:*:topic/post-cn-x/alarms, true",
        "AUTO,          acs:mq:cn-*:*:topic/post-cn-x/alarms,       false",
        "AUTO,          acs:mq:*:222:topic/post-cn-x/alarms,        true",
        "AUTO,          MQ_INST_1%alarms,                           false",
        "MQTT_UPGRADED, MQ_INST_1%alarms,                           true",
        "MQ_2020,       MQ_INST_1%alarms,                           true",
        "MQ_2020,       post-cn-x%alarms,                           false",
        "AUTO,          *,                                          false",
    })
    void aResourceOfAnotherInstanceIsToldWhereTheInstanceIsGiven(Dialect dialect, String resource, boolean expected) {
        ServiceInstance instance =
                ServiceInstance.of("post-cn-x").withRegionId("cn-hangzhou").withAccountId("111");
        String document = Drafts.document(allow("mq:PUB", resource));
        assertThat(PolicyLinter.forInstance(instance, dialect).lint("p", document))
                .filteredOn(found -> found.rule() == Rule.OTHER_INSTANCE)
                .hasSize(expected ? 1 : 0);
        assertThat(new PolicyLinter().lint("p", document)).noneMatch(found -> found.rule() == Rule.OTHER_INSTANCE);
    }
}
