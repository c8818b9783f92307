package io.apsaramqtt.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.apsaramqtt.credentials.AccessKey;
import io.apsaramqtt.credentials.CredentialsProvider;
import io.apsaramqtt.permission.source.PermissionSourceException;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EnvironmentSettingsTest {

    private final Map<String, String> variables = new HashMap<>(Map.of(
            "APSARA_MQTT_ENDPOINT", "tcp://127.0.0.1:1",
            "APSARA_MQTT_INSTANCE_ID", "post-cn-x",
            "APSARA_MQTT_GROUP_ID", "GID_demo",
            "APSARA_MQTT_DEVICE_ID", "device-1"));

    private ApsaraMqttClient client() {
        return EnvironmentSettings.builder(variables::get)
                .credentials(CredentialsProvider.of(AccessKey.of("LTAI5tEnvironment", "not-used")))
                .build();
    }

    @Test
    void buildsAClientFromVariables() {
        try (ApsaraMqttClient client = client()) {
            assertThat(client.clientId()).hasToString("GID_demo@@@device-1");
            assertThat(client.endpoint()).hasToString("tcp://127.0.0.1:1");
            assertThat(client.permissions().explainPublish("alarms/a")).contains("no permission source");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"APSARA_MQTT_ENDPOINT", "APSARA_MQTT_INSTANCE_ID", "APSARA_MQTT_GROUP_ID"})
    void namesTheVariableThatIsMissing(String name) {
        variables.remove(name);
        assertThatThrownBy(this::client)
                .isInstanceOfSatisfying(
                        ConfigurationException.class,
                        e -> assertThat(e.setting()).isEqualTo(name))
                .hasMessageContaining(name)
                .hasMessageContaining("set the environment variable");
        variables.put(name, " ");
        assertThatThrownBy(this::client)
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining(name);
    }

    @Test
    void theDeviceIsTheHostWhereNoneIsNamed() {
        variables.remove("APSARA_MQTT_DEVICE_ID");
        try (ApsaraMqttClient client = client()) {
            assertThat(client.clientId().value()).matches("GID_demo@@@[0-9A-Za-z_-]+");
        }
    }

    @Test
    void readsThePolicyFileThatIsNamed() {
        variables.put("APSARA_MQTT_POLICY_FILE", "no-such-folder/policy.json");
        try (ApsaraMqttClient client = client()) {
            assertThatThrownBy(client::connect)
                    .isInstanceOf(PermissionSourceException.class)
                    .hasMessageContaining("no-such-folder/policy.json");
        }
    }
}
