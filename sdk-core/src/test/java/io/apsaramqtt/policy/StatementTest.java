package io.apsaramqtt.policy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StatementTest {

    private static final ResourceName ALARMS = ResourceName.of("acs:mq:cn-hangzhou:1:topic/x/alarms");

    @ParameterizedTest
    @CsvSource({
        "mq:PUB,YES",
        "MQ:pub,YES",
        "mq:*,YES",
        "*:PUB,YES",
        "*,YES",
        "mq:P?B,YES",
        "mq:SUB,NO",
        "mq:PU,NO",
        "mq:,NO"
    })
    void anActionIsComparedWithoutRegardToCase(String action, Match expected) {
        assertThat(match("\"Action\":\"" + action + "\",\"Resource\":\"*\"")).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"mq:SUB,YES", "oss:*,YES", "mq:PUB,NO", "mq:pub,NO", "*,NO"})
    void notActionAppliesToEveryOther(String action, Match expected) {
        assertThat(match("\"NotAction\":[\"" + action + "\",\"ecs:*\"],\"Resource\":\"*\""))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"acs:mq:*:*:topic/x/billing,YES", "acs:mq:*:*:topic/x/alarms,NO", "*,NO", "acs:mq:*,MAYBE"})
    void notResourceAppliesToEveryOther(String resource, Match expected) {
        assertThat(match("\"Action\":\"mq:PUB\",\"NotResource\":[\"" + resource + "\",\"acs:ecs:*:*:i\"]"))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"mq:PUB,acs:mq:*:*:topic/x/*,MAYBE", "mq:SUB,*,NO", "mq:PUB,acs:mq:*:*:topic/y/*,NO"})
    void aConditionLeavesOpenWhatWouldApply(String action, String resource, Match expected) {
        assertThat(match("\"Action\":\"" + action + "\",\"Resource\":\"" + resource
                        + "\",\"Condition\":{\"Bool\":{\"acs:SecureTransport\":\"true\"}}"))
                .isEqualTo(expected);
    }

    private static Match match(String members) {
        return Policy.parse("p", "{\"Version\":\"1\",\"Statement\":[{\"Effect\":\"Deny\"," + members + "}]}")
                .statements()
                .get(0)
                .match("mq:PUB", ALARMS, RequestContext.nothingKnown());
    }
}
