package io.apsaramqtt.test.service;

import io.apsaramqtt.authentication.TokenType;
import io.apsaramqtt.credentials.AccessKey;
import io.apsaramqtt.mqtt.TopicFilter;
import io.apsaramqtt.permission.Operation;
import io.apsaramqtt.permission.Permissions;
import io.apsaramqtt.permission.TopicRule;
import io.apsaramqtt.permission.Verdict;
import java.time.Instant;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * The tokens of one connection: those of its CONNECT, each until another of its type is uploaded.
 *
 * <p>Thread-safe.
 */
public final class TokenRights implements Rights {

    private final TokenDesk desk;
    private final String instanceId;
    private final String accessKeyId;
    private final Map<TokenType, String> tokens = new EnumMap<>(TokenType.class);
    private Rights rights;

    TokenRights(TokenDesk desk, String instanceId, String accessKeyId, Map<TokenType, String> tokens) {
        this.desk = desk;
        this.instanceId = instanceId;
        this.accessKeyId = accessKeyId;
        this.tokens.putAll(tokens);
        this.rights = read();
    }

    private Rights read() {
        List<TopicRule> rules = tokens.entrySet().stream()
                .flatMap(token -> desk.token(token.getKey(), token.getValue()).stream())
                .flatMap(issued -> issued.resources().stream()
                        .map(filter -> TopicRule.allow(issued.type().operations(), TopicFilter.of(filter))))
                .toList();
        return TopicRights.of(name(), instanceId, rules);
    }

    @Override
    public String name() {
        return AccessKey.masked(accessKeyId);
    }

    @Override
    public Optional<Verdict> verdict(String groupId, Function<Permissions, Verdict> question) {
        return current().verdict(groupId, question);
    }

    private synchronized Rights current() {
        return rights;
    }

    /** Replaces the token of this type; the problem if it is not accepted. */
    public synchronized Optional<TokenProblem> upload(TokenType type, String token) {
        Optional<TokenProblem> problem = desk.problem(type, token);
        if (problem.isEmpty()) {
            tokens.put(type, token);
            rights = read();
        }
        return problem;
    }

    /** Why not all of the tokens are accepted now. */
    public synchronized Optional<TokenProblem> problem() {
        return tokens.entrySet().stream()
                .flatMap(token -> desk.problem(token.getKey(), token.getValue()).stream())
                .findFirst();
    }

    /** Why a denied operation is denied. */
    public synchronized TokenProblem problem(Operation operation) {
        return problem().orElseGet(() -> {
            boolean typeServes =
                    tokens.keySet().stream().anyMatch(type -> type.operations().contains(operation));
            TokenType type = tokens.keySet().stream()
                    .filter(held -> !typeServes || held.operations().contains(operation))
                    .findFirst()
                    .orElseThrow();
            return new TokenProblem(typeServes ? TokenProblem.OTHER_RESOURCES : TokenProblem.OTHER_TYPE, type);
        });
    }

    /** The token that expires first. */
    public synchronized Expiry nextExpiry() {
        return tokens.entrySet().stream()
                .flatMap(token -> desk.token(token.getKey(), token.getValue()).stream())
                .map(issued -> new Expiry(issued.type(), issued.expiresAt()))
                .min(Comparator.comparing(Expiry::at))
                .orElse(new Expiry(tokens.keySet().iterator().next(), Instant.EPOCH));
    }

    /** When a token expires. Immutable. */
    public record Expiry(TokenType type, Instant at) {

        /** The payload of {@code $SYS/tokenExpireNotice}. */
        public String notice() {
            return "{\"expireTime\":" + at.toEpochMilli() + ",\"type\":\"" + type.literal() + "\"}";
        }
    }
}
