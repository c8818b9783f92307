package io.apsaramqtt.openapi;

import io.apsaramqtt.credentials.AccessKey;
import io.apsaramqtt.http.HttpAnswer;
import io.apsaramqtt.openapi.OpenApiException.Reason;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An answer that refuses a call, read into an exception: what the code means, and what to do about it. */
record Refusal(OpenApiCall call, AccessKey accessKey, HttpAnswer answer, Instant sentAt) {

    private static final int LONGEST_MESSAGE = 300;

    OpenApiException exception() {
        Optional<Json> body = body();
        String code = body.flatMap(read -> read.get("Code").text()).orElse(null);
        String requestId = body.flatMap(read -> read.get("RequestId").text())
                .or(() -> answer.header("x-acs-request-id"))
                .orElse(null);
        String message = body.flatMap(read -> read.get("Message").text()).orElse("");
        Reason reason = reason(answer.status(), code);
        return new OpenApiException(
                reason, call, answer.status(), code, requestId, problem(reason, code, message), null);
    }

    private Optional<Json> body() {
        try {
            Json read = Json.parse(answer.body());
            read.get("Code").text();
            read.get("RequestId").text();
            read.get("Message").text();
            return Optional.of(read);
        } catch (UnexpectedAnswerException e) {
            // A gateway in between answers in its own words.
            return Optional.empty();
        }
    }

    static Reason reason(int status, @Nullable String given) {
        String code = given == null ? "" : given.toLowerCase(Locale.ROOT);
        if (code.startsWith("throttling") || status == 429) {
            return Reason.THROTTLED;
        }
        if (code.startsWith("invalidtimestamp") || code.startsWith("illegaltimestamp")) {
            return Reason.CLOCK_SKEW;
        }
        if (code.startsWith("invalidsecuritytoken") || code.startsWith("securitytoken")) {
            return code.contains("expired") ? Reason.EXPIRED_CREDENTIALS : Reason.WRONG_CREDENTIALS;
        }
        if (code.startsWith("invalidaccesskeyid")
                || code.startsWith("signaturedoesnotmatch")
                || code.startsWith("incompletesignature")
                || code.startsWith("forbidden.accesskey")) {
            return Reason.WRONG_CREDENTIALS;
        }
        if (code.startsWith("nopermission")
                || code.startsWith("forbidden")
                || code.startsWith("accessdenied")
                || code.equals("permissioncheckfailed")
                || code.equals("instancepermissioncheckfailed")) {
            return Reason.NO_PERMISSION;
        }
        if (code.startsWith("entitynotexist") || code.equals("resourcedirectorynotinuse")) {
            return Reason.NOT_FOUND;
        }
        return status >= 500 ? Reason.SERVER_FAILED : Reason.REJECTED;
    }

    private String problem(Reason reason, @Nullable String code, String message) {
        String refused = "was refused"
                + (code == null ? " without a code" : " with code [" + code + "]")
                + (message.isEmpty() ? "" : ": \"" + shown(message) + "\"");
        return refused + advice(reason).map(advice -> ". " + advice).orElse("");
    }

    private Optional<String> advice(Reason reason) {
        return switch (reason) {
            case WRONG_CREDENTIALS ->
                Optional.of("Check AccessKey [" + accessKey.maskedId()
                        + "] in the RAM console: that it exists, is enabled, and that its secret is this one");
            case EXPIRED_CREDENTIALS ->
                Optional.of("The security token of AccessKey [" + accessKey.maskedId()
                        + "] has expired; resolve the temporary credentials again");
            case CLOCK_SKEW -> Optional.of(skew());
            default -> Optional.empty();
        };
    }

    private String skew() {
        Optional<Duration> ahead =
                answer.header("date").flatMap(Refusal::parsed).map(at -> Duration.between(at, sentAt));
        return ahead.map(by -> "The clock of this machine is " + by.abs().toSeconds() + " s "
                                + (by.isNegative() ? "behind" : "ahead of") + " the service's")
                        .orElse("The clock of this machine differs from the service's")
                + "; set it, as NTP does";
    }

    private static Optional<Instant> parsed(String date) {
        try {
            return Optional.of(ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant());
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    /** On one line, not too long, and without what the service may have sent back of the request's secrets. */
    private String shown(String message) {
        String text = message.replace(accessKey.securityToken().orElse(accessKey.secret()), "****")
                .replace(accessKey.secret(), "****")
                .replaceAll("(?i)signature=[0-9a-f]+", "Signature=****");
        text = text.replaceAll("\\s+", " ").strip();
        return text.length() <= LONGEST_MESSAGE ? text : text.substring(0, LONGEST_MESSAGE) + "...";
    }
}
