package io.apsaramqtt.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TopicFilterTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a", "#", "+", "/", "/#", "/+", "+/", "a/#", "a/+", "a/+/b", "+/+", "+/+/#", "a//b", "$SYS/#", "$share",
                " ", "温度/+"
            })
    void acceptsWhateverTheSpecificationAllows(String value) {
        assertThat(TopicFilter.of(value)).hasToString(value).isEqualTo(new TopicFilter(value));
        assertThat(TopicFilter.of(value).value()).isEqualTo(value);
    }

    @ParameterizedTest
    @CsvSource({"a#,1", "#/a,0", "a/#/b,2", "##,0", "a/b#,3", "#a,0"})
    void refusesAHashThatIsNotTheWholeLastLevel(String value, int index) {
        InvalidMqttValueException e =
                catchThrowableOfType(InvalidMqttValueException.class, () -> TopicFilter.of(value));
        assertThat(e.index()).isEqualTo(index);
        assertThat(e)
                .hasMessage("Topic filter [" + value + "] has a misplaced wildcard '#' at index " + index
                        + "; '#' must be the whole last level, as in a/#");
    }

    @ParameterizedTest
    @CsvSource({"a+,1", "+a,0", "a/b+/c,3", "++,0", "+#,0", "a/+b/c,2"})
    void refusesAPlusThatIsNotAWholeLevel(String value, int index) {
        InvalidMqttValueException e =
                catchThrowableOfType(InvalidMqttValueException.class, () -> TopicFilter.of(value));
        assertThat(e.index()).isEqualTo(index);
        assertThat(e)
                .hasMessage("Topic filter [" + value + "] has a misplaced wildcard '+' at index " + index
                        + "; '+' must be a whole level, as in a/+/b");
    }

    @Test
    void refusesWhatNoMqttStringMayHold() {
        assertThatThrownBy(() -> TopicFilter.of(""))
                .hasMessage("Topic filter [] is empty; at least one character is needed");
        assertThatThrownBy(() -> TopicFilter.of("a\0")).isInstanceOf(InvalidMqttValueException.class);
        assertThatThrownBy(() -> TopicFilter.of("\uD800")).isInstanceOf(InvalidMqttValueException.class);
        assertThatThrownBy(() -> TopicFilter.of("a".repeat(65_536))).isInstanceOf(InvalidMqttValueException.class);
    }

    @ParameterizedTest
    @CsvSource({
        "alarms/#,alarms,true,false",
        "alarms,alarms,false,false",
        "alarms/+/x,alarms,true,false",
        "#,#,true,true",
        "+/x,+,true,true",
        "/+,'',true,false"
    })
    void knowsItsParentTopicAndItsWildcards(String value, String parent, boolean wildcard, boolean startsWithWildcard) {
        TopicFilter filter = TopicFilter.of(value);
        assertThat(filter.parentTopic()).isEqualTo(parent);
        assertThat(filter.hasWildcard()).isEqualTo(wildcard);
        assertThat(filter.startsWithWildcard()).isEqualTo(startsWithWildcard);
        assertThat(filter.shareName()).isEmpty();
    }

    @Test
    void isEqualToAFilterWithTheSameText() {
        TopicFilter filter = TopicFilter.of("alarms/#");
        assertThat(filter).isEqualTo(TopicFilter.of("alarms" + "/#")).hasSameHashCodeAs("alarms/#");
        assertThat(filter).isNotEqualTo(TopicFilter.of("alarms/+")).isNotEqualTo(TopicFilter.of("$share/g/alarms/#"));
    }
}
