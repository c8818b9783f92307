package io.apsaramqtt.spring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import io.apsaramqtt.client.ApsaraMqttClient;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class MetadataTest {

    @Test
    void theDefaultsThatItShowsAreThoseOfTheClient() {
        Map<String, String> defaults = Metadata.properties().values().stream()
                .filter(property -> property.get("defaultValue") != null)
                .collect(Collectors.toMap(
                        property -> String.valueOf(property.get("name")),
                        property -> String.valueOf(property.get("defaultValue"))));
        assertThat(defaults).hasSizeGreaterThan(15);
        assertThat(ClientSettings.builder(Bound.properties(defaults)))
                .usingRecursiveComparison()
                .ignoringFields(
                        "settings.credentials",
                        "settings.permissions",
                        "settings.connectionListener",
                        "settings.permissionsListener",
                        "settings.verdictListener")
                .isEqualTo(ApsaraMqttClient.builder());
    }

    @Test
    void whatItOffersForAChoiceIsTheWholeChoice() {
        assertThat(Metadata.properties()).containsKeys(Metadata.hints().keySet().toArray(String[]::new));
        assertThat(Metadata.hints().get("apsara.mqtt.permissions.startup"))
                .extracting(value -> Bound.properties(Map.of("apsara.mqtt.permissions.startup", value))
                        .permissions()
                        .startup())
                .containsExactly(MqttPermissionProperties.Startup.values());
        assertThat(Metadata.hints().get("apsara.mqtt.connect-on-start"))
                .extracting(value -> Bound.properties(Map.of("apsara.mqtt.connect-on-start", value))
                        .connectOnStart())
                .containsExactly(ApsaraMqttProperties.ConnectOnStart.values());
    }

    @Test
    void eachPropertyIsTypedAndDescribedInPlainSentences() {
        assertThat(Metadata.properties())
                .containsKeys(
                        "apsara.mqtt.enabled",
                        "apsara.mqtt.endpoint",
                        "apsara.mqtt.permissions.policy-file",
                        "apsara.mqtt.permissions.ram.enabled",
                        "apsara.mqtt.publish-topics")
                .allSatisfy((name, property) -> {
                    assertThat(property.get("type")).isNotNull();
                    assertThat(String.valueOf(property.get("description")))
                            .endsWith(".")
                            .doesNotContain("{@")
                            .doesNotMatch("(The|A|An) .*");
                    if ("java.lang.Boolean".equals(property.get("type"))) {
                        assertThat(String.valueOf(property.get("description"))).startsWith("Whether ");
                    }
                });
    }
}
