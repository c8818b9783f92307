package io.apsaramqtt.openapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.apsaramqtt.credentials.AccessKey;
import io.apsaramqtt.openapi.CloudServer.Answer;
import io.apsaramqtt.openapi.OpenApiException.Reason;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OpenApiCallerTest {

    private final CloudServer server = new CloudServer();
    private final Calls calls = new Calls();
    private final Queue<Answer> answers = new ArrayDeque<>();

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void sendsWhatIsSignedAndReadsTheAnswer() {
        server.on("GetUser", "{\"User\":{\"UserName\":\"gateway\",\"Mobile\":null},\"RequestId\":\"R\"}");
        String name = calls.caller()
                .call(
                        call(),
                        Calls.ACCESS_KEY,
                        json -> json.get("User").get("UserName").requireText());
        assertThat(name).isEqualTo("gateway");
        CloudServer.Request request = server.requests().get(0);
        assertThat(request.parameters()).containsExactly(Map.entry("UserName", "sensor gateway/1"));
        assertThat(request.headers())
                .containsEntry("host", server.uri().getAuthority())
                .containsEntry("x-acs-version", "2015-05-01")
                .containsEntry("accept", "application/json")
                .hasEntrySatisfying(
                        "Authorization",
                        value -> assertThat(value)
                                .startsWith(
                                        "ACS3-HMAC-SHA256 Credential=LTAI5tExampleIdQx9,SignedHeaders=host;x-acs-action;"));
    }

    @ParameterizedTest
    @CsvSource({
        "403, NoPermission, NO_PERMISSION",
        "403, NoPermission.Account, NO_PERMISSION",
        "403, Forbidden.RAM, NO_PERMISSION",
        "403, AccessDenied, NO_PERMISSION",
        "400, InstancePermissionCheckFailed, NO_PERMISSION",
        "404, InvalidAccessKeyId.NotFound, WRONG_CREDENTIALS",
        "403, InvalidAccessKeyId.Inactive, WRONG_CREDENTIALS",
        "400, SignatureDoesNotMatch, WRONG_CREDENTIALS",
        "400, IncompleteSignature, WRONG_CREDENTIALS",
        "403, InvalidSecurityToken.MismatchWithAccessKey, WRONG_CREDENTIALS",
        "403, InvalidSecurityToken.Expired, EXPIRED_CREDENTIALS",
        "400, InvalidTimeStamp.Expired, CLOCK_SKEW",
        "400, IllegalTimestamp, CLOCK_SKEW",
        "404, EntityNotExist.Policy, NOT_FOUND",
        "404, ResourceDirectoryNotInUse, NOT_FOUND",
        "400, InvalidParameter.UserName, REJECTED"
    })
    void aRefusalIsNamedAndNotTriedAgain(int status, String code, Reason reason) {
        server.on("GetUser", request -> Answer.refused(status, code, "the reason in words"));
        OpenApiException failure = failure(calls.caller());
        assertThat(failure.reason()).isEqualTo(reason);
        assertThat(failure.code()).contains(code);
        assertThat(failure.requestId()).contains("R-1");
        assertThat(failure.httpStatus()).isEqualTo(status);
        assertThat(failure.action()).isEqualTo("GetUser");
        assertThat(failure.host()).isEqualTo(server.uri().getAuthority());
        assertThat(failure)
                .hasMessageStartingWith("GetUser at " + server.uri().getAuthority() + " was refused with code [" + code
                        + "]: \"the reason in words\"")
                .hasMessageEndingWith("(HTTP " + status + ", request ID R-1)");
        assertThat(server.requests()).hasSize(1);
    }

    @Test
    void aClockThatIsWrongIsNamedWithTheDifference() {
        Instant hourAgo = Instant.now().minusSeconds(3_600);
        server.on("GetUser", request -> Answer.refused(400, "InvalidTimeStamp.Expired", "expired"));
        OpenApiException failure = failure(calls.caller(Duration.ofSeconds(30), Clock.fixed(hourAgo, ZoneOffset.UTC)));
        assertThat(failure.getMessage())
                .containsPattern("The clock of this machine is 3(59|60)\\d s behind the service's; set it");
    }

    @Test
    void aClockThatIsAheadIsToldSo() {
        Instant inTwoHours = Instant.now().plusSeconds(7_200);
        server.on("GetUser", request -> Answer.refused(400, "InvalidTimeStamp.Expired", "expired"));
        assertThat(failure(calls.caller(Duration.ofSeconds(30), Clock.fixed(inTwoHours, ZoneOffset.UTC))))
                .hasMessageContaining(" s ahead of the service's");
    }

    @Test
    void aWrongSecretNamesTheMaskedAccessKey() {
        server.on("GetUser", request -> Answer.refused(400, "SignatureDoesNotMatch", "no match"));
        assertThat(failure(calls.caller())).hasMessageContaining("Check AccessKey [LTAI5t****Qx9] in the RAM console");
    }

    @Test
    void whatTheServiceSendsBackOfTheSecretsIsNotShown() {
        AccessKey temporary = AccessKey.temporary("STS.NExampleId12", "theSecret", "theSecurityToken");
        server.on(
                "GetUser",
                request -> Answer.refused(
                        400,
                        "SignatureDoesNotMatch",
                        "server CanonicalRequest is [POST\\n/\\nx-acs-security-token:theSecurityToken] theSecret "
                                + request.headers().get("Authorization")));
        OpenApiException failure = catchThrowableOfType(
                OpenApiException.class, () -> calls.caller().call(call(), temporary, Json::place));
        assertThat(failure.getMessage())
                .contains("server CanonicalRequest is [POST / x-acs-security-token:****] ****")
                .doesNotContain("theSecret", "theSecurityToken")
                .doesNotContainPattern("Signature=[0-9a-f]");
    }

    @Test
    void aLongMessageIsCut() {
        server.on("GetUser", request -> Answer.refused(400, "X", "m".repeat(5_000)));
        assertThat(failure(calls.caller()).getMessage()).hasSizeLessThan(500).contains("mmm...");
    }

    @ParameterizedTest
    @ValueSource(strings = {"<html>Bad gateway</html>", "", "[]", "{\"Code\":{}}"})
    void aRefusalInOtherWordsIsOneToo(String body) {
        answers.add(new Answer(400, body, Map.of()));
        answerInTurn();
        OpenApiException failure = failure(calls.caller());
        assertThat(failure.reason()).isEqualTo(Reason.REJECTED);
        assertThat(failure.code()).isEmpty();
        assertThat(failure).hasMessageContaining("was refused without a code");
    }

    @ParameterizedTest
    @CsvSource({"429, x", "400, Throttling.User", "503, Throttling", "500, InternalError", "503, ServiceUnavailable"})
    void whatMayPassIsTriedAgain(int status, String code) {
        answers.add(Answer.refused(status, code, "later"));
        answers.add(Answer.refused(status, code, "later"));
        answers.add(Answer.ok("{\"RequestId\":\"R\"}"));
        answerInTurn();
        assertThat(calls.caller()
                        .<String>call(
                                call(),
                                Calls.ACCESS_KEY,
                                json -> json.get("RequestId").requireText()))
                .isEqualTo("R");
        assertThat(calls.waits).hasSize(2);
        assertThat(calls.waits.get(0)).isBetween(Duration.ZERO, Duration.ofMillis(500));
        assertThat(calls.waits.get(1)).isBetween(Duration.ZERO, Duration.ofSeconds(1));
        assertThat(server.requests().stream()
                        .map(request -> request.headers().get("x-acs-signature-nonce"))
                        .distinct())
                .as("a nonce is used once")
                .hasSize(3);
    }

    @Test
    void eachAttemptWaitsForItsTurn() {
        List<Duration> turns = new ArrayList<>();
        server.on("GetUser", request -> Answer.refused(500, "InternalError", "broken"));
        OpenApiCaller caller =
                calls.caller(Duration.ofSeconds(30), Clock.systemUTC(), new Pace(20, () -> 0, turns::add));
        assertThat(failure(caller).reason()).isEqualTo(Reason.SERVER_FAILED);
        assertThat(turns).containsExactly(Duration.ofMillis(50), Duration.ofMillis(100), Duration.ofMillis(150));
    }

    @Test
    void whatDoesNotPassIsGivenUpAfterFourAttempts() {
        server.on("GetUser", request -> Answer.refused(500, "InternalError", "broken"));
        assertThat(failure(calls.caller()).reason()).isEqualTo(Reason.SERVER_FAILED);
        assertThat(server.requests()).hasSize(4);
    }

    @Test
    void aCallThatIsNotRepeatableIsOnlyTriedAgainWhereItWasNotCarriedOut() {
        answers.addAll(List.of(
                Answer.refused(400, "Throttling.User", "later"), Answer.refused(500, "InternalError", "perhaps done")));
        answerInTurn();
        OpenApiCall once = new OpenApiCall(server.uri(), "2015-05-01", "GetUser", Map.of(), false);
        OpenApiException failure = catchThrowableOfType(
                OpenApiException.class, () -> calls.caller().call(once, Calls.ACCESS_KEY, Json::place));
        assertThat(failure.reason()).isEqualTo(Reason.SERVER_FAILED);
        assertThat(server.requests()).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"User\":{\"UserName\":\"gate",
                "{\"User\":{\"UserName\":\"a\"},\"User\":{\"UserName\":\"b\"}}",
                "{\"User\":[]}",
                "{\"User\":{\"UserName\":{}}}",
                "{\"User\":{}}",
                "{\"User\":{\"UserName\":\"a\"}} {}",
                "[]",
                "",
                "<html></html>"
            })
    void anAnswerThatIsNotThatOfThePageIsNamed(String body) {
        server.on("GetUser", body);
        OpenApiException failure = failure(calls.caller());
        assertThat(failure.reason()).isEqualTo(Reason.UNEXPECTED_ANSWER);
        assertThat(failure).hasMessageContaining("gave an answer that ").hasMessageEndingWith("(HTTP 200)");
    }

    @Test
    void anAnswerOf10MegabytesIsRefused() {
        server.on("GetUser", "{\"User\":\"" + "x".repeat(10_000_000) + "\"}");
        OpenApiException failure = failure(calls.caller());
        assertThat(failure.reason()).isEqualTo(Reason.UNEXPECTED_ANSWER);
        assertThat(failure).hasMessageContaining("more than the 1000000 bytes");
    }

    @Test
    void aServerThatHangsIsGivenUp() {
        CountDownLatch ended = new CountDownLatch(1);
        server.on("GetUser", request -> {
            try {
                ended.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return Answer.ok("{}");
        });
        OpenApiException failure = failure(calls.caller(Duration.ofMillis(100), Clock.systemUTC()));
        ended.countDown();
        assertThat(failure.reason()).isEqualTo(Reason.TIMED_OUT);
        assertThat(failure.httpStatus()).isZero();
        assertThat(server.requests()).hasSize(4);
    }

    @Test
    void aHostThatDoesNotExistIsNamed() {
        OpenApiCall call = OpenApiCall.reading(URI.create("https://ram.invalid"), "2015-05-01", "GetUser", Map.of());
        OpenApiException failure = catchThrowableOfType(
                OpenApiException.class, () -> calls.caller().call(call, Calls.ACCESS_KEY, Json::place));
        assertThat(failure.reason()).isEqualTo(Reason.UNREACHABLE);
        assertThat(failure).hasMessageStartingWith("GetUser at ram.invalid failed: ");
        assertThat(calls.waits).hasSize(3);
    }

    @Test
    void anInterruptedThreadEndsTheCallAndStaysInterrupted() {
        server.on("GetUser", "{}");
        Thread.currentThread().interrupt();
        assertThat(failure(calls.caller()).reason()).isEqualTo(Reason.INTERRUPTED);
        assertThat(Thread.interrupted()).isTrue();
        assertThat(calls.waits).isEmpty();
    }

    @Test
    void aThreadThatIsInterruptedBetweenTwoAttemptsMakesNoOtherAndStaysInterrupted() {
        server.on("GetUser", request -> Answer.refused(500, "InternalError", "broken"));
        Waiting interrupted = time -> {
            throw new InterruptedException();
        };
        OpenApiCaller known = calls.caller();
        OpenApiCaller pausing = new OpenApiCaller(
                known.http(), known.clock(), known.nonces(), known.pace(), known.backoff(), interrupted);
        OpenApiCaller pacing =
                calls.caller(Duration.ofSeconds(30), Clock.systemUTC(), new Pace(20, () -> 0, interrupted));
        for (OpenApiCaller caller : List.of(pausing, pacing)) {
            OpenApiException failure = failure(caller);
            assertThat(Thread.interrupted()).isTrue();
            assertThat(failure.reason()).isEqualTo(Reason.INTERRUPTED);
            assertThat(failure).hasMessageContaining("was not waited for: the thread was interrupted");
        }
        assertThat(server.requests()).hasSize(2);
    }

    @Test
    void theRequestIdIsTakenFromTheHeaderWhereTheBodyHasNone() {
        answers.add(new Answer(400, "<html></html>", Map.of("x-acs-request-id", "R-2")));
        answerInTurn();
        assertThat(failure(calls.caller()).requestId()).contains("R-2");
    }

    private OpenApiCall call() {
        return OpenApiCall.reading(server.uri(), "2015-05-01", "GetUser", Map.of("UserName", "sensor gateway/1"));
    }

    private void answerInTurn() {
        server.on("GetUser", request -> answers.remove());
    }

    private OpenApiException failure(OpenApiCaller caller) {
        return catchThrowableOfType(
                OpenApiException.class,
                () -> caller.call(
                        call(),
                        Calls.ACCESS_KEY,
                        json -> json.get("User").get("UserName").requireText()));
    }
}
