package io.apsaramqtt.openapi;

import io.apsaramqtt.ApsaraMqttException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A call of Alibaba Cloud's OpenAPI failed. The message says which, where, why, and what to do; the same stands in the
 * properties. Neither holds a secret, a security token or a signature.
 *
 * <p>Immutable.
 */
public final class OpenApiException extends ApsaraMqttException {

    /** What went wrong. */
    public enum Reason {
        /** The principal lacks the right to make this call. */
        NO_PERMISSION,
        /** The AccessKey is unknown, disabled or deleted, or its secret is wrong. */
        WRONG_CREDENTIALS,
        /** The temporary credentials have expired. */
        EXPIRED_CREDENTIALS,
        /** The clock of this machine and that of the service are too far apart. */
        CLOCK_SKEW,
        /** What was asked for does not exist. */
        NOT_FOUND,
        /** Too many calls; the same call was refused after every wait as well. */
        THROTTLED,
        /** Another refusal: the call itself is wrong. */
        REJECTED,
        /** The service failed. */
        SERVER_FAILED,
        /** The service answered something that is not what its page says. */
        UNEXPECTED_ANSWER,
        /** No connection: an unknown host, a refused connection, no TLS. */
        UNREACHABLE,
        /** No answer in time. */
        TIMED_OUT,
        /** The thread was interrupted. */
        INTERRUPTED
    }

    private final Reason reason;
    private final String action;
    private final String host;
    private final int httpStatus;
    private final @Nullable String code;
    private final @Nullable String requestId;

    OpenApiException(
            Reason reason,
            OpenApiCall call,
            int httpStatus,
            @Nullable String code,
            @Nullable String requestId,
            String problem,
            @Nullable Throwable cause) {
        super(call + " " + problem + place(httpStatus, requestId), cause);
        this.reason = reason;
        this.action = call.action();
        this.host = call.host();
        this.httpStatus = httpStatus;
        this.code = code;
        this.requestId = requestId;
    }

    private static String place(int httpStatus, @Nullable String requestId) {
        if (httpStatus == 0) {
            return "";
        }
        return " (HTTP " + httpStatus + (requestId == null ? ")" : ", request ID " + requestId + ")");
    }

    /** What went wrong. */
    public Reason reason() {
        return reason;
    }

    /** The action, such as {@code GetPolicy}. */
    public String action() {
        return action;
    }

    /** The host, with its port if it is not the usual one. */
    public String host() {
        return host;
    }

    /** The status of the answer; 0 if there was none. */
    public int httpStatus() {
        return httpStatus;
    }

    /** The error code of the service, such as {@code EntityNotExist.Policy}. */
    public Optional<String> code() {
        return Optional.ofNullable(code);
    }

    /** The ID under which the service has the request in its logs. */
    public Optional<String> requestId() {
        return Optional.ofNullable(requestId);
    }

    /** Whether the same call may succeed later without anything being changed. */
    boolean isPassing() {
        return switch (reason) {
            case THROTTLED, SERVER_FAILED, UNEXPECTED_ANSWER, UNREACHABLE, TIMED_OUT -> true;
            default -> false;
        };
    }
}
