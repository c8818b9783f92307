package io.apsaramqtt.test.cloud.signature;

import io.apsaramqtt.test.cloud.account.AccessKeys;
import io.apsaramqtt.test.cloud.account.RegisteredKey;
import io.apsaramqtt.test.cloud.wire.CloudErrorException;
import io.apsaramqtt.test.cloud.wire.WireRequest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Finds out who signed a request. Time stamps may be 15 minutes off, and a nonce counts once in that time.
 *
 * <p>Thread-safe.
 */
public final class SignatureVerifier {

    private static final Duration SKEW = Duration.ofMinutes(15);
    private static final Pattern TIMESTAMP = Pattern.compile("\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}Z");

    private final AccessKeys accessKeys;
    private final Clock clock;
    /** A time stamp may lie ahead as far as behind, so a nonce could come again for twice as long. */
    private final Nonces nonces = new Nonces(SKEW.multipliedBy(2));

    /** A verifier that knows these AccessKeys and this time. */
    public SignatureVerifier(AccessKeys accessKeys, Clock clock) {
        this.accessKeys = accessKeys;
        this.clock = clock;
    }

    /** Who signed the request, and what it asks for; throws {@link CloudErrorException} with the cloud's error code. */
    public VerifiedRequest verify(WireRequest request) {
        SignedRequest signed = signed(request);
        SignatureClaim claim = signed.claim();
        requireRecent(claim.timestamp());
        RegisteredKey key = accessKeys
                .find(claim.accessKeyId())
                .orElseThrow(() -> new CloudErrorException(
                        404, "InvalidAccessKeyId.NotFound", "Specified access key is not found or invalid."));
        requireUsable(key, claim.securityToken());
        signed.verify(key.accessKey().secret());
        // Only now: whoever cannot sign must not be able to use up somebody else's nonces.
        if (!nonces.use(claim.accessKeyId() + " " + claim.nonce(), clock.instant())) {
            throw new CloudErrorException(400, "SignatureNonceUsed", "Specified signature nonce was used already.");
        }
        return new VerifiedRequest(key.caller(), claim.action(), claim.version(), claim.parameters());
    }

    private static SignedRequest signed(WireRequest request) {
        Optional<String> authorization = request.header("authorization");
        if (authorization.isPresent()) {
            return new Acs3Request(request, authorization.get());
        }
        return new RpcRequest(request);
    }

    private void requireRecent(String timestamp) {
        Instant signedAt;
        try {
            signedAt = TIMESTAMP.matcher(timestamp).matches() ? Instant.parse(timestamp) : Instant.MIN;
        } catch (DateTimeParseException e) {
            signedAt = Instant.MIN;
        }
        if (signedAt.equals(Instant.MIN)) {
            throw new CloudErrorException(
                    400, "InvalidTimeStamp.Format", "Specified time stamp or date value is not well formatted.");
        }
        if (Duration.between(signedAt, clock.instant()).abs().compareTo(SKEW) > 0) {
            throw new CloudErrorException(
                    400, "InvalidTimeStamp.Expired", "Specified time stamp or date value is expired.");
        }
    }

    private void requireUsable(RegisteredKey key, Optional<String> securityToken) {
        if (!key.enabled()) {
            throw new CloudErrorException(403, "InvalidAccessKeyId.Inactive", "Specified access key is disabled.");
        }
        Optional<String> expected = key.accessKey().securityToken();
        if (expected.isPresent() && securityToken.isEmpty()) {
            throw new CloudErrorException(400, "MissingSecurityToken", "SecurityToken is mandatory for this action.");
        }
        if (!expected.equals(securityToken)) {
            throw new CloudErrorException(
                    403,
                    "InvalidSecurityToken.MismatchWithAccessKey",
                    "Specified SecurityToken mismatch with the AccessKey.");
        }
        if (key.expiresAt().filter(end -> !clock.instant().isBefore(end)).isPresent()) {
            throw new CloudErrorException(403, "InvalidSecurityToken.Expired", "Specified SecurityToken is expired.");
        }
    }
}
