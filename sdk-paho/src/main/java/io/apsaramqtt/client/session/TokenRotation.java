package io.apsaramqtt.client.session;

import io.apsaramqtt.ApsaraMqttException;
import io.apsaramqtt.authentication.AuthenticationException;
import io.apsaramqtt.authentication.ClientTokens;
import io.apsaramqtt.authentication.Token;
import io.apsaramqtt.authentication.TokenNotice;
import io.apsaramqtt.authentication.Tokens;
import io.apsaramqtt.client.connection.ConnectFailedException;
import io.apsaramqtt.client.connection.ProbableCause.Cause;
import io.apsaramqtt.client.runtime.ClientRuntime;
import io.apsaramqtt.mqtt.Message;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has other tokens in use before those of a connection expire, without a new connection. It goes by the client's own clock, as
 * the broker's notice may not arrive; a notice only hastens it. Guarded by the session, where not said otherwise.
 */
final class TokenRotation {

    private static final Logger log = LoggerFactory.getLogger(TokenRotation.class);

    private final ClientTokens tokens;
    private final ClientRuntime runtime;
    private final Guard guard;
    private final TokenUpload upload;
    private final TrafficHold hold;
    private final Notices notices;
    private final Backoff backoff;
    private final RenewalTimer timer;

    private @Nullable Link link;
    /** What the broker has of this connection; of the last one where there is none. */
    private @Nullable Tokens uploaded;
    /** On their way to the broker. */
    private @Nullable Tokens uploading;

    /** On it the broker gave notice of an expiry before the tokens were known to be in use. */
    private @Nullable Link hastened;

    private boolean asking;
    private int failures;

    /** Null but in token mode. */
    static @Nullable TokenRotation of(
            SessionSettings settings,
            ClientRuntime runtime,
            Guard guard,
            TokenUpload upload,
            TrafficHold hold,
            Notices notices) {
        return settings.tokens()
                .map(of -> new TokenRotation(of, settings, runtime, guard, upload, hold, notices))
                .orElse(null);
    }

    private TokenRotation(
            ClientTokens tokens,
            SessionSettings settings,
            ClientRuntime runtime,
            Guard guard,
            TokenUpload upload,
            TrafficHold hold,
            Notices notices) {
        this.timer = new RenewalTimer(runtime, guard, this::ask);
        this.tokens = tokens;
        this.runtime = runtime;
        this.guard = guard;
        this.upload = upload;
        this.hold = hold;
        this.notices = notices;
        this.backoff = Backoff.of(settings.reconnecting());
    }

    /** A connection is ready. */
    void opened(Link opened) {
        Tokens present = tokens.present().orElse(null);
        link = opened;
        uploaded = opened.tokens().orElse(present);
        failures = 0;
        if (present != null && !changed(present).isEmpty()) {
            // They came while the connection was made with the others, which any notice was of.
            hastened = null;
            upload(opened, present);
        } else {
            plan();
        }
    }

    /** Waits until the tokens in use are due, where the broker has not said yet that they are. */
    private void plan() {
        if (hastened != null && hastened.equals(link)) {
            ask();
            return;
        }
        Instant due = tokens.renewalDue().orElse(now());
        timer.setBefore(due, tokens.present().map(Tokens::expiresAt).orElse(due));
    }

    private void ask() {
        timer.cancel();
        if (link != null && !asking && !upload.isRunning()) {
            asking = true;
            hastened = null;
            runtime.execute(this::askProvider);
        }
    }

    /** On a worker, without the lock. */
    private void askProvider() {
        try {
            Tokens others = tokens.renew();
            guard.run(() -> given(others));
        } catch (RuntimeException | Error e) {
            // The provider is the user's code: whatever it throws, it is asked again.
            guard.run(() -> failed(e));
        }
    }

    private void given(Tokens others) {
        asking = false;
        Link open = link;
        if (open == null) {
            tokens.use(others);
        } else if (!changed(others).isEmpty()) {
            upload(open, others);
        } else if (others.expiresAt().isAfter(uploaded == null ? Instant.MIN : uploaded.expiresAt())) {
            // The same, which live longer than was known.
            inUse(others);
        } else {
            failed(new AuthenticationException("TokenProvider gave the tokens that are in use, which expire at "
                    + others.expiresAt() + "; it must give others when it is asked to renew"));
        }
    }

    private List<Token> changed(Tokens others) {
        return uploaded == null ? others.tokens() : others.notAmong(uploaded);
    }

    private void upload(Link open, Tokens others) {
        uploading = others;
        upload.begin(open, changed(others), failure -> {
            uploading = null;
            if (failure == null) {
                inUse(others);
                notices.tokensRenewed(others);
            } else {
                failed(failure);
            }
        });
    }

    private void inUse(Tokens others) {
        tokens.use(others);
        uploaded = others;
        failures = 0;
        log.debug("Tokens renewed, they expire at {}", others.expiresAt());
        plan();
    }

    private void failed(Throwable failure) {
        asking = false;
        if (link == null) {
            // Whoever makes the next connection asks again, and is told.
            return;
        }
        ApsaraMqttException told = failure instanceof ApsaraMqttException known
                ? known
                : new AuthenticationException("TokenProvider failed: " + failure, failure);
        Instant expiresAt = uploaded == null ? now() : uploaded.expiresAt();
        Duration delay = backoff.delay(failures++, runtime.random());
        log.warn(
                "Tokens not renewed, those in use expire at {}; asking again in {} ms: {}",
                expiresAt,
                delay.toMillis(),
                told.getMessage());
        notices.tokenRenewalFailed(told, expiresAt);
        timer.set(now().plus(delay));
    }

    /** Whether it is a notice of the broker, which is then acted upon; on a thread of the engine, without the lock. */
    boolean isNotice(Link on, Message message) {
        boolean isNotice = TokenNotices.isNotice(message.topic().value());
        if (isNotice) {
            TokenNotices.read(message).ifPresent(notice -> guard.run(() -> noticed(on, notice)));
        }
        return isNotice;
    }

    private void noticed(Link on, TokenNotice notice) {
        notices.tokenNotice(notice);
        if (notice instanceof TokenNotice.Invalid invalid) {
            Cause cause = Causes.of(invalid.problem());
            log.warn("The broker does not accept the token of type {}: {}", invalid.type(), cause.text());
            on.endingFor(cause);
        } else if (!on.equals(link) || TokenNotices.isOfLater(notice, uploaded, uploading)) {
            // It came before what it is of was known to be in use.
            hastened = on;
        } else {
            ask();
        }
    }

    /** The connection is gone: remembers what of a token it was for, if of any. */
    void losing(Link lost, Instant now) {
        boolean expired = uploaded != null && lost.equals(link) && !now.isBefore(uploaded.expiresAt());
        if (expired && lost.tokenCause().isEmpty()) {
            lost.endingFor(Cause.TOKEN_EXPIRED);
        }
    }

    /** The connection is gone, and everyone knows. */
    void lost(Link lost) {
        stop();
        hold.end();
        if (lost.tokenCause().filter(Causes::isOfTokenAlone).isPresent()) {
            tokens.present().ifPresent(tokens::refused);
        }
    }

    /** This side is about to end the connection: nothing is asked or uploaded any more. */
    void stop() {
        timer.cancel();
        upload.abort();
        link = null;
        if (uploading != null) {
            // The broker may have them or not; a CONNECT with them is right either way.
            tokens.use(uploading);
            uploading = null;
        }
    }

    /** There is no connection: others are asked for where the broker did not accept these. */
    void notConnected(Throwable failure) {
        if (failure instanceof ConnectFailedException refused
                && refused.reasonCode().isPresent()
                && ReasonCodes.refusesCredentials(refused.reasonCode().getAsInt())) {
            tokens.present().ifPresent(tokens::refused);
        }
    }

    private Instant now() {
        return runtime.clock().instant();
    }
}
