package io.apsaramqtt.policy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResourcePatternTest {

    @ParameterizedTest
    @CsvSource({
        "*,YES",
        "acs:mq:*:*:topic/x/alarms,YES",
        "acs:mq:cn-hangzhou:1:topic/x/alarms,YES",
        "acs:mq:*:*:topic/x/*,YES",
        "acs:*:*:*:*,YES",
        "acs:mq:*:*:topic/x/alarm?,YES",
        "acs:mq:*:*:topic/x/alarm,NO",
        "acs:mq:*:*:topic/x/Alarms,NO",
        "acs:mq:cn-shanghai:*:topic/x/alarms,NO",
        "acs:mq:*:2:topic/x/alarms,NO",
        "acs:rocketmq:*:*:topic/x/alarms,NO",
        "acs:mq:::topic/x/alarms,NO",
        "topic/x/alarms,NO",
        "'',NO"
    })
    void isMatchedFieldByField(String pattern, Match expected) {
        ResourceName name = ResourceName.of("acs:mq:cn-hangzhou:1:topic/x/alarms");
        assertThat(new ResourcePattern(pattern).match(name)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"acs:mq:*,MAYBE", "acs:*,MAYBE", "acs:mq:*:topic/x/alarms,MAYBE", "acs:oss:*,NO", "acs:mq:*:billing,NO"
    })
    void isLeftOpenWhereOnlyAStarOverAColonDecides(String pattern, Match expected) {
        ResourceName name = ResourceName.of("acs:mq:cn-hangzhou:1:topic/x/alarms");
        assertThat(new ResourcePattern(pattern).match(name)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "acs:mq:*:*:topic/x/alarms,YES",
        "acs:mq:cn-hangzhou:*:topic/x/alarms,MAYBE",
        "acs:mq:*:1:topic/x/alarms,MAYBE",
        "acs:mq:cn-*:*:topic/x/alarms,MAYBE",
        "acs:mq:cn-hangzhou:*:topic/x/billing,NO",
        "acs:mq:::topic/x/alarms,NO"
    })
    void anUnknownRegionOrAccountIsLeftOpenWhereThePatternNamesOne(String pattern, Match expected) {
        ResourceName name = ResourceName.of("mq", null, null, "topic/x/alarms");
        assertThat(new ResourcePattern(pattern).match(name)).isEqualTo(expected);
    }

    @Test
    void keepsItsText() {
        assertThat(new ResourcePattern("acs:mq:*:*:a:b").text()).isEqualTo("acs:mq:*:*:a:b");
    }
}
