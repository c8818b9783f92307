package io.apsaramqtt.openapi;

import io.apsaramqtt.permission.EffectivePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is remembered of a principal from one reading to the next, whichever AccessKey they are made with: a temporary one is
 * replaced every hour or so. Whoever reads holds its lock, so that there is one reading of a principal at a time.
 */
final class PrincipalMemory {

    /**
     * RAM has been seen to refuse for up to a minute what it granted before and after. Until then, a right that is missing
     * is a failure, and whoever has a copy of the permissions keeps it.
     */
    private static final Duration BELIEVED_AFTER = Duration.ofMinutes(2);

    private @Nullable EffectivePermissions read;
    private Instant beganAt = Instant.MIN;
    private @Nullable Instant refusedSince;
    private boolean said;

    /** What was read last, if that began after {@code moment}. */
    Optional<EffectivePermissions> readAfter(Instant moment) {
        return Optional.ofNullable(read).filter(known -> beganAt.isAfter(moment));
    }

    void succeeded(EffectivePermissions now, Instant began) {
        read = now;
        beganAt = began;
        refusedSince = null;
        said = false;
    }

    /** Whether a refusal is taken for what it says: nothing was granted before, or it lasts. */
    boolean believes(Instant refusedAt) {
        Instant since = refusedSince == null ? refusedAt : refusedSince;
        refusedSince = since;
        return read == null || !refusedAt.isBefore(since.plus(BELIEVED_AFTER));
    }

    /** Whether the refusal has yet to be said; asked once. */
    boolean mustSay() {
        boolean must = !said;
        said = true;
        return must;
    }
}
