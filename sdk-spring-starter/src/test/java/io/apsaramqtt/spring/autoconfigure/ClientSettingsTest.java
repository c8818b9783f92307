package io.apsaramqtt.spring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.apsaramqtt.client.ApsaraMqttClient;
import io.apsaramqtt.client.ApsaraMqttClientBuilder;
import io.apsaramqtt.client.proxy.ProxySettings;
import io.apsaramqtt.credentials.AccessKey;
import io.apsaramqtt.credentials.CredentialsProvider;
import io.apsaramqtt.mqtt.ClientId;
import io.apsaramqtt.mqtt.ServiceLimits;
import io.apsaramqtt.permission.source.PermissionSource;
import io.apsaramqtt.resource.ServiceInstance;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.source.MutuallyExclusiveConfigurationPropertiesException;

class ClientSettingsTest {

    private static final Map<String, String> COMPLETE = Map.of(
            "apsara.mqtt.endpoint", "post-cn-x.mqtt.aliyuncs.com",
            "apsara.mqtt.instance-id", "post-cn-x",
            "apsara.mqtt.group-id", "GID_demo",
            "apsara.mqtt.device-id", "device-1");

    private static ApsaraMqttClientBuilder builder(Map<String, String> values) {
        return ClientSettings.builder(Bound.properties(values));
    }

    @ParameterizedTest
    @CsvSource({
        "endpoint, tcp://127.0.0.1:1884, endpoints, [tcp://127.0.0.1:1884]",
        "endpoint, 'tcp://127.0.0.1:1,tcp://127.0.0.1:2', endpoints, '[tcp://127.0.0.1:1, tcp://127.0.0.1:2]'",
        "instance-id, post-cn-x, instance.instanceId, post-cn-x",
        "client-id, anything, clientId, anything",
        "mqtt-version, v5, mqttVersion, V5",
        "mqtt-version, v3.1.1, mqttVersion, V3_1_1",
        "profile, generic, profile, GENERIC",
        "keep-alive, 30s, keepAlive, PT30S",
        "connect-timeout, 250ms, connectTimeout, PT0.25S",
        "operation-timeout, 1m, operationTimeout, PT1M",
        "window, 7, window, 7",
        "listener-threads, 3, listenerThreads, 3",
        "listener-capacity, 5, listenerCapacity, 5",
        "delivery-timeout, 20s, deliveryTimeout, PT20S",
        "session-expiry, 1h, sessionExpiry, PT1H",
        "permissions.unknown-denied, true, unknownDenied, true",
        "permissions.instance-access-required, true, instanceAccessRequired, true",
        "reconnect.refusals, 9, reconnecting.refusals, 9",
        "reconnect.takeovers, 8, reconnecting.takeovers, 8",
        "connect-on-start, optional, reconnecting.firstConnectRetried, true",
        "quarantine.strikes, 6, quarantine.strikes, 6",
        "quarantine.suspicion, 2s, quarantine.suspicion, PT2S",
        "quarantine.duration, 3m, quarantine.duration, PT3M",
        "quarantine.names, 7, quarantine.names, 7",
        "quarantine.strikes, 9, quarantine.names, 9",
        "quarantine.enabled, false, quarantine.strikes, 2147483647",
        "flow-control.when-full, queue, flowControl.queuedWhileDisconnected, true",
        "flow-control.when-full, fail, flowControl.whenFull, FAIL",
        "flow-control.queued-while-disconnected, true, flowControl.whenFull, BLOCK",
        "flow-control.queue-messages, 4, flowControl.queueMessages, 4",
        "flow-control.queue-size, 2KB, flowControl.queueBytes, 2048",
        "permissions.mode, warn, permissionMode, WARN",
        "permissions.mode, off, permissionMode, OFF",
        "permissions.dialect, mqtt-previous, dialect, MQTT previous edition"
    })
    void eachPropertyReachesTheBuilder(String property, String value, String field, String expected) {
        assertThat(builder(Map.of("apsara.mqtt." + property, value)))
                .extracting("settings." + field)
                .hasToString(expected);
    }

    @Test
    void groupsOfPropertiesReachTheBuilder() {
        ApsaraMqttClientBuilder builder = builder(Map.of(
                "apsara.mqtt.reconnect.min", "2s",
                "apsara.mqtt.reconnect.max", "9s",
                "apsara.mqtt.permissions.policy-file", "config/policy.json",
                "apsara.mqtt.credentials.access-key-id", "LTAI5tId",
                "apsara.mqtt.credentials.access-key-secret", "secret",
                "apsara.mqtt.limits.topic-length", "65",
                "apsara.mqtt.limits.payload-bytes", "66",
                "apsara.mqtt.limits.subscriptions", "67"));
        assertThat(builder)
                .extracting(
                        "settings.reconnecting.minDelay",
                        "settings.reconnecting.maxDelay",
                        "settings.permissions",
                        "settings.credentials",
                        "settings.limits")
                .usingRecursiveFieldByFieldElementComparator()
                .isEqualTo(List.of(
                        Duration.ofSeconds(2),
                        Duration.ofSeconds(9),
                        PermissionSource.file(Path.of("config/policy.json")),
                        CredentialsProvider.of(AccessKey.of("LTAI5tId", "secret")),
                        ServiceLimits.standard()
                                .withTopicLength(65)
                                .withPayloadBytes(66)
                                .withSubscriptions(67)));
    }

    @Test
    void aProxyReachesTheBuilderAndNeverShowsItsPassword() {
        Map<String, String> values = Map.of(
                "apsara.mqtt.proxy.type", "socks5",
                "apsara.mqtt.proxy.host", "proxy.example.com",
                "apsara.mqtt.proxy.port", "1080",
                "apsara.mqtt.proxy.username", "me",
                "apsara.mqtt.proxy.password", "proxy-secret");
        assertThat(builder(values))
                .extracting("settings.proxy")
                .usingRecursiveComparison()
                .isEqualTo(ProxySettings.socks5("proxy.example.com", 1080)
                        .withCredentials("me", "proxy-secret".toCharArray()));
        assertThat(Bound.properties(values).toString()).contains("with a user").doesNotContain("proxy-secret");
    }

    @Test
    void aPolicyFileMayBeWatched() {
        assertThat(builder(Map.of(
                        "apsara.mqtt.permissions.policy-file", "p.json", "apsara.mqtt.permissions.watch", "true")))
                .extracting("settings.permissions")
                .hasSameClassAs(PermissionSource.watchedFile(Path.of("p.json")));
    }

    @Test
    void theInstanceCarriesWhatPoliciesMayNameOfIt() {
        ApsaraMqttClientBuilder builder = builder(Map.of(
                "apsara.mqtt.instance-id", "post-cn-x",
                "apsara.mqtt.store-instance-id", "MQ_INST_1",
                "apsara.mqtt.region-id", "cn-hangzhou",
                "apsara.mqtt.account-id", "1234"));
        assertThat(builder)
                .extracting("settings.instance")
                .usingRecursiveComparison()
                .isEqualTo(ServiceInstance.of("post-cn-x")
                        .withStoreInstanceId("MQ_INST_1")
                        .withRegionId("cn-hangzhou")
                        .withAccountId("1234"));
    }

    @Test
    void whereNothingIsSetTheBuilderKeepsItsDefaults() {
        assertThat(builder(Map.of()))
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
    void withoutADeviceIdTheHostNameIsMadeFitForOne() {
        ApsaraMqttProperties properties = Bound.properties(Map.of("apsara.mqtt.group-id", "GID_demo"));
        assertThat(ClientIdentity.of(properties, name -> "HOSTNAME".equals(name) ? "pod-7.alarms" : null))
                .contains(ClientId.of("GID_demo", "pod-7-alarms"));
        assertThat(ClientIdentity.of(properties, name -> "COMPUTERNAME".equals(name) ? "DESK 1" : null))
                .contains(ClientId.of("GID_demo", "DESK-1"));
        assertThat(ClientIdentity.of(properties, name -> null).orElseThrow().deviceId())
                .hasValueSatisfying(device -> assertThat(device).matches("[0-9A-Za-z_-]+"));
    }

    @Test
    void emptyCredentialsAndDeviceIdCountAsNotSet() {
        assertThat(builder(Map.of(
                        "apsara.mqtt.credentials.access-key-id", "", "apsara.mqtt.credentials.access-key-secret", "")))
                .extracting("settings.credentials")
                .hasSameClassAs(CredentialsProvider.defaultChain());
        assertThat(builder(Map.of("apsara.mqtt.group-id", "GID_demo", "apsara.mqtt.device-id", " ")))
                .extracting("settings.clientId")
                .asString()
                .startsWith("GID_demo@@@")
                .doesNotContain(" ");
    }

    @ParameterizedTest
    @CsvSource({"endpoint", "instance-id", "group-id"})
    void aMissingSettingIsNamedByItsProperty(String property) {
        Map<String, String> values = new HashMap<>(COMPLETE);
        values.remove("apsara.mqtt." + property);
        assertNames(values, "apsara.mqtt." + property);
    }

    @ParameterizedTest
    @CsvSource({
        "endpoint, my_host, endpoint",
        "endpoint, http://host, endpoint",
        "group-id, '', group-id",
        "group-id, 'GID demo', group-id",
        "device-id, a@b, device-id",
        "device-id, aVeryLongDeviceIdThatTogetherWithItsGroupIsLongerThanSixtyFourLetters, device-id",
        "keep-alive, 0s, keep-alive",
        "connect-timeout, 0s, connect-timeout",
        "operation-timeout, -1s, operation-timeout",
        "window, 0, window",
        "listener-threads, 0, listener-threads",
        "listener-capacity, 0, listener-capacity",
        "delivery-timeout, 0s, delivery-timeout",
        "reconnect.refusals, 0, reconnect.refusals",
        "reconnect.takeovers, 0, reconnect.takeovers",
        "proxy.host, proxy.example.com, proxy.port",
        "reconnect.min, 2s, reconnect.max",
        "reconnect.max, 2s, reconnect.min",
        "credentials.access-key-id, LTAI5tId, credentials.access-key-secret",
        "credentials.access-key-secret, secret, credentials.access-key-id"
    })
    void aRefusedValueIsNamedByTheProperty(String property, String value, String named) {
        Map<String, String> values = new HashMap<>(COMPLETE);
        values.put("apsara.mqtt." + property, value);
        assertNames(values, "apsara.mqtt." + named);
    }

    @Test
    void aMaximumBelowTheMinimumIsNamedByTheProperty() {
        Map<String, String> values = new HashMap<>(COMPLETE);
        values.put("apsara.mqtt.reconnect.min", "3s");
        values.put("apsara.mqtt.reconnect.max", "2s");
        assertNames(values, "apsara.mqtt.reconnect.max");
    }

    private static void assertNames(Map<String, String> values, String property) {
        assertThatThrownBy(() -> ClientSettings.build(builder(values)).close())
                .isInstanceOfSatisfying(
                        MqttPropertyException.class,
                        e -> assertThat(e.property()).isEqualTo(property))
                .hasMessageStartingWith("Property [" + property + "] is missing");
        assertThat(Metadata.properties()).as("is a property").containsKey(property);
    }

    @ParameterizedTest
    @CsvSource({"group-id", "device-id"})
    void aWholeClientIdAndItsPartsExcludeEachOther(String part) {
        assertThatThrownBy(() -> builder(Map.of("apsara.mqtt.client-id", "x", "apsara.mqtt." + part, "y")))
                .isInstanceOf(MutuallyExclusiveConfigurationPropertiesException.class)
                .hasMessageContaining("apsara.mqtt.client-id")
                .hasMessageContaining("apsara.mqtt." + part);
    }
}
