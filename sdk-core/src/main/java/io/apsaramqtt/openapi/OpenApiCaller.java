package io.apsaramqtt.openapi;

import io.apsaramqtt.credentials.AccessKey;
import io.apsaramqtt.http.BoundedHttp;
import io.apsaramqtt.http.HttpAnswer;
import io.apsaramqtt.http.HttpFailure;
import io.apsaramqtt.openapi.OpenApiException.Reason;
import java.time.Clock;
import java.time.Instant;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Signs calls, sends them, reads the answers, and tries again what may pass: throttling, failures of the service, time-outs,
 * lost connections. A call that is not repeatable is tried again only where it was certainly not carried out. Thread-safe;
 * blocks.
 *
 * @param http sends
 * @param clock dates each request
 * @param nonces makes each request unlike any other
 * @param pace spaces each one of them; which it is, the call says
 * @param backoff how often, and when again
 * @param waiting passes the time in between
 */
record OpenApiCaller(
        BoundedHttp http,
        Clock clock,
        Supplier<String> nonces,
        Function<OpenApiCall, Pace> pace,
        Backoff backoff,
        Waiting waiting) {

    private static final Logger log = LoggerFactory.getLogger(OpenApiCaller.class);

    /**
     * What {@code reader} makes of the answer.
     *
     * @throws OpenApiException if there is none, or not the one of the page
     */
    <T> T call(OpenApiCall call, AccessKey accessKey, Function<Json, T> reader) {
        return repeated(call, accessKey, text -> reader.apply(Json.parse(text)));
    }

    /**
     * The answer as it is, a JSON object.
     *
     * @throws OpenApiException if there is none, or it is no JSON
     */
    String callForText(OpenApiCall call, AccessKey accessKey) {
        return repeated(call, accessKey, text -> {
            Json.parse(text);
            return text;
        });
    }

    private <T> T repeated(OpenApiCall call, AccessKey accessKey, Function<String, T> reader) {
        for (int attempt = 1; ; attempt++) {
            try {
                pace.apply(call).await();
                return once(call, accessKey, reader);
            } catch (OpenApiException e) {
                if (attempt >= backoff.attempts() || !mayRepeat(call, e)) {
                    throw e;
                }
                log.debug("Attempt {} of {} failed, trying again", attempt, call, e);
                pause(call, attempt);
            } catch (InterruptedException e) {
                throw interrupted(call, e);
            }
        }
    }

    private static boolean mayRepeat(OpenApiCall call, OpenApiException failure) {
        return call.repeatable()
                ? failure.isPassing()
                : failure.reason() == Reason.THROTTLED || failure.reason() == Reason.UNREACHABLE;
    }

    private void pause(OpenApiCall call, int failed) {
        try {
            waiting.pass(backoff.wait(failed));
        } catch (InterruptedException e) {
            throw interrupted(call, e);
        }
    }

    private <T> T once(OpenApiCall call, AccessKey accessKey, Function<String, T> reader) {
        Instant now = clock.instant();
        HttpAnswer answer = send(call, Acs3Request.of(call, accessKey, now, nonces.get()), accessKey);
        if (!answer.isSuccess()) {
            throw new Refusal(call, accessKey, answer, now).exception();
        }
        try {
            return reader.apply(answer.body());
        } catch (UnexpectedAnswerException e) {
            throw new OpenApiException(
                    Reason.UNEXPECTED_ANSWER,
                    call,
                    answer.status(),
                    null,
                    answer.header("x-acs-request-id").orElse(null),
                    "gave an answer that " + e.getMessage(),
                    e);
        }
    }

    private HttpAnswer send(OpenApiCall call, Acs3Request request, AccessKey accessKey) {
        try {
            return http.send(request.toHttp(accessKey));
        } catch (HttpFailure e) {
            Reason reason = switch (e.kind()) {
                case UNREACHABLE -> Reason.UNREACHABLE;
                case TIMED_OUT -> Reason.TIMED_OUT;
                case CUT -> Reason.SERVER_FAILED;
                case TOO_LARGE -> Reason.UNEXPECTED_ANSWER;
                case INTERRUPTED -> Reason.INTERRUPTED;
            };
            throw new OpenApiException(reason, call, 0, null, null, "failed: " + e.getMessage(), e);
        }
    }

    private static OpenApiException interrupted(OpenApiCall call, InterruptedException e) {
        Thread.currentThread().interrupt();
        return new OpenApiException(
                Reason.INTERRUPTED, call, 0, null, null, "was not waited for: the thread was interrupted", e);
    }
}
