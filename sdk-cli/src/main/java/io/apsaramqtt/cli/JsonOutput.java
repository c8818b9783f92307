package io.apsaramqtt.cli;

import io.apsaramqtt.policy.Decision;
import io.apsaramqtt.policy.Outcome;
import io.apsaramqtt.policy.ResourceName;
import io.apsaramqtt.policy.Statement;
import java.io.StringWriter;
import java.util.Collection;
import java.util.function.Consumer;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** One JSON object on one line, written member by member; outcomes by the names that suites use. Not thread-safe. */
final class JsonOutput {

    private final JsonGenerator json;

    private JsonOutput(JsonGenerator json) {
        this.json = json;
    }

    /** The object whose members {@code members} writes. */
    static String object(Consumer<JsonOutput> members) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JsonFactory.builder().build().createGenerator(ObjectWriteContext.empty(), text)) {
            json.writeStartObject();
            members.accept(new JsonOutput(json));
            json.writeEndObject();
        }
        return text.toString();
    }

    JsonOutput text(String name, String value) {
        json.writeStringProperty(name, value);
        return this;
    }

    JsonOutput number(String name, long value) {
        json.writeNumberProperty(name, value);
        return this;
    }

    JsonOutput flag(String name, boolean value) {
        json.writeBooleanProperty(name, value);
        return this;
    }

    /** The names of outcomes, in the order of the enum, whatever the order they come in. */
    JsonOutput outcomes(String name, Collection<Outcome> outcomes) {
        return array(name, outcomes.stream().sorted().toList(), outcome -> json.writeString(outcome.name()));
    }

    /** An array of objects. */
    <T> JsonOutput objects(String name, Collection<T> elements, Consumer<T> members) {
        return array(name, elements, element -> {
            json.writeStartObject();
            members.accept(element);
            json.writeEndObject();
        });
    }

    private <T> JsonOutput array(String name, Collection<T> elements, Consumer<T> writer) {
        json.writeArrayPropertyStart(name);
        elements.forEach(writer);
        json.writeEndArray();
        return this;
    }

    /** The members that tell a decision and the statements it hangs on. */
    void decision(String action, ResourceName resource, Decision decision, PolicyFiles files) {
        text("action", action);
        text("resource", resource.toString());
        text("outcome", decision.outcome().name());
        outcomes("possible", decision.possible());
        decision.limitedBy().ifPresent(layer -> text("limitedBy", layer));
        array("unread", decision.unread(), json::writeString);
        objects("statements", decision.statements(), statement -> statement(statement, files));
    }

    private void statement(Statement statement, PolicyFiles files) {
        text("effect", Evidence.effect(statement));
        text("policy", statement.place().policy());
        number("statement", statement.place().number());
        files.file(statement).ifPresent(file -> {
            text("file", file);
            number("line", statement.place().line());
            number("column", statement.place().column());
        });
    }
}
