package io.apsaramqtt.spring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import io.apsaramqtt.client.ApsaraMqttClient;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.DataObjectPropertyName;
import org.springframework.util.ClassUtils;

class MetadataTest {

    /** Those that are asked for by name, as conditions are. */
    private static final Set<String> ASKED_BY_NAME = Set.of(
            "apsara.mqtt.enabled",
            "apsara.mqtt.metrics.enabled",
            "apsara.mqtt.observation.enabled",
            "management.health.apsaramqtt.enabled");

    private static Map<String, String> components(String prefix, Class<?> properties) {
        Map<String, String> types = new TreeMap<>();
        for (RecordComponent component : properties.getRecordComponents()) {
            String name = prefix + "." + DataObjectPropertyName.toDashedForm(component.getName());
            if (component.getType().isRecord()) {
                types.putAll(components(name, component.getType()));
            } else {
                types.put(
                        name,
                        component.getType().isPrimitive()
                                ? ClassUtils.resolvePrimitiveIfNecessary(component.getType())
                                        .getName()
                                : component.getGenericType().getTypeName().replace(", ", ","));
            }
        }
        return types;
    }

    @Test
    void showsEachComponentOfTheRecordsWithItsTypeAndNothingElse() {
        Map<String, String> expected = components("apsara.mqtt", ApsaraMqttProperties.class);
        expected.putAll(components("apsara.mqtt.listener", MqttListenerProperties.class));
        expected.putAll(components("apsara.mqtt.template", MqttTemplateProperties.class));
        ASKED_BY_NAME.forEach(name -> expected.put(name, Boolean.class.getName()));
        Map<String, String> shown = new TreeMap<>();
        Metadata.properties().forEach((name, property) -> {
            // Those of the endpoint are Spring Boot's own.
            if (!name.startsWith("management.endpoint.")) {
                shown.put(name, String.valueOf(property.get("type")));
            }
        });
        assertThat(shown).isEqualTo(expected);
    }

    @Test
    void theTableOfTheSettingsNamesEach() throws IOException {
        String table = Files.readString(Path.of("../docs/settings.md"));
        assertThat(Metadata.properties().keySet())
                .filteredOn(name -> !name.startsWith("management.endpoint."))
                .allSatisfy(name -> assertThat(table).containsPattern("[`.]" + Pattern.quote(written(name)) + "[`.]"));
    }

    /** What stands in the table of a property: its last word where that is its own. */
    private static String written(String name) {
        return name.endsWith(".enabled") ? name.replace("apsara.mqtt.", "") : name.substring(name.lastIndexOf('.') + 1);
    }

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
