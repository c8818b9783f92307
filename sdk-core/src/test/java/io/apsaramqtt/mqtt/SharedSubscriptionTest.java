package io.apsaramqtt.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** MQTT 5 section 4.8.2. */
class SharedSubscriptionTest {

    @ParameterizedTest
    @CsvSource({
        "$share/workers/alarms/#,workers,alarms,false",
        "$share/w/+/x,w,+,true",
        "$share/w/#,w,#,true",
        "$share/w//x,w,'',false",
        "$share/w/$SYS/x,w,$SYS,false"
    })
    void knowsItsNameAndTheFilterWithin(String value, String name, String parent, boolean startsWithWildcard) {
        TopicFilter filter = TopicFilter.of(value);
        assertThat(filter.shareName()).contains(name);
        assertThat(filter.parentTopic()).isEqualTo(parent);
        assertThat(filter.startsWithWildcard()).isEqualTo(startsWithWildcard);
    }

    @ParameterizedTest
    @ValueSource(strings = {"$share/", "$share/w", "$share/w/", "$share//a", "$share/w+/a", "$share/#/a", "$share/#"})
    void refusesWhatIsNone(String value) {
        assertThatThrownBy(() -> TopicFilter.of(value))
                .isInstanceOf(InvalidMqttValueException.class)
                .hasMessage("Topic filter [" + value + "] is not a shared subscription; it must read"
                        + " $share/<name>/<filter>, the name without '+' and '#'");
    }

    @Test
    void refusesAMisplacedWildcardOfTheFilterWithin() {
        assertThatThrownBy(() -> TopicFilter.of("$share/w/a#"))
                .hasMessageContaining("misplaced wildcard '#' at index 10");
        assertThatThrownBy(() -> TopicFilter.of("$share/w/#/a"))
                .hasMessageContaining("misplaced wildcard '#' at index 9");
    }

    @Test
    void matchesAsTheFilterWithinDoes() {
        TopicFilter filter = TopicFilter.of("$share/workers/alarms/+");
        assertThat(filter.matches(TopicName.of("alarms/device-1"))).isTrue();
        assertThat(filter.matches(TopicName.of("alarms"))).isFalse();
        assertThat(filter.matches(TopicName.of("$share/workers/alarms/device-1")))
                .isFalse();
        assertThat(TopicFilter.of("$share/workers/#").matches(TopicName.of("$SYS/x")))
                .isFalse();
        assertThat(TopicFilter.of("$share/workers/$SYS/#").matches(TopicName.of("$SYS/x")))
                .isTrue();
    }
}
