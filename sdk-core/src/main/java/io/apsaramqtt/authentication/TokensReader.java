package io.apsaramqtt.authentication;

import io.apsaramqtt.mqtt.ClientId;
import io.apsaramqtt.mqtt.InvalidMqttValueException;
import io.apsaramqtt.mqtt.TopicFilter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** Reads tokens member by member; members that it does not know are passed over. Throws {@link MalformedTokensException}. */
final class TokensReader {

    private final JsonParser json;
    private final ClientId clientId;

    TokensReader(JsonParser json, ClientId clientId) {
        this.json = json;
        this.clientId = clientId;
    }

    /** The object that begins here. */
    Tokens tokens() {
        Parts parts = new Parts();
        members("", member -> {
            switch (member) {
                case TokensJson.CLIENT_ID -> requireSame(text(member));
                case TokensJson.ACCESS_KEY_ID -> parts.accessKeyId = text(member);
                case TokensJson.LIST -> parts.read = elements(member, this::token);
                default -> json.skipChildren();
            }
        });
        String accessKeyId = require(parts.accessKeyId, TokensJson.ACCESS_KEY_ID);
        List<Token> read = require(parts.read, TokensJson.LIST);
        try {
            return new Tokens(accessKeyId, read);
        } catch (AuthenticationException e) {
            throw new MalformedTokensException("has no tokens to connect with: " + e.getMessage());
        }
    }

    private static final class Parts {
        private @Nullable String accessKeyId;
        private @Nullable List<Token> read;
        private @Nullable String value;
        private @Nullable TokenType type;
        private @Nullable Instant expiresAt;
        private @Nullable List<TopicFilter> resources;
    }

    private Token token(String place) {
        Parts parts = new Parts();
        members(place, member -> {
            String at = place + "." + member;
            switch (member) {
                case TokensJson.VALUE -> parts.value = text(at);
                case TokensJson.TYPE -> parts.type = type(at);
                case TokensJson.EXPIRE_TIME -> parts.expiresAt = time(at);
                case TokensJson.RESOURCES -> parts.resources = resources(at);
                default -> json.skipChildren();
            }
        });
        String value = require(parts.value, place + "." + TokensJson.VALUE);
        TokenType type = require(parts.type, place + "." + TokensJson.TYPE);
        Instant expiresAt = require(parts.expiresAt, place + "." + TokensJson.EXPIRE_TIME);
        List<TopicFilter> resources = parts.resources;
        try {
            return resources == null ? Token.of(type, value, expiresAt) : Token.of(type, value, expiresAt, resources);
        } catch (AuthenticationException e) {
            throw new MalformedTokensException("has no token at [" + place + "]: " + e.getMessage());
        }
    }

    private void requireSame(String other) {
        if (!other.equals(clientId.value())) {
            throw new MalformedTokensException("is for another client ID, at [" + TokensJson.CLIENT_ID + "]");
        }
    }

    private TokenType type(String place) {
        try {
            return TokenType.of(text(place));
        } catch (IllegalArgumentException e) {
            throw new MalformedTokensException("has none of the types R, W, RW at [" + place + "]");
        }
    }

    private Instant time(String place) {
        if (json.currentToken() != JsonToken.VALUE_NUMBER_INT || !fits()) {
            throw new MalformedTokensException(
                    "has no time in milliseconds since 1970, a whole number, at [" + place + "]");
        }
        return Instant.ofEpochMilli(json.getLongValue());
    }

    private boolean fits() {
        return json.getNumberType() == JsonParser.NumberType.INT || json.getNumberType() == JsonParser.NumberType.LONG;
    }

    /** None and no such member are different: a token for no topic would have everything denied. */
    private @Nullable List<TopicFilter> resources(String place) {
        if (json.currentToken() == JsonToken.VALUE_NULL) {
            return null;
        }
        List<TopicFilter> resources = elements(place, at -> {
            try {
                return TopicFilter.of(text(at));
            } catch (InvalidMqttValueException e) {
                throw new MalformedTokensException("has no topic filter at [" + at + "]");
            }
        });
        if (resources.isEmpty()) {
            throw new MalformedTokensException(
                    "names no topics at [" + place + "]; leave it out where they are not known");
        }
        return resources;
    }

    private String text(String place) {
        if (json.currentToken() != JsonToken.VALUE_STRING) {
            throw new MalformedTokensException("has no text at [" + place + "]");
        }
        return json.getString();
    }

    private void members(String place, Consumer<String> reader) {
        if (json.currentToken() != JsonToken.START_OBJECT) {
            throw new MalformedTokensException(place.isEmpty() ? "is no object" : "has no object at [" + place + "]");
        }
        while (json.nextToken() != JsonToken.END_OBJECT) {
            String member = json.currentName();
            json.nextToken();
            reader.accept(member);
        }
    }

    /** Reads the element that begins at a place. */
    @FunctionalInterface
    private interface Element<T> {
        T read(String place);
    }

    private <T> List<T> elements(String place, Element<T> element) {
        if (json.currentToken() != JsonToken.START_ARRAY) {
            throw new MalformedTokensException("has no array at [" + place + "]");
        }
        List<T> elements = new ArrayList<>();
        while (json.nextToken() != JsonToken.END_ARRAY) {
            elements.add(element.read(place + "[" + elements.size() + "]"));
        }
        return elements;
    }

    private static <T> T require(@Nullable T part, String place) {
        if (part == null) {
            throw new MalformedTokensException("lacks [" + place + "]");
        }
        return part;
    }
}
