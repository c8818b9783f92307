package io.apsaramqtt.client;

import io.apsaramqtt.authentication.Authentication;
import io.apsaramqtt.authentication.ClientTokens;
import io.apsaramqtt.client.connection.Endpoint;
import io.apsaramqtt.client.inbound.InboundSettings;
import io.apsaramqtt.client.inbound.Receiver;
import io.apsaramqtt.client.listener.MessageListener;
import io.apsaramqtt.client.runtime.ClientRuntime;
import io.apsaramqtt.client.runtime.ThreadRuntime;
import io.apsaramqtt.client.session.InboundChoice;
import io.apsaramqtt.client.session.PermissionGate;
import io.apsaramqtt.client.session.Session;
import io.apsaramqtt.client.session.SessionSettings;
import io.apsaramqtt.client.transport.SocketFactories;
import io.apsaramqtt.client.transport.TransportProvider;
import io.apsaramqtt.mqtt.ClientId;
import io.apsaramqtt.mqtt.Profile;
import io.apsaramqtt.mqtt.ServiceRules;
import io.apsaramqtt.permission.PermissionScope;
import io.apsaramqtt.permission.Permissions;
import io.apsaramqtt.permission.source.PermissionCache;
import io.apsaramqtt.permission.source.PermissionSource;
import io.apsaramqtt.policy.RequestContext;
import io.apsaramqtt.resource.ServiceInstance;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts a client together. */
final class ClientAssembly {

    private static final Logger log = LoggerFactory.getLogger(ApsaraMqttClient.class);

    private ClientAssembly() {}

    static ApsaraMqttClient assemble(ClientSettings given) {
        Endpoint endpoint = ClientChecks.endpoint(given);
        ClientId clientId = ClientChecks.require("clientId", given.clientId, "GID_demo, device-1");
        ServiceRules rules = new ServiceRules(given.profile, given.limits);
        rules.requireClientId(clientId);
        if (given.will != null) {
            rules.requireWill(given.will);
        }
        ClientChecks.requireRanges(given);

        ClientRuntime runtime = given.threads == null
                ? new ThreadRuntime(clientId.value())
                : new ThreadRuntime(clientId.value(), given.threads);
        Authentication signing = authentication(given);
        Optional<ClientTokens> tokens = signing.tokens(clientId);
        PermissionCache cache = new PermissionCache(
                permissions(given, tokens, runtime.clock()),
                ClientDefaults.PERMISSION_TIMES,
                runtime::execute,
                runtime.clock());
        cache.addListener(given.permissionsListener);
        AtomicReference<@Nullable Session> signer = new AtomicReference<>();
        Permissions permissions = new Permissions(
                scope(given, endpoint, clientId),
                cache,
                () -> Optional.ofNullable(signer.get()).flatMap(Session::accessKeyId),
                runtime.clock());
        Requests requests = new Requests(clientId, given.profile, given.mqttVersion, runtime);
        Session session = new Session(
                sessionSettings(given, clientId, signing, tokens, rules, cache),
                inbound(given, requests),
                new PermissionGate(permissions, given.permissionMode, given.unknownDenied, given.verdictListener),
                TransportProvider.forVersion(given.mqttVersion).forClient(clientId),
                runtime);
        signer.set(session);
        cache.addListener((before, after) -> session.forgive());
        given.atConnect.forEach(wanted -> session.subscribeAtConnect(
                wanted.filter(), wanted.qos(), Receiver.of(wanted.listener(), given.listenerOptions)));
        return new ApsaraMqttClient(new ClientParts(
                clientId,
                endpoint,
                given.mqttVersion,
                permissions,
                cache,
                session,
                new OperationsInMode(session, requests, given.permissionMode, given.listenerOptions),
                given.operationTimeout));
    }

    private static SessionSettings sessionSettings(
            ClientSettings given,
            ClientId clientId,
            Authentication signing,
            Optional<ClientTokens> tokens,
            ServiceRules rules,
            PermissionCache cache) {
        Duration expiry = given.sessionExpiry;
        return new SessionSettings(
                given.endpoints,
                clientId,
                id -> {
                    // The first connection finds out whether the permissions can be read; calls then never block on it.
                    cache.get();
                    return signing.sign(id);
                },
                tokens,
                to -> SocketFactories.of(to, given.tls, given.proxy),
                rules,
                given.mqttVersion,
                new SessionSettings.Kept(expiry == null, expiry == null ? Duration.ZERO : expiry),
                new SessionSettings.Timing(
                        ClientChecks.keepAlive(given),
                        given.connectTimeout,
                        given.operationTimeout,
                        given.deliveryTimeout),
                given.reconnecting,
                given.quarantine,
                new SessionSettings.Flow(given.window, given.flowControl, given.listenerCapacity),
                given.will,
                given.connectionListener,
                cache::invalidate);
    }

    /** Messages wait on this side for half a keep-alive at most: the broker must be heard meanwhile. */
    private static InboundChoice inbound(ClientSettings given, Requests requests) {
        return new InboundChoice(
                new InboundSettings(
                        given.mqttVersion,
                        given.listenerThreads,
                        given.listenerCapacity,
                        ClientChecks.keepAlive(given).dividedBy(2),
                        InboundSettings.DEFAULT_SLOW_AFTER),
                Receiver.of(p2p(given.p2pListener, requests), given.listenerOptions));
    }

    private static MessageListener p2p(@Nullable MessageListener listener, Requests requests) {
        return message -> {
            if (requests.take(message)) {
                return;
            }
            if (listener == null) {
                log.warn(
                        "Message on topic [{}] dropped: it is addressed to this client, which has no p2pListener",
                        message.topic());
            } else {
                listener.onMessage(message);
            }
        };
    }

    private static Authentication authentication(ClientSettings given) {
        if (given.authentication != null) {
            return given.authentication;
        }
        return given.mode.apply(instance(given).instanceId(), given.credentials);
    }

    /** A source that was given decides alone; without one, tokens say themselves what they are for. */
    private static PermissionSource permissions(ClientSettings given, Optional<ClientTokens> tokens, Clock clock) {
        if (given.permissions != null) {
            return given.permissions;
        }
        return tokens.<PermissionSource>map(of -> new TokenPermissionSource(of, clock))
                .orElseGet(PermissionSource::none);
    }

    private static PermissionScope scope(ClientSettings given, Endpoint endpoint, ClientId clientId) {
        ServiceInstance instance = instance(given);
        // What is known of a call with an AccessKey; which other keys the broker fills in, no page says.
        RequestContext context = RequestContext.partial(
                Map.of(
                        "acs:SecureTransport",
                        List.of(Boolean.toString(endpoint.scheme().isTls()))),
                Set.of("acs:MFAPresent"));
        return new PermissionScope(instance, clientId.groupId(), given.dialect, given.instanceAccessRequired, context);
    }

    private static ServiceInstance instance(ClientSettings given) {
        // A broker that is not the service has no instances; a policy for one would still have to name something.
        boolean needed = given.profile == Profile.APSARAMQ || given.authentication == null;
        return needed
                ? ClientChecks.require("instanceId", given.instance, "post-cn-x")
                : given.instance == null ? ServiceInstance.of("-") : given.instance;
    }
}
