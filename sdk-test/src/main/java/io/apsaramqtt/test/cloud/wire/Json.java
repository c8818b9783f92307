package io.apsaramqtt.test.cloud.wire;

import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** Maps, lists, strings, numbers and booleans as JSON. */
public final class Json {

    private static final JsonFactory JSON = new JsonFactory();

    private Json() {}

    /** The object in UTF-8; throws {@link IllegalArgumentException} for a value of another type. */
    public static byte[] write(Map<String, Object> object) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (JsonGenerator generator = JSON.createGenerator(ObjectWriteContext.empty(), out)) {
            write(generator, object);
        }
        return out.toByteArray();
    }

    private static void write(JsonGenerator generator, Object value) {
        if (value instanceof Map<?, ?> map) {
            generator.writeStartObject();
            map.forEach((name, member) -> {
                generator.writeName(String.valueOf(name));
                write(generator, member);
            });
            generator.writeEndObject();
        } else if (value instanceof List<?> list) {
            generator.writeStartArray();
            list.forEach(element -> write(generator, element));
            generator.writeEndArray();
        } else if (value instanceof String text) {
            generator.writeString(text);
        } else if (value instanceof Boolean yes) {
            generator.writeBoolean(yes);
        } else if (value instanceof Number number) {
            generator.writeNumber(number.longValue());
        } else {
            throw new IllegalArgumentException(
                    "A " + value.getClass().getName() + " has no place in an answer; give a map, list, text or number");
        }
    }
}
