package io.apsaramqtt.samples.tokenserver;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.apsaramqtt.authentication.Token;
import io.apsaramqtt.authentication.Tokens;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a device is given, as {@code HttpTokenProvider} reads it. Spring prints bodies at DEBUG: no token is in the text of one. */
record TokenAnswer(String accessKeyId, List<Entry> tokens) {

    /** Times in milliseconds since 1970. */
    record Entry(
            String token,
            String type,
            long expireTime,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            List<String> resources) {

        static Entry of(Token token) {
            return new Entry(
                    token.value(),
                    token.type().literal(),
                    token.expiresAt().toEpochMilli(),
                    token.resources()
                            .map(filters -> filters.stream()
                                    .map(filter -> filter.value())
                                    .toList())
                            .orElse(null));
        }

        @Override
        public String toString() {
            return "Entry[" + type + ", expires " + expireTime + ", for " + resources + "]";
        }
    }

    static TokenAnswer of(Tokens tokens) {
        return new TokenAnswer(
                tokens.accessKeyId(), tokens.tokens().stream().map(Entry::of).toList());
    }
}
