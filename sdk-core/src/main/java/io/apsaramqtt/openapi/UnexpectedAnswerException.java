package io.apsaramqtt.openapi;

import java.io.Serial;

/** An answer that is not what its page says; turned into an {@link OpenApiException} by whoever knows the call. */
final class UnexpectedAnswerException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1;

    UnexpectedAnswerException(String problem) {
        super(problem);
    }
}
