package io.apsaramqtt.authentication;

import io.apsaramqtt.credentials.AccessKey;
import io.apsaramqtt.permission.EffectivePermissions;
import io.apsaramqtt.permission.Grants;
import io.apsaramqtt.permission.Principal;
import io.apsaramqtt.permission.TopicRule;
import io.apsaramqtt.permission.TopicRules;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The tokens that one client connects with, at most one of each type, and the ID of the AccessKey that applied for them: all of
 * them are sent with each CONNECT, and one that is not valid fails the others too (service page "Token authentication").
 *
 * <p>Immutable.
 *
 * @param accessKeyId of the AccessKey that applied for them; not its secret, which belongs on no device
 * @param tokens in the order R, W, RW
 */
public record Tokens(String accessKeyId, List<Token> tokens) {

    private static final Duration LEAST_LEAD = Duration.ofMinutes(5);

    /** Sorts the tokens; throws {@link AuthenticationException} if a part is missing or a type comes twice. */
    public Tokens {
        if (accessKeyId.isBlank() || accessKeyId.indexOf('|') >= 0) {
            throw new AuthenticationException("AccessKey ID of the tokens is empty or contains '|'; pass the ID of the"
                    + " AccessKey that applied for them");
        }
        tokens = tokens.stream().sorted(Comparator.comparing(Token::type)).toList();
        Set<TokenType> types = EnumSet.noneOf(TokenType.class);
        if (tokens.isEmpty() || !tokens.stream().map(Token::type).allMatch(types::add)) {
            throw new AuthenticationException("Tokens of types "
                    + tokens.stream().map(Token::type).toList()
                    + " make no password; pass at least one token, and at most one of each type R, W, RW");
        }
    }

    /** The tokens that the AccessKey with this ID applied for. */
    public static Tokens of(String accessKeyId, Token... tokens) {
        return new Tokens(accessKeyId, Arrays.asList(tokens));
    }

    /** The token of this type. */
    public Optional<Token> ofType(TokenType type) {
        return tokens.stream().filter(token -> token.type() == type).findFirst();
    }

    /** Those of them that {@code others} does not have, by type and text. */
    public List<Token> notAmong(Tokens others) {
        return tokens.stream()
                .filter(token -> others.ofType(token.type())
                        .filter(other -> other.value().equals(token.value()))
                        .isEmpty())
                .toList();
    }

    /** The moment from which not all of them are valid. */
    public Instant expiresAt() {
        return tokens.stream()
                .map(Token::expiresAt)
                .min(Comparator.naturalOrder())
                .orElseThrow();
    }

    /**
     * When to ask for others: 5 minutes before they expire, or a tenth of the life they have at {@code obtainedAt} if that is
     * more, but never before half of it is over.
     */
    public Instant renewalDue(Instant obtainedAt) {
        Duration life = Duration.between(obtainedAt, expiresAt());
        Duration lead = life.dividedBy(10);
        if (lead.compareTo(LEAST_LEAD) < 0) {
            lead = LEAST_LEAD;
        }
        Duration half = life.dividedBy(2);
        return expiresAt().minus(lead.compareTo(half) < 0 ? lead : half);
    }

    /** The ID of the AccessKey with its middle hidden. */
    public String maskedAccessKeyId() {
        return AccessKey.masked(accessKeyId);
    }

    /**
     * What they permit together, read at {@code readAt}: their resources as topic rules, unknown if those of one token are not
     * known.
     */
    public EffectivePermissions permissions(Instant readAt) {
        return new EffectivePermissions(
                new Principal("tokens of AccessKey " + maskedAccessKeyId()), grants(), readAt, "the tokens");
    }

    private Grants grants() {
        for (Token token : tokens) {
            if (token.resources().isEmpty()) {
                return new Grants.Unknown("the resources of the token of type " + token.type() + " are not known");
            }
        }
        List<TopicRule> rules = tokens.stream()
                .flatMap(token -> token.rules().stream())
                .flatMap(List::stream)
                .toList();
        return new Grants.Rules(new TopicRules(rules));
    }

    /** The masked AccessKey ID, and the tokens without their values. */
    @Override
    public String toString() {
        return "Tokens[" + maskedAccessKeyId() + ", "
                + tokens.stream().map(Token::toString).collect(Collectors.joining(", ")) + "]";
    }
}
