package io.apsaramqtt.spring.autoconfigure;

import io.apsaramqtt.ApsaraMqttException;
import io.apsaramqtt.client.ApsaraMqttClient;
import io.apsaramqtt.client.ApsaraMqttClientBuilder;
import io.apsaramqtt.client.ConfigurationException;
import io.apsaramqtt.credentials.AccessKey;
import io.apsaramqtt.credentials.CredentialsProvider;
import io.apsaramqtt.mqtt.ServiceLimits;
import io.apsaramqtt.mqtt.ServiceRuleException;
import io.apsaramqtt.resource.ServiceInstance;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Carries the properties to a client's builder, and what the client refuses back to the name of a property. */
final class ClientSettings {

    private ClientSettings() {}

    /** A builder that knows what the properties say, and keeps its default where they say nothing. */
    static ApsaraMqttClientBuilder builder(ApsaraMqttProperties properties) {
        ApsaraMqttClientBuilder builder = ApsaraMqttClient.builder();
        set("endpoint", properties.endpoint(), endpoints -> endpoints(endpoints, builder));
        set("instance-id", properties.instanceId(), id -> builder.instance(instance(id, properties)));
        ClientIdentity.of(properties, System::getenv).ifPresent(builder::clientId);
        set("mqtt-version", properties.mqttVersion(), builder::mqttVersion);
        set("profile", properties.profile(), builder::profile);
        set("keep-alive", properties.keepAlive(), builder::keepAlive);
        set("connect-timeout", properties.connectTimeout(), builder::connectTimeout);
        set("operation-timeout", properties.operationTimeout(), builder::operationTimeout);
        set("delivery-timeout", properties.deliveryTimeout(), builder::deliveryTimeout);
        set("session-expiry", properties.sessionExpiry(), builder::persistentSession);
        set("window", properties.window(), builder::window);
        set("listener-threads", properties.listenerThreads(), builder::listenerThreads);
        set("listener-capacity", properties.listenerCapacity(), builder::listenerCapacity);
        PermissionSettings.apply(properties.permissions(), builder);
        HealingSettings.apply(properties, builder);
        NetworkSettings.proxy(properties.proxy()).ifPresent(builder::proxy);
        FlowSettings.of(properties.flowControl()).ifPresent(builder::flowControl);
        credentials(properties.credentials()).ifPresent(builder::credentials);
        builder.limits(limits(properties.limits()));
        return builder;
    }

    static void endpoints(List<String> all, ApsaraMqttClientBuilder builder) {
        if (!all.isEmpty()) {
            builder.endpoint(all.get(0), all.subList(1, all.size()).toArray(String[]::new));
        }
    }

    static ServiceInstance instance(String id, ApsaraMqttProperties properties) {
        ServiceInstance instance = ServiceInstance.of(id);
        if (properties.storeInstanceId() != null) {
            instance = instance.withStoreInstanceId(properties.storeInstanceId());
        }
        if (properties.regionId() != null) {
            instance = instance.withRegionId(properties.regionId());
        }
        return properties.accountId() == null ? instance : instance.withAccountId(properties.accountId());
    }

    static <T> void set(String property, @Nullable T value, Consumer<T> setter) {
        if (value != null) {
            try {
                setter.accept(value);
            } catch (ApsaraMqttException | IllegalArgumentException e) {
                throw new MqttPropertyException(property, e);
            }
        }
    }

    /** Empty if the properties leave it to the default chain. */
    static Optional<CredentialsProvider> credentials(ApsaraMqttProperties.Credentials credentials) {
        String id = credentials.accessKeyId();
        String secret = credentials.accessKeySecret();
        if (id != null && credentials.hasId() && secret != null && credentials.hasSecret()) {
            return Optional.of(CredentialsProvider.of(AccessKey.of(id, secret)));
        }
        if (credentials.hasId() != credentials.hasSecret()) {
            throw new MqttPropertyException(
                    credentials.hasId() ? "credentials.access-key-secret" : "credentials.access-key-id",
                    "is missing or empty; an AccessKey is ID and secret. Set both, or none to use the default chain");
        }
        return Optional.empty();
    }

    private static ServiceLimits limits(ApsaraMqttProperties.Limits given) {
        ServiceLimits limits = ServiceLimits.standard();
        limits = given.topicLength() == null ? limits : limits.withTopicLength(given.topicLength());
        limits = given.payloadBytes() == null ? limits : limits.withPayloadBytes(given.payloadBytes());
        return given.subscriptions() == null ? limits : limits.withSubscriptions(given.subscriptions());
    }

    /** Builds; throws {@link MqttPropertyException} where a property can mend what the client refuses. */
    static ApsaraMqttClient build(ApsaraMqttClientBuilder builder) {
        try {
            return builder.build();
        } catch (ConfigurationException e) {
            throw new MqttPropertyException(property(e.setting()), e);
        } catch (ServiceRuleException e) {
            throw switch (e.rule()) {
                case CLIENT_ID_FORM -> new MqttPropertyException("group-id", e);
                case CLIENT_ID_LENGTH -> new MqttPropertyException("device-id", e);
                default -> e;
            };
        }
    }

    private static String property(String setting) {
        return switch (setting) {
            case "clientId" -> "group-id";
            case "reconnectDelay" -> "reconnect.max";
            default -> setting.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
        };
    }
}
