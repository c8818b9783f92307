package io.apsaramqtt.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonReadFeature;

/**
 * A JSON value of a suite that knows where it stands: a case that is wrong is told by line and column, and does not keep the
 * others from being run.
 *
 * <p>Immutable.
 *
 * @param document the suite
 * @param token what it is
 * @param text a string, number or boolean as text
 * @param members of an object, in order
 * @param elements of an array
 * @param span where it stands
 */
record SuiteNode(
        Document document,
        JsonToken token,
        String text,
        Map<String, SuiteNode> members,
        List<SuiteNode> elements,
        Span span) {

    private static final JsonFactory JSON = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(JsonReadFeature.ALLOW_JAVA_COMMENTS)
            .build();

    /** A suite: the name of its file, and its text. */
    record Document(String file, String text) {}

    /** Line and column, from 1, and the place of the first character and the one after the last, from 0. */
    record Span(int line, int column, int from, int to) {}

    /** The only value of {@code text}; throws {@link BadInputException} if that is not JSON. */
    static SuiteNode read(String file, String text) {
        Document document = new Document(file, text);
        try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), text)) {
            if (parser.nextToken() == null) {
                throw malformed(file, 1, 1, "the file is empty; expected {\"vectors\":[...]}");
            }
            SuiteNode node = value(document, parser);
            if (parser.nextToken() != null) {
                throw node.malformed("there is text after the end of the document; remove it");
            }
            return node;
        } catch (JacksonException e) {
            TokenStreamLocation at = e.getLocation();
            throw malformed(
                    file,
                    at == null ? 1 : Math.max(1, at.getLineNr()),
                    at == null ? 1 : Math.max(1, at.getColumnNr()),
                    "not valid JSON: " + withoutPlace(e.getOriginalMessage()));
        }
    }

    private static SuiteNode value(Document document, JsonParser parser) {
        JsonToken token = parser.currentToken();
        TokenStreamLocation start = parser.currentTokenLocation();
        Map<String, SuiteNode> members = new LinkedHashMap<>();
        List<SuiteNode> elements = new ArrayList<>();
        String text = "";
        if (token == JsonToken.START_OBJECT) {
            while (parser.nextToken() != JsonToken.END_OBJECT) {
                String name = parser.currentName();
                parser.nextToken();
                members.put(name, value(document, parser));
            }
        } else if (token == JsonToken.START_ARRAY) {
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                elements.add(value(document, parser));
            }
        } else {
            text = parser.getString();
        }
        Span span = new Span(start.getLineNr(), start.getColumnNr(), (int) start.getCharOffset(), (int)
                parser.currentLocation().getCharOffset());
        return new SuiteNode(document, token, text, members, elements, span);
    }

    /** Some messages of the parser end in a place of their own, with an unknown offset. */
    private static String withoutPlace(String message) {
        int source = message.indexOf(" at [Source: ");
        int parenthesis = source < 0 ? -1 : message.lastIndexOf(" (", source);
        return parenthesis < 0 ? message : message.substring(0, parenthesis);
    }

    Optional<SuiteNode> member(String name) {
        return Optional.ofNullable(members.get(name));
    }

    SuiteNode required(String name) {
        return member(name).orElseThrow(() -> malformed(name + " is missing"));
    }

    SuiteNode requireObject(String what) {
        return require(what, "an object", token == JsonToken.START_OBJECT);
    }

    List<SuiteNode> array(String what) {
        return require(what, "an array", token == JsonToken.START_ARRAY).elements;
    }

    String string(String what) {
        return require(what, "a string", token == JsonToken.VALUE_STRING).text;
    }

    boolean isString() {
        return token == JsonToken.VALUE_STRING;
    }

    /** One value or an array of them; a number or boolean may stand without quotes, as in a policy's condition. */
    List<String> values(String what) {
        if (token == JsonToken.START_ARRAY) {
            return elements.stream().map(element -> element.value(what)).toList();
        }
        return List.of(value(what));
    }

    private String value(String what) {
        return require(what, "a string", token.isScalarValue() && token != JsonToken.VALUE_NULL).text;
    }

    private SuiteNode require(String what, String kind, boolean met) {
        if (!met) {
            throw malformed(what + " must be " + kind);
        }
        return this;
    }

    /** The text of this value behind as many lines and columns as it has before it, so that its reader counts as we do. */
    String textInPlace() {
        return "\n".repeat(span.line() - 1)
                + " ".repeat(span.column() - 1)
                + document.text().substring(span.from(), span.to());
    }

    BadInputException malformed(String problem) {
        return malformed(document.file(), span.line(), span.column(), problem);
    }

    private static BadInputException malformed(String file, int line, int column, String problem) {
        return new BadInputException("Suite [" + file + "], line " + line + ", column " + column + ": " + problem);
    }
}
