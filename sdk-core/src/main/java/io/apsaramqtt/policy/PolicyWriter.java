package io.apsaramqtt.policy;

import java.io.StringWriter;
import java.util.function.Consumer;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.PrettyPrinter;
import tools.jackson.core.util.DefaultIndenter;
import tools.jackson.core.util.DefaultPrettyPrinter;

/**
 * Prints policies. A statement is printed from the text it was read from, so that what is not understood in it survives;
 * comments, which RAM refuses, do not.
 */
final class PolicyWriter {

    private static final String UNKNOWN_BEFORE = "unknown member [";
    private static final String UNKNOWN_BEHIND = "] of the document";

    private PolicyWriter() {}

    /** Why a statement is undecidable whose document has a member that nobody knows. */
    static String unknownOfDocument(String member) {
        return UNKNOWN_BEFORE + member + UNKNOWN_BEHIND;
    }

    static String document(Policy policy) {
        return written(json -> write(json, policy));
    }

    static String document(PolicySet policies) {
        return written(json -> {
            json.writeStartObject();
            json.writeArrayPropertyStart("policies");
            policies.policies().forEach(policy -> writeNamed(json, policy));
            json.writeEndArray();
            json.writeEndObject();
        });
    }

    private static void writeNamed(JsonGenerator json, Policy policy) {
        json.writeStartObject();
        json.writeStringProperty("name", policy.name());
        policy.statements().stream()
                .map(statement -> statement.place().attachment())
                .filter(attachment -> !attachment.isEmpty())
                .findFirst()
                .ifPresent(attachment -> json.writeStringProperty("attachedTo", attachment));
        json.writeName("document");
        write(json, policy);
        json.writeEndObject();
    }

    private static void write(JsonGenerator json, Policy policy) {
        json.writeStartObject();
        json.writeStringProperty("Version", "1");
        policy.statements().stream()
                .flatMap(statement -> statement.undecidable().stream())
                .filter(reason -> reason.startsWith(UNKNOWN_BEFORE) && reason.endsWith(UNKNOWN_BEHIND))
                .map(reason -> reason.substring(UNKNOWN_BEFORE.length(), reason.length() - UNKNOWN_BEHIND.length()))
                .distinct()
                .forEach(json::writeNullProperty);
        json.writeArrayPropertyStart("Statement");
        policy.statements().forEach(statement -> copy(statement.json(), json));
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void copy(String text, JsonGenerator json) {
        try (JsonParser parser = JsonCursor.JSON.createParser(ObjectReadContext.empty(), text)) {
            parser.nextToken();
            json.copyCurrentStructure(parser);
        }
    }

    private static String written(Consumer<JsonGenerator> content) {
        StringWriter text = new StringWriter();
        ObjectWriteContext pretty = new ObjectWriteContext.Base() {
            @Override
            public PrettyPrinter getPrettyPrinter() {
                DefaultIndenter lines = new DefaultIndenter("  ", "\n");
                DefaultPrettyPrinter printer = new DefaultPrettyPrinter();
                printer.indentArraysWith(lines);
                printer.indentObjectsWith(lines);
                return printer;
            }
        };
        try (JsonGenerator json = JsonCursor.JSON.createGenerator(pretty, text)) {
            content.accept(json);
        }
        return text + "\n";
    }
}
