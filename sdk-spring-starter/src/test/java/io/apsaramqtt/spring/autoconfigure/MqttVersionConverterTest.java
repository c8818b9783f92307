package io.apsaramqtt.spring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.apsaramqtt.mqtt.MqttVersion;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class MqttVersionConverterTest {

    @ParameterizedTest
    @CsvSource({"5, V5", "5.0, V5", "v5, V5", "V5, V5", "3.1.1, V3_1_1", "v3.1.1, V3_1_1", "V3_1_1, V3_1_1"})
    void readsAVersionAsPeopleWriteIt(String text, MqttVersion version) {
        new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(ApsaraMqttAutoConfiguration.class))
                .withPropertyValues(
                        "apsara.mqtt.mqtt-version=" + text,
                        "apsara.mqtt.endpoint=tcp://127.0.0.1:1883",
                        "apsara.mqtt.instance-id=post-cn-x",
                        "apsara.mqtt.group-id=GID_demo",
                        "apsara.mqtt.connect-on-start=off")
                .run(context -> assertThat(
                                context.getBean(ApsaraMqttProperties.class).mqttVersion())
                        .isEqualTo(version));
    }

    @Test
    void namesTheVersionsThereAre() {
        assertThatThrownBy(() -> new MqttVersionConverter().convert("4"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("MQTT version [4] is not supported; allowed are 3.1.1 and 5");
    }
}
