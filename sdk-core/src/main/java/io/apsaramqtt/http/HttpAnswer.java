package io.apsaramqtt.http;

import java.net.http.HttpHeaders;
import java.util.Optional;

/**
 * What a server answered, whole.
 *
 * <p>Immutable.
 *
 * @param status such as 200
 * @param headers all of them
 * @param body as text in UTF-8
 */
public record HttpAnswer(int status, HttpHeaders headers, String body) {

    /** The first header of this name, whatever its case. */
    public Optional<String> header(String name) {
        return headers.firstValue(name);
    }

    /** Whether the server did what was asked: 200 to 299. */
    public boolean isSuccess() {
        return status >= 200 && status < 300;
    }

    /** The status and the length; never the body, which may hold what is not to be logged. */
    @Override
    public String toString() {
        return "HttpAnswer[" + status + ", " + body.length() + " characters]";
    }
}
