package io.apsaramqtt.client.session;

import io.apsaramqtt.authentication.TokenNotice;
import io.apsaramqtt.authentication.TokenNotice.Problem;
import io.apsaramqtt.authentication.TokenType;
import io.apsaramqtt.authentication.Tokens;
import io.apsaramqtt.mqtt.Message;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;

/** Reads what the broker says of tokens on its system topics (service page "Token authentication"). */
final class TokenNotices {

    private static final Logger log = LoggerFactory.getLogger(TokenNotices.class);

    private static final String EXPIRING = "$SYS/tokenExpireNotice";
    private static final String INVALID = "$SYS/tokenInvalidNotice";

    /** Farther than any. */
    private static final Duration UNKNOWN = Duration.ofSeconds(Long.MAX_VALUE);

    private static final JsonFactory JSON = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private TokenNotices() {}

    /** Whether messages to this topic are notices; allocates nothing. */
    static boolean isNotice(String topic) {
        return topic.startsWith("$SYS/") && (topic.equals(EXPIRING) || topic.equals(INVALID));
    }

    /** The notice in a message to such a topic; a malformed one is logged, as it is no reason to end a connection. */
    static Optional<TokenNotice> read(Message message) {
        String topic = message.topic().value();
        try {
            return Optional.of(read(message.payload(), topic.equals(EXPIRING)));
        } catch (JacksonException | IllegalArgumentException | DateTimeException e) {
            String problem = e instanceof JacksonException json ? json.getOriginalMessage() : e.getMessage();
            log.warn("Notice of the broker on topic [{}] is malformed and was ignored: {}", topic, problem);
            return Optional.empty();
        }
    }

    /**
     * Whether the notice says that one of {@code later} expires rather than one of {@code earlier}: the broker's moment and that
     * of a token are of different clocks, so the nearer one is meant.
     */
    static boolean isOfLater(TokenNotice notice, @Nullable Tokens earlier, @Nullable Tokens later) {
        return later != null
                && notice instanceof TokenNotice.Expiring expiring
                && distance(expiring, later).compareTo(distance(expiring, earlier)) <= 0;
    }

    private static Duration distance(TokenNotice.Expiring notice, @Nullable Tokens tokens) {
        return Optional.ofNullable(tokens)
                .flatMap(known -> known.ofType(notice.type()))
                .map(token ->
                        Duration.between(token.expiresAt(), notice.expiresAt()).abs())
                .orElse(UNKNOWN);
    }

    private static TokenNotice read(byte[] payload, boolean expiring) {
        String wanted = expiring ? "expireTime" : "code";
        Long number = null;
        TokenType type = null;
        try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), payload)) {
            require(parser.nextToken() == JsonToken.START_OBJECT, "it is no JSON object");
            while (parser.nextToken() != JsonToken.END_OBJECT) {
                String name = parser.currentName();
                JsonToken value = parser.nextToken();
                if (wanted.equals(name)) {
                    require(value == JsonToken.VALUE_NUMBER_INT, wanted + " is no whole number");
                    number = parser.getLongValue();
                } else if ("type".equals(name)) {
                    require(value == JsonToken.VALUE_STRING, "type is no string");
                    type = TokenType.of(parser.getString());
                } else {
                    // The service may say more one day.
                    parser.skipChildren();
                }
            }
            require(parser.nextToken() == null, "there is text after its end");
        }
        return notice(expiring, present(wanted, number), present("type", type));
    }

    private static TokenNotice notice(boolean expiring, long number, TokenType type) {
        return expiring
                ? new TokenNotice.Expiring(type, Instant.ofEpochMilli(number))
                : new TokenNotice.Invalid(type, Problem.of(number));
    }

    private static <T> T present(String name, @Nullable T value) {
        if (value == null) {
            throw new IllegalArgumentException(name + " is missing");
        }
        return value;
    }

    private static void require(boolean holds, String problem) {
        if (!holds) {
            throw new IllegalArgumentException(problem);
        }
    }
}
