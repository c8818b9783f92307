package io.apsaramqtt.samples.tokenserver;

import io.apsaramqtt.ApsaraMqttException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/** {@code POST /tokens} with {@code Authorization: Bearer <secret of the device>}. */
@RestController
class TokenController {

    private static final Logger log = LoggerFactory.getLogger(TokenController.class);
    private static final String BEARER = "Bearer ";

    private final TokenService service;

    TokenController(TokenService service) {
        this.service = service;
    }

    /** What a device asks with. */
    record Question(@Nullable String clientId, boolean renew) {}

    @PostMapping("/tokens")
    ResponseEntity<TokenAnswer> tokens(
            @RequestHeader(name = HttpHeaders.AUTHORIZATION, defaultValue = "") String authorization,
            @RequestBody Question question) {
        String clientId = question.clientId();
        if (clientId == null) {
            throw new ResponseStatusException(HttpStatus.BAD_REQUEST, "The member clientId is missing");
        }
        if (!authorization.startsWith(BEARER)) {
            throw new UnprovenException();
        }
        return service.tokens(clientId, authorization.substring(BEARER.length()), question.renew())
                .map(tokens ->
                        ResponseEntity.ok().cacheControl(CacheControl.noStore()).body(TokenAnswer.of(tokens)))
                .orElseThrow(UnprovenException::new);
    }

    /** A device that is not known, or did not prove that it is the one. */
    private static final class UnprovenException extends RuntimeException {}

    @ExceptionHandler
    ResponseEntity<ProblemDetail> unproven(UnprovenException e) {
        return ResponseEntity.status(HttpStatus.UNAUTHORIZED)
                .header(HttpHeaders.WWW_AUTHENTICATE, "Bearer")
                .body(ProblemDetail.forStatusAndDetail(
                        HttpStatus.UNAUTHORIZED, "The device is not known, or its secret is wrong"));
    }

    /** Why is the business of this server, not of its devices; the messages of the SDK hold no secret. */
    @ExceptionHandler
    ProblemDetail unavailable(ApsaraMqttException e) {
        log.warn("No token was given: {}", e.getMessage());
        return ProblemDetail.forStatusAndDetail(
                HttpStatus.SERVICE_UNAVAILABLE, "Alibaba Cloud gave no token; ask again later");
    }
}
