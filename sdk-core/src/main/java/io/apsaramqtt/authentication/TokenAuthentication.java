package io.apsaramqtt.authentication;

import io.apsaramqtt.mqtt.ClientId;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.stream.Collectors;

/** Token mode, for one client or many. */
final class TokenAuthentication implements Authentication {

    private final String instanceId;
    private final TokenProvider provider;
    private final Clock clock;
    private final ConcurrentMap<ClientId, ClientTokens> clients = new ConcurrentHashMap<>();

    TokenAuthentication(String instanceId, TokenProvider provider, Clock clock) {
        this.instanceId = instanceId;
        this.provider = provider;
        this.clock = clock;
    }

    @Override
    public Optional<ClientTokens> tokens(ClientId clientId) {
        return Optional.of(of(clientId));
    }

    private ClientTokens of(ClientId clientId) {
        return clients.computeIfAbsent(clientId, id -> new ClientTokens(id, provider, clock));
    }

    @Override
    public SignedConnect sign(ClientId clientId) {
        Tokens tokens = of(clientId).valid();
        return new SignedConnect(
                "Token|" + tokens.accessKeyId() + "|" + instanceId,
                tokens.tokens().stream()
                        .map(token -> token.type().literal() + "|" + token.value())
                        .collect(Collectors.joining("|")),
                tokens.maskedAccessKeyId(),
                tokens);
    }

    @Override
    public String toString() {
        return "TokenAuthentication[" + instanceId + "]";
    }
}
