package io.apsaramqtt.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TopicNameTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a",
                "alarms/device-1",
                "/",
                "/a",
                "a/",
                "a//b",
                " ",
                "a b",
                "$SYS/x",
                "温度/一",
                "\uD83D\uDE00",
                "%"
            })
    void acceptsWhateverTheSpecificationAllows(String value) {
        assertThat(TopicName.of(value).value()).isEqualTo(value);
        assertThat(TopicName.of(value)).hasToString(value).isEqualTo(new TopicName(value));
    }

    @ParameterizedTest
    @CsvSource({"+,0", "#,0", "a/+,2", "a/#,2", "a+b,1", "a/b#/c,3"})
    void refusesAWildcardAndSaysWhereItStands(String value, int index) {
        InvalidMqttValueException e = catchThrowableOfType(InvalidMqttValueException.class, () -> TopicName.of(value));
        assertThat(e.index()).isEqualTo(index);
        assertThat(e.value()).isEqualTo(value);
        assertThat(e)
                .hasMessage("Topic name [" + value + "] contains the wildcard '" + value.charAt(index) + "' at index "
                        + index + "; wildcards belong in topic filters. Publish to a name without '+' and '#'");
    }

    @Test
    void refusesAnEmptyName() {
        assertThatThrownBy(() -> TopicName.of(""))
                .isInstanceOf(InvalidMqttValueException.class)
                .hasMessage("Topic name [] is empty; at least one character is needed");
    }

    @Test
    void refusesTheCharacterZero() {
        InvalidMqttValueException e =
                catchThrowableOfType(InvalidMqttValueException.class, () -> TopicName.of("ab\0c"));
        assertThat(e.index()).isEqualTo(2);
        assertThat(e).hasMessageContaining("U+0000 at index 2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\uD83D", "a\uDE00", "a\uD83Dx", "a\uDE00\uD83D", "a\uD83D\uD83D\uDE00"})
    void refusesHalfASurrogatePair(String value) {
        InvalidMqttValueException e = catchThrowableOfType(InvalidMqttValueException.class, () -> TopicName.of(value));
        assertThat(e.index()).isEqualTo(1);
        assertThat(e).hasMessageContaining("half a surrogate pair at index 1");
    }

    @ParameterizedTest
    @CsvSource({"a,65535", "é,32767", "温,21845", "\uD83D\uDE00,16383"})
    void countsTheBytesOfUtf8(String character, int most) {
        assertThat(TopicName.of(character.repeat(most)).value()).hasSize(most * character.length());
        assertThatThrownBy(() -> TopicName.of(character.repeat(most + 1)))
                .isInstanceOf(InvalidMqttValueException.class)
                .hasMessageContaining(" bytes in UTF-8; MQTT allows 65535");
    }

    @ParameterizedTest
    @CsvSource({"alarms,alarms", "alarms/device-1,alarms", "alarms/,alarms", "a/b/c,a", "/a,''", "/,''"})
    void namesItsParentTopic(String value, String parent) {
        assertThat(TopicName.of(value).parentTopic()).isEqualTo(parent);
    }

    @Test
    void isEqualToANameWithTheSameText() {
        TopicName name = TopicName.of("alarms/device-1");
        assertThat(name).isEqualTo(TopicName.of("alarms/" + "device-1")).hasSameHashCodeAs("alarms/device-1");
        assertThat(name).isNotEqualTo(TopicName.of("alarms/device-2")).isNotEqualTo(TopicFilter.of("alarms/device-1"));
    }
}
