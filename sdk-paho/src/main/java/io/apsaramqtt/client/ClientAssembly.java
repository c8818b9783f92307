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
import io.apsaramqtt.policy.RequestContext;
import io.apsaramqtt.resource.ServiceInstance;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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

    static ApsaraMqttClient assemble(ClientSettings given) {
        Endpoint endpoint = require("endpoint", given.endpoint, "post-cn-x.mqtt.aliyuncs.com");
        ClientId clientId = require("clientId", given.clientId, "GID_demo, device-1");
        ServiceRules rules = new ServiceRules(given.profile, given.limits);
        rules.requireClientId(clientId);
        if (given.will != null) {
            rules.requireWill(given.will);
        }
        requireRanges(given);
        warnIfPlain(endpoint);

        SessionRuntime runtime = new SessionRuntime(clientId.value());
        PermissionCache cache = new PermissionCache(
                given.permissions, ClientDefaults.PERMISSION_TIMES, runtime.workers(), runtime.clock());
        cache.addListener(given.permissionsListener);
        AtomicReference<@Nullable Session> signer = new AtomicReference<>();
        Permissions permissions = new Permissions(
                scope(given, endpoint, clientId),
                cache,
                () -> Optional.ofNullable(signer.get()).flatMap(Session::accessKeyId),
                runtime.clock());
        Authentication signing = authentication(given);
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
                        given.keepAlive,
                        given.connectTimeout,
                        given.operationTimeout,
                        new Backoff(given.reconnectMin, given.reconnectMax)),
                given.window,
                given.listenerThreads,
                given.will,
                given.p2pListener,
                given.connectionListener);
        Session session = new Session(
                settings,
                new PermissionGate(permissions, given.permissionMode, given.unknownDenied, given.verdictListener),
                TransportProvider.forVersion(given.mqttVersion),
                runtime);
        signer.set(session);
        return new ApsaraMqttClient(clientId, endpoint, permissions, cache, session);
    }

    private static Authentication authentication(ClientSettings given) {
        if (given.authentication != null) {
            return given.authentication;
        }
        return Authentication.signature(instanceId(given), given.credentials);
    }

    private static PermissionScope scope(ClientSettings given, Endpoint endpoint, ClientId clientId) {
        ServiceInstance instance = ServiceInstance.of(instanceId(given));
        if (given.storeInstanceId != null) {
            instance = instance.withStoreInstanceId(given.storeInstanceId);
        }
        if (given.regionId != null) {
            instance = instance.withRegionId(given.regionId);
        }
        if (given.accountId != null) {
            instance = instance.withAccountId(given.accountId);
        }
        // What is known of a call with an AccessKey; which other keys the broker fills in, no page says.
        RequestContext context = RequestContext.partial(
                Map.of(
                        "acs:SecureTransport",
                        List.of(Boolean.toString(endpoint.scheme().isTls()))),
                Set.of("acs:MFAPresent"));
        return new PermissionScope(instance, clientId.groupId(), given.dialect, given.instanceAccessRequired, context);
    }

    private static String instanceId(ClientSettings given) {
        // A broker that is not the service has no instances; a policy for one would still have to name something.
        boolean needed = given.profile == Profile.APSARAMQ || given.authentication == null;
        return needed
                ? require("instanceId", given.instanceId, "post-cn-x")
                : given.instanceId == null ? "-" : given.instanceId;
    }

    private static <T> T require(String setting, @Nullable T value, String example) {
        if (value == null) {
            throw new ConfigurationException(
                    setting, "is missing; give it to the builder, for example [" + example + "]");
        }
        return value;
    }

    private static void requireRanges(ClientSettings given) {
        requireDuration("connectTimeout", given.connectTimeout);
        requireDuration("operationTimeout", given.operationTimeout);
        requireDuration("reconnectDelay", given.reconnectMin);
        requireDuration("reconnectDelay", given.reconnectMax);
        if (given.reconnectMax.compareTo(given.reconnectMin) < 0) {
            throw new ConfigurationException(
                    "reconnectDelay", "has max " + given.reconnectMax + " below min " + given.reconnectMin);
        }
        if (given.keepAlive.toSeconds() < 1 || given.keepAlive.compareTo(MAX_KEEP_ALIVE) > 0) {
            throw new ConfigurationException(
                    "keepAlive", "is " + given.keepAlive + "; allowed are 1 s to 65,535 s, the service advises 90 s");
        }
        requireAtLeastOne("window", given.window);
        requireAtLeastOne("listenerThreads", given.listenerThreads);
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
