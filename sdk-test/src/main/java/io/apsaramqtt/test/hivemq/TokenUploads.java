package io.apsaramqtt.test.hivemq;

import com.hivemq.extension.sdk.api.async.Async;
import com.hivemq.extension.sdk.api.interceptor.publish.parameter.PublishInboundOutput;
import com.hivemq.extension.sdk.api.packets.publish.AckReasonCode;
import com.hivemq.extension.sdk.api.packets.publish.PublishPacket;
import io.apsaramqtt.authentication.TokenType;
import io.apsaramqtt.test.event.BrokerEvent.TokenUploaded;
import io.apsaramqtt.test.service.TokenProblem;
import io.apsaramqtt.test.service.TokenRights;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/**
 * Takes tokens that clients upload in place of those they connected with: acknowledged like any message, but delivered to nobody
 * (service page "Token authentication").
 */
final class TokenUploads {

    static final String TOPIC = "$SYS/uploadToken";

    /** The code of a token that cannot be read. */
    private static final int MALFORMED = 1;

    private static final JsonFactory JSON = new JsonFactory();

    private final TokenWatch watch;

    TokenUploads(TokenWatch watch) {
        this.watch = watch;
    }

    void take(ConnectionOwner owner, TokenRights tokens, PublishPacket upload, PublishInboundOutput output) {
        Map<String, String> members = read(upload);
        Optional<TokenType> type = type(members.getOrDefault("type", ""));
        Optional<TokenProblem> problem = type.isEmpty()
                ? Optional.of(new TokenProblem(MALFORMED, TokenType.RW))
                : tokens.upload(type.get(), members.getOrDefault("token", ""));
        if (problem.isEmpty() && type.isPresent()) {
            owner.instance()
                    .events()
                    .record(new TokenUploaded(owner.clientId(), type.get().literal()));
            watch.watch(owner);
            output.preventPublishDelivery(AckReasonCode.SUCCESS);
            return;
        }
        TokenWatch.drop(output.getPublishPacket());
        Async<PublishInboundOutput> async = output.async(TokenWatch.MAX_NOTICE);
        CompletableFuture<Void> unused =
                watch.giveNotice(owner, problem.orElseThrow()).thenRun(async::resume);
    }

    private static Map<String, String> read(PublishPacket upload) {
        Map<String, String> members = new HashMap<>();
        String payload = upload.getPayload()
                .map(bytes -> StandardCharsets.UTF_8.decode(bytes.duplicate()).toString())
                .orElse("");
        try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), payload)) {
            while (parser.nextToken() != null) {
                if (parser.currentToken() == JsonToken.VALUE_STRING && parser.currentName() != null) {
                    members.put(parser.currentName(), parser.getString());
                }
            }
        } catch (JacksonException e) {
            return Map.of();
        }
        return members;
    }

    private static Optional<TokenType> type(String literal) {
        try {
            return Optional.of(TokenType.of(literal));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
