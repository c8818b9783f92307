package io.apsaramqtt.spring.listener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.apsaramqtt.mqtt.InvalidMqttValueException;
import io.apsaramqtt.mqtt.TopicName;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TopicTemplateTest {

    @ParameterizedTest
    @CsvSource({
        "devices/{id}/temperature, devices/+/temperature",
        "devices/{id}, devices/+",
        "{tenant}/{id}/#, +/+/#",
        "devices/+/temperature, devices/+/temperature",
        "$share/group/devices/{id}, $share/group/devices/+",
        "devices, devices"
    })
    void aVariableIsAWildcardOfOneLevel(String text, String filter) {
        assertThat(TopicTemplate.parse(text)).hasToString(filter);
    }

    @Test
    void tellsTheLevelsOfATopic() {
        TopicTemplate template = TopicTemplate.parse("{tenant}/devices/{device-id}/#");
        assertThat(template.names()).containsExactlyInAnyOrder("tenant", "device-id");
        assertThat(template.values(TopicName.of("acme/devices/7/temperature/in")))
                .isEqualTo(Map.of("tenant", "acme", "device-id", "7"));
    }

    @Test
    void theNameOfASharedSubscriptionIsNoLevel() {
        assertThat(TopicTemplate.parse("$share/group/devices/{id}").values(TopicName.of("devices/7")))
                .isEqualTo(Map.of("id", "7"));
    }

    @Test
    void anEmptyLevelIsAnEmptyValue() {
        assertThat(TopicTemplate.parse("devices/{id}/x").values(TopicName.of("devices//x")))
                .isEqualTo(Map.of("id", ""));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"devices/{id}-x", "devices/{}", "devices/{a b}", "devices/{id", "devices/id}", "$share/{g}/x"})
    void aVariableIsAWholeLevelWithAName(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TopicTemplate.parse(text))
                .withMessageContaining("Topic [" + text + "]")
                .withMessageContaining("as in devices/{id}/temperature");
    }

    @Test
    void aNameIsThereOnce() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TopicTemplate.parse("{id}/{id}"))
                .withMessageContaining("names the level variable {id} twice");
    }

    @Test
    void whatIsNoFilterIsRefusedAsSuch() {
        assertThatThrownBy(() -> TopicTemplate.parse("devices/#/x")).isInstanceOf(InvalidMqttValueException.class);
    }
}
