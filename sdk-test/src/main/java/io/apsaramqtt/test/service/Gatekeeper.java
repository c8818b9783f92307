package io.apsaramqtt.test.service;

import io.apsaramqtt.authentication.Authentication;
import io.apsaramqtt.authentication.DeviceCredential;
import io.apsaramqtt.authentication.TokenType;
import io.apsaramqtt.credentials.AccessKey;
import io.apsaramqtt.credentials.CredentialsProvider;
import io.apsaramqtt.mqtt.ClientId;
import io.apsaramqtt.test.cloud.mqtt.IssuedDeviceCredential;
import io.apsaramqtt.test.event.RefusedConnect;
import io.apsaramqtt.test.service.Admission.Accepted;
import io.apsaramqtt.test.service.Admission.Refused;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Checks user names and passwords in each mode of the service. Thread-safe. */
final class Gatekeeper {

    private final String instanceId;
    private final Map<String, Caller> callers;
    private final TokenDesk desk;
    private final Map<String, CustomIdentity> identities = new ConcurrentHashMap<>();

    Gatekeeper(String instanceId, Map<String, Caller> callers, TokenDesk desk) {
        this.instanceId = instanceId;
        this.callers = callers;
        this.desk = desk;
    }

    void add(CustomIdentity identity) {
        identities.put(identity.username(), identity);
    }

    boolean knows(String username) {
        return identities.containsKey(username);
    }

    /** {@code username} names this instance, or one of its custom identities. */
    Admission admit(String username, String clientId, byte[] password) {
        String[] parts = username.split("\\|", -1);
        if (parts.length != 3) {
            return custom(username, clientId, password);
        }
        return switch (parts[0]) {
            case "Signature" -> signature(parts[1], clientId, password);
            case "Token" -> token(parts[1], password);
            case "DeviceCredential" -> deviceCredential(parts[1], clientId, password);
            default -> new Refused(RefusedConnect.MALFORMED_USERNAME);
        };
    }

    private Admission custom(String username, String clientId, byte[] password) {
        CustomIdentity identity = identities.get(username);
        if (identity == null) {
            return new Refused(RefusedConnect.MALFORMED_USERNAME);
        }
        return identity.accepts(clientId, password)
                ? new Accepted(TopicRights.of(username, instanceId, identity.rows()))
                : new Refused(RefusedConnect.WRONG_SIGNATURE);
    }

    private Admission signature(String accessKeyId, String clientId, byte[] password) {
        Caller caller = callers.get(accessKeyId);
        if (caller == null) {
            return new Refused(RefusedConnect.UNKNOWN_ACCESS_KEY);
        }
        Authentication authentication =
                Authentication.signature(instanceId, CredentialsProvider.of(caller.accessKey()));
        return isSigned(authentication, clientId, password)
                ? new Accepted(caller)
                : new Refused(RefusedConnect.WRONG_SIGNATURE);
    }

    private Admission deviceCredential(String accessKeyId, String clientId, byte[] password) {
        Optional<IssuedDeviceCredential> registered = desk.deviceCredential(clientId)
                .filter(credential -> credential.accessKeyId().equals(accessKeyId));
        if (registered.isEmpty()) {
            return new Refused(RefusedConnect.UNKNOWN_DEVICE_CREDENTIAL);
        }
        Authentication authentication = Authentication.deviceCredential(
                instanceId, DeviceCredential.of(accessKeyId, registered.get().accessKeySecret()));
        // What a device may do with its topics, no page says: everything, here.
        return isSigned(authentication, clientId, password)
                ? new Accepted(Caller.account(
                        AccessKey.of(accessKeyId, registered.get().accessKeySecret()), instanceId))
                : new Refused(RefusedConnect.WRONG_SIGNATURE);
    }

    private static boolean isSigned(Authentication authentication, String clientId, byte[] password) {
        return Secrets.equal(
                authentication.sign(ClientId.of(clientId)).password().orElseThrow(), password);
    }

    /** The password is {@code R|<token>|W|<token>|RW|<token>}, each pair left out that is not needed, in any order. */
    private Admission token(String accessKeyId, byte[] password) {
        String[] parts = new String(password, StandardCharsets.UTF_8).split("\\|", -1);
        Map<TokenType, String> tokens = new EnumMap<>(TokenType.class);
        for (int i = 0; i + 1 < parts.length; i += 2) {
            Optional<TokenType> type = type(parts[i]);
            if (type.isEmpty()
                    || tokens.putIfAbsent(type.get(), parts[i + 1]) != null
                    || desk.problem(type.get(), parts[i + 1]).isPresent()) {
                return new Refused(RefusedConnect.INVALID_TOKEN);
            }
        }
        boolean wellFormed = parts.length % 2 == 0 && !accessKeyId.isEmpty();
        return wellFormed
                ? new Accepted(new TokenRights(desk, instanceId, accessKeyId, tokens))
                : new Refused(RefusedConnect.INVALID_TOKEN);
    }

    private static Optional<TokenType> type(String literal) {
        try {
            return Optional.of(TokenType.of(literal));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
