package io.apsaramqtt.policy;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonReadFeature;

/** Reads a document token by token and knows at each where it is. Comments are read over, as the pages' samples hold some. */
final class JsonCursor {

    /** What to do with one member of an object; the cursor stands on its value and must end on the value's last token. */
    @FunctionalInterface
    interface Member {
        void read(String name);
    }

    /** Is told a text of the document and where it begins. */
    @FunctionalInterface
    interface TextVisitor {
        void text(boolean isName, String pointer, String text, int line, int column);
    }

    static final JsonFactory JSON = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(JsonReadFeature.ALLOW_JAVA_COMMENTS)
            .build();

    private final String source;
    private final String document;
    private final JsonParser parser;

    private JsonCursor(String source, String document, JsonParser parser) {
        this.source = source;
        this.document = document;
        this.parser = parser;
    }

    /** Runs {@code reader} on the document's only value; turns every problem into a {@link MalformedPolicyException}. */
    static <T> T read(String source, String document, Function<JsonCursor, T> reader) {
        try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), document)) {
            JsonCursor cursor = new JsonCursor(source, document, parser);
            if (parser.nextToken() == null) {
                throw cursor.malformed("the document is empty; expected {\"Version\":\"1\",\"Statement\":[...]}");
            }
            T result = reader.apply(cursor);
            if (parser.nextToken() != null) {
                throw cursor.malformed("text after the end of the document; remove it");
            }
            return result;
        } catch (JacksonException e) {
            TokenStreamLocation at = e.getLocation();
            throw new MalformedPolicyException(
                    source,
                    at == null ? 1 : Math.max(1, at.getLineNr()),
                    at == null ? 1 : Math.max(1, at.getColumnNr()),
                    "",
                    "not valid JSON: " + withoutSource(e.getOriginalMessage()));
        }
    }

    /** Some messages of the parser end in a place of their own, with the source "REDACTED" and an unknown offset. */
    private static String withoutSource(String message) {
        int source = message.indexOf(" at [Source: ");
        int parenthesis = source < 0 ? -1 : message.lastIndexOf(" (", source);
        return parenthesis < 0 ? message : message.substring(0, parenthesis);
    }

    void object(String what, Member member) {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            throw malformed(what + " must be an object, not " + shown());
        }
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            parser.nextToken();
            member.read(name);
        }
    }

    void array(String what, Runnable element) {
        if (parser.currentToken() != JsonToken.START_ARRAY) {
            throw malformed(what + " must be an array, not " + shown());
        }
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            element.run();
        }
    }

    String string(String what) {
        if (parser.currentToken() != JsonToken.VALUE_STRING) {
            throw malformed(what + " must be a string, not " + shown());
        }
        return parser.getString();
    }

    /** A string, or an array of strings: RAM treats one value and an array of one alike. */
    List<String> strings(String what) {
        if (parser.currentToken() != JsonToken.START_ARRAY) {
            return List.of(string(what));
        }
        List<String> values = new ArrayList<>();
        array(what, () -> values.add(string(what)));
        return values;
    }

    /** Values of a condition: as {@link #strings}, but numbers and booleans may stand without quotes. */
    List<String> values(String what) {
        if (parser.currentToken() != JsonToken.START_ARRAY) {
            return List.of(value(what));
        }
        List<String> values = new ArrayList<>();
        array(what, () -> values.add(value(what)));
        return values;
    }

    private String value(String what) {
        JsonToken token = parser.currentToken();
        return token.isNumeric() || token.isBoolean() ? parser.getString() : string(what);
    }

    /** Where the current token begins, in characters from 0. */
    int offset() {
        return Math.toIntExact(parser.currentTokenLocation().getCharOffset());
    }

    /** The text of the object that began at {@code start} and ends at the current token. */
    String objectFrom(int start) {
        return document.substring(start, offset() + 1);
    }

    void skip() {
        parser.skipChildren();
    }

    /** Tells the name of every member and every string in the value that the cursor stands on; ends on its last token. */
    void texts(TextVisitor visitor) {
        int depth = 0;
        do {
            JsonToken token = parser.currentToken();
            boolean isName = token == JsonToken.PROPERTY_NAME;
            if (isName || token == JsonToken.VALUE_STRING) {
                visitor.text(isName, pointer(), parser.getString(), line(), column());
            }
            depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
        } while (depth > 0 && parser.nextToken() != null);
    }

    private String pointer() {
        return parser.streamReadContext().pathAsPointer().toString();
    }

    int line() {
        return parser.currentTokenLocation().getLineNr();
    }

    int column() {
        return parser.currentTokenLocation().getColumnNr();
    }

    MalformedPolicyException malformed(String problem) {
        return new MalformedPolicyException(source, Math.max(1, line()), Math.max(1, column()), pointer(), problem);
    }

    private String shown() {
        JsonToken token = parser.currentToken();
        if (token == JsonToken.START_OBJECT) {
            return "an object";
        }
        return token == JsonToken.START_ARRAY ? "an array" : "[" + parser.getString() + "]";
    }
}
