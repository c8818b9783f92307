package io.apsaramqtt.authentication;

import io.apsaramqtt.mqtt.ClientId;
import io.apsaramqtt.mqtt.TopicFilter;
import java.io.StringWriter;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;

/** Tokens of a client as JSON: what an application server answers, and what is kept in a file. */
final class TokensJson {

    static final String CLIENT_ID = "clientId";
    static final String ACCESS_KEY_ID = "accessKeyId";
    static final String LIST = "tokens";
    static final String VALUE = "token";
    static final String TYPE = "type";
    static final String EXPIRE_TIME = "expireTime";
    static final String RESOURCES = "resources";

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private TokensJson() {}

    /**
     * The tokens of {@code clientId} in {@code text}.
     *
     * @throws MalformedTokensException if it holds none, or those of another client
     */
    static Tokens read(ClientId clientId, String text) {
        try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), text)) {
            parser.nextToken();
            Tokens read = new TokensReader(parser, clientId).tokens();
            if (parser.nextToken() != null) {
                throw new MalformedTokensException("goes on after its end");
            }
            return read;
        } catch (JacksonException e) {
            // Its message may quote what stands there, and that may be a token.
            throw new MalformedTokensException("is not valid JSON, or has a member twice"
                    + Optional.ofNullable(e.getLocation())
                            .map(at -> ", at line " + at.getLineNr() + ", column " + at.getColumnNr())
                            .orElse(""));
        }
    }

    static String write(ClientId clientId, Tokens tokens) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = FACTORY.createGenerator(ObjectWriteContext.empty(), text)) {
            json.writeStartObject();
            json.writeStringProperty(CLIENT_ID, clientId.value());
            json.writeStringProperty(ACCESS_KEY_ID, tokens.accessKeyId());
            json.writeArrayPropertyStart(LIST);
            tokens.tokens().forEach(token -> write(json, token));
            json.writeEndArray();
            json.writeEndObject();
        }
        return text.toString();
    }

    private static void write(JsonGenerator json, Token token) {
        json.writeStartObject();
        json.writeStringProperty(VALUE, token.value());
        json.writeStringProperty(TYPE, token.type().literal());
        json.writeNumberProperty(EXPIRE_TIME, token.expiresAt().toEpochMilli());
        token.resources().ifPresent(resources -> write(json, resources));
        json.writeEndObject();
    }

    private static void write(JsonGenerator json, List<TopicFilter> resources) {
        json.writeArrayPropertyStart(RESOURCES);
        resources.forEach(resource -> json.writeString(resource.value()));
        json.writeEndArray();
    }

    /** What the server is asked with. */
    static String question(ClientId clientId, boolean renew) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = FACTORY.createGenerator(ObjectWriteContext.empty(), text)) {
            json.writeStartObject();
            json.writeStringProperty(CLIENT_ID, clientId.value());
            json.writeBooleanProperty("renew", renew);
            json.writeEndObject();
        }
        return text.toString();
    }
}
