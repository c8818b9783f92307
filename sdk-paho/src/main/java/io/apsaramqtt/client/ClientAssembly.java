package io.apsaramqtt.client;

import io.apsaramqtt.authentication.Authentication;
import io.apsaramqtt.client.connection.Endpoint;
import io.apsaramqtt.client.session.Backoff;
import io.apsaramqtt.client.session.PermissionGate;
import io.apsaramqtt.client.session.Session;
import io.apsaramqtt.client.session.SessionRuntime;
import io.apsaramqtt.client.session.SessionSettings;
import io.apsaramqtt.client.transport.TransportProvider;
import io.apsaramqtt.mqtt.ClientId;
import io.apsaramqtt.mqtt.Profile;
import io.apsaramqtt.mqtt.ServiceRules;
import io.apsaramqtt.permission.PermissionScope;
import io.apsaramqtt.permission.Permissions;
import io.apsaramqtt.permission.source.PermissionCache;
import io.apsaramqtt.resource.ServiceInstance;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Checks a builder's settings and puts the client together. */
final class ClientAssembly {

    private static final Logger log = LoggerFactory.getLogger(ApsaraMqttClient.class);

    /** The keep-alive is two bytes on the wire. */
    private static final Duration MAX_KEEP_ALIVE = Duration.ofSeconds(65_535);

    /** Timers count milliseconds: anything shorter would be no wait at all. */
    private static final Duration MIN_DURATION = Duration.ofMillis(1);

    private static final Duration MAX_DURATION = Duration.ofHours(24);

    private ClientAssembly() {}

    static ApsaraMqttClient assemble(ApsaraMqttClientBuilder builder) {
        Endpoint endpoint = require("endpoint", builder.endpoint, "post-cn-x.mqtt.aliyuncs.com");
        ClientId clientId = require("clientId", builder.clientId, "GID_demo, device-1");
        ServiceRules rules = new ServiceRules(builder.profile, builder.limits);
        rules.requireClientId(clientId);
        if (builder.will != null) {
            rules.requireWill(builder.will);
        }
        requireRanges(builder);
        warnIfPlain(endpoint);

        SessionRuntime runtime = new SessionRuntime(clientId.value());
        PermissionCache cache = new PermissionCache(
                builder.permissions, ClientDefaults.PERMISSIONS_FRESH_FOR, runtime.workers(), runtime.clock());
        AtomicReference<@Nullable Session> signer = new AtomicReference<>();
        Permissions permissions = new Permissions(
                scope(builder, clientId),
                cache,
                () -> Optional.ofNullable(signer.get()).flatMap(Session::accessKeyId),
                runtime.clock());
        Authentication signing = authentication(builder);
        SessionSettings settings = new SessionSettings(
                endpoint,
                clientId,
                id -> {
                    // The first connection finds out whether the permissions can be read; calls then never block on it.
                    cache.get();
                    return signing.sign(id);
                },
                rules,
                new SessionSettings.Timing(
                        builder.keepAlive,
                        builder.connectTimeout,
                        builder.operationTimeout,
                        new Backoff(builder.reconnectMin, builder.reconnectMax)),
                builder.window,
                builder.listenerThreads,
                builder.will,
                builder.p2pListener,
                builder.connectionListener);
        Session session = new Session(
                settings,
                new PermissionGate(permissions, builder.permissionMode),
                TransportProvider.forVersion(builder.mqttVersion),
                runtime);
        signer.set(session);
        return new ApsaraMqttClient(clientId, endpoint, permissions, session);
    }

    private static Authentication authentication(ApsaraMqttClientBuilder builder) {
        if (builder.authentication != null) {
            return builder.authentication;
        }
        return Authentication.signature(instanceId(builder), builder.credentials);
    }

    private static PermissionScope scope(ApsaraMqttClientBuilder builder, ClientId clientId) {
        ServiceInstance instance = ServiceInstance.of(instanceId(builder));
        if (builder.storeInstanceId != null) {
            instance = instance.withStoreInstanceId(builder.storeInstanceId);
        }
        if (builder.regionId != null) {
            instance = instance.withRegionId(builder.regionId);
        }
        if (builder.accountId != null) {
            instance = instance.withAccountId(builder.accountId);
        }
        return new PermissionScope(instance, clientId.groupId(), builder.dialect, false);
    }

    private static String instanceId(ApsaraMqttClientBuilder builder) {
        // A broker that is not the service has no instances; a policy for one would still have to name something.
        boolean needed = builder.profile == Profile.APSARAMQ || builder.authentication == null;
        return needed
                ? require("instanceId", builder.instanceId, "post-cn-x")
                : builder.instanceId == null ? "-" : builder.instanceId;
    }

    private static <T> T require(String setting, @Nullable T value, String example) {
        if (value == null) {
            throw new ConfigurationException(
                    setting, "is missing; give it to the builder, for example [" + example + "]");
        }
        return value;
    }

    private static void requireRanges(ApsaraMqttClientBuilder builder) {
        requireDuration("connectTimeout", builder.connectTimeout);
        requireDuration("operationTimeout", builder.operationTimeout);
        requireDuration("reconnectDelay", builder.reconnectMin);
        requireDuration("reconnectDelay", builder.reconnectMax);
        if (builder.reconnectMax.compareTo(builder.reconnectMin) < 0) {
            throw new ConfigurationException(
                    "reconnectDelay", "has max " + builder.reconnectMax + " below min " + builder.reconnectMin);
        }
        if (builder.keepAlive.toSeconds() < 1 || builder.keepAlive.compareTo(MAX_KEEP_ALIVE) > 0) {
            throw new ConfigurationException(
                    "keepAlive", "is " + builder.keepAlive + "; allowed are 1 s to 65,535 s, the service advises 90 s");
        }
        requireAtLeastOne("window", builder.window);
        requireAtLeastOne("listenerThreads", builder.listenerThreads);
    }

    private static void requireDuration(String setting, Duration value) {
        if (value.compareTo(MIN_DURATION) < 0 || value.compareTo(MAX_DURATION) > 0) {
            throw new ConfigurationException(setting, "is " + value + "; allowed are 1 ms to 24 h");
        }
    }

    private static void requireAtLeastOne(String setting, int value) {
        if (value < 1) {
            throw new ConfigurationException(setting, "is " + value + "; it must be at least 1");
        }
    }

    private static void warnIfPlain(Endpoint endpoint) {
        if (!endpoint.scheme().isTls() && !endpoint.isLoopback()) {
            log.warn(
                    "Endpoint [{}] is not encrypted: anyone on the way can read the messages and replay the password. Use"
                            + " ssl:// off this machine",
                    endpoint);
        }
    }
}
