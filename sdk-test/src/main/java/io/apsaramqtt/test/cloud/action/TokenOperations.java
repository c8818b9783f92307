package io.apsaramqtt.test.cloud.action;

import io.apsaramqtt.authentication.TokenType;
import io.apsaramqtt.mqtt.InvalidMqttValueException;
import io.apsaramqtt.mqtt.TopicFilter;
import io.apsaramqtt.test.cloud.mqtt.CredentialStore;
import io.apsaramqtt.test.cloud.signature.VerifiedRequest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * Tokens of ApsaraMQ for MQTT (service pages "ApplyToken", "QueryToken", "RevokeToken"). The pages do not say what becomes
 * of a token that was never handed out: its status is false, and revoking it is an error.
 */
final class TokenOperations {

    private static final int MAX_RESOURCES = 100;
    private static final Duration MIN_LIFE = Duration.ofSeconds(60);
    private static final Duration MAX_LIFE = Duration.ofDays(30);
    private static final Map<String, TokenType> ACTIONS =
            Map.of("R", TokenType.R, "W", TokenType.W, "R,W", TokenType.RW);

    private final MqttRights rights;
    private final CredentialStore store;
    private final Clock clock;

    TokenOperations(MqttRights rights, CredentialStore store, Clock clock) {
        this.rights = rights;
        this.store = store;
        this.clock = clock;
    }

    Map<String, CloudOperation> byName() {
        return Map.of("ApplyToken", this::apply, "QueryToken", this::query, "RevokeToken", this::revoke);
    }

    private Map<String, Object> apply(VerifiedRequest request) {
        String instanceId = request.parameters().require("InstanceId");
        List<String> resources = resources(request.parameters().require("Resources"));
        String actions = request.parameters().require("Actions");
        TokenType type = ACTIONS.get(actions);
        if (type == null) {
            throw InvalidParameters.because("Actions [" + actions + "] must be R, W or R,W");
        }
        Instant expiresAt = expiry(request.parameters().require("ExpireTime"));
        rights.requireInstance(request.caller(), instanceId);
        resources.stream()
                .map(resource -> TopicFilter.of(resource).parentTopic())
                .distinct()
                .forEach(topic -> rights.requireOnTopic(request.caller(), "ApplyToken", instanceId, topic));
        return Map.of("Token", store.issueToken(instanceId, resources, type, expiresAt));
    }

    private static List<String> resources(String joined) {
        List<String> resources = List.of(joined.split(",", -1));
        if (resources.size() > MAX_RESOURCES) {
            throw InvalidParameters.because(
                    "Resources has " + resources.size() + " topics, allowed are " + MAX_RESOURCES);
        }
        if (!resources.stream().sorted().toList().equals(resources)) {
            throw InvalidParameters.because("Resources is not in dictionary order");
        }
        for (String resource : resources) {
            try {
                TopicFilter.of(resource);
            } catch (InvalidMqttValueException e) {
                throw InvalidParameters.because("Resources holds [" + resource + "], which is no topic filter");
            }
        }
        return resources;
    }

    /** A token that would live longer than 30 days is given those, without a word. */
    private Instant expiry(String millis) {
        Instant now = clock.instant();
        Instant wanted;
        try {
            wanted = Instant.ofEpochMilli(Long.parseLong(millis));
        } catch (NumberFormatException e) {
            throw InvalidParameters.because("ExpireTime [" + millis + "] is no number of milliseconds");
        }
        if (wanted.isBefore(now.plus(MIN_LIFE))) {
            throw InvalidParameters.because("ExpireTime [" + millis + "] is less than 60 seconds ahead");
        }
        Instant latest = now.plus(MAX_LIFE);
        return wanted.isAfter(latest) ? latest : wanted;
    }

    private Map<String, Object> query(VerifiedRequest request) {
        String instanceId = request.parameters().require("InstanceId");
        String token = request.parameters().require("Token");
        require(request, instanceId);
        boolean valid = store.token(token)
                .filter(issued -> issued.instanceId().equals(instanceId) && issued.isValid(clock.instant()))
                .isPresent();
        return Map.of("TokenStatus", valid);
    }

    private Map<String, Object> revoke(VerifiedRequest request) {
        String instanceId = request.parameters().require("InstanceId");
        String token = request.parameters().require("Token");
        require(request, instanceId);
        if (!store.revokeToken(instanceId, token)) {
            throw InvalidParameters.because("Token was not handed out for this instance");
        }
        return Map.of();
    }

    private void require(VerifiedRequest request, String instanceId) {
        rights.requireInstance(request.caller(), instanceId);
        rights.requireOnInstance(request.caller(), request.action(), instanceId);
    }
}
