package io.apsaramqtt.openapi;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;

/**
 * A value of an answer and where it stands in it. Numbers and booleans are kept as they are written. What is missing, or of
 * another kind than asked for, throws {@link UnexpectedAnswerException}.
 *
 * @param value a map, a list, a string, or null
 * @param place such as {@code Policies.Policy}; empty for the whole answer
 */
record Json(@Nullable Object value, String place) {

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    static Json parse(String text) {
        try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), text)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new UnexpectedAnswerException("is not a JSON object");
            }
            Json read = new Json(value(parser), "");
            if (parser.nextToken() != null) {
                throw new UnexpectedAnswerException("goes on after its end");
            }
            return read;
        } catch (JacksonException e) {
            throw new UnexpectedAnswerException("is not valid JSON: " + firstLine(e.getOriginalMessage()));
        }
    }

    private static String firstLine(String message) {
        int end = message.indexOf(" at [Source: ");
        return (end < 0 ? message : message.substring(0, end))
                .lines()
                .findFirst()
                .orElse("");
    }

    private static @Nullable Object value(JsonParser parser) {
        return switch (parser.currentToken()) {
            case START_OBJECT -> {
                Map<String, @Nullable Object> members = new LinkedHashMap<>();
                while (parser.nextToken() != JsonToken.END_OBJECT) {
                    String name = parser.currentName();
                    parser.nextToken();
                    members.put(name, value(parser));
                }
                yield members;
            }
            case START_ARRAY -> {
                List<@Nullable Object> elements = new ArrayList<>();
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    elements.add(value(parser));
                }
                yield elements;
            }
            case VALUE_NULL -> null;
            default -> parser.getString();
        };
    }

    /** A member of this object; one without a value if it is absent. */
    Json get(String member) {
        String at = place.isEmpty() ? member : place + "." + member;
        if (value == null) {
            return new Json(null, at);
        }
        if (!(value instanceof Map<?, ?> members)) {
            throw new UnexpectedAnswerException("has no object at [" + place + "]");
        }
        return new Json(members.get(member), at);
    }

    /** The elements of this array; none if it is absent. */
    List<Json> elements() {
        if (value == null) {
            return List.of();
        }
        if (!(value instanceof List<?> elements)) {
            throw new UnexpectedAnswerException("has no array at [" + place + "]");
        }
        List<Json> read = new ArrayList<>();
        elements.forEach(element -> read.add(new Json(element, place + "[" + read.size() + "]")));
        return read;
    }

    /** This text, unless it is absent or empty. */
    Optional<String> text() {
        if (value == null || "".equals(value)) {
            return Optional.empty();
        }
        if (!(value instanceof String text)) {
            throw new UnexpectedAnswerException("has no text at [" + place + "]");
        }
        return Optional.of(text);
    }

    String requireText() {
        return text().orElseThrow(() -> new UnexpectedAnswerException("lacks [" + place + "]"));
    }

    long requireLong() {
        String text = requireText();
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw new UnexpectedAnswerException("has no whole number at [" + place + "]");
        }
    }
}
