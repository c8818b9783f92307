package io.apsaramqtt.client.session;

import io.apsaramqtt.ApsaraMqttException;
import io.apsaramqtt.client.connection.ConnectFailedException;
import io.apsaramqtt.client.connection.ConnectFailedException.Reason;
import io.apsaramqtt.client.connection.ConnectionLostException;
import io.apsaramqtt.client.healing.Reconnecting;
import java.time.Duration;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * How often it did not work, and what follows from it: how long to wait, or that trying on would not help. Guarded by the
 * session.
 */
final class Attempts {

    private final Backoff backoff;
    private final Reconnecting settings;
    private final Duration brief;
    private int failures;
    private int refusals;
    private int takeovers;
    private int shortLives;

    /** Counts connections that live shorter than {@code brief}. */
    Attempts(Reconnecting settings, Duration brief) {
        this.settings = settings;
        this.brief = brief;
        this.backoff = Backoff.of(settings);
    }

    /** Begins anew. */
    void reset() {
        failures = 0;
        refusals = 0;
        takeovers = 0;
        shortLives = 0;
    }

    /** An attempt failed, the last of a round perhaps; tells why to stop, if trying on would not help. */
    Optional<ApsaraMqttException> failed(Throwable failure, boolean roundOver) {
        failures += roundOver ? 1 : 0;
        if (!(failure instanceof ConnectFailedException refused)
                || refused.reasonCode().isEmpty()) {
            return Optional.empty();
        }
        if (refused.reason() == Reason.PROTOCOL) {
            return Optional.of(refused);
        }
        int code = refused.reasonCode().getAsInt();
        if (refused.reason() != Reason.REFUSED || ReasonCodes.passes(code)) {
            return Optional.empty();
        }
        refusals++;
        boolean curable = ReasonCodes.refusesCredentials(code);
        return !curable || refusals >= settings.refusals() ? Optional.of(refused) : Optional.empty();
    }

    /** The broker accepted a connection. */
    void opened() {
        refusals = 0;
    }

    /**
     * A connection was lost that {@code lived} so long; tells why to stop, if connecting again would not help. A loss that
     * brings its cause nearer makes the wait no longer: there are few of them, and messages of all topics wait meanwhile.
     */
    Optional<ApsaraMqttException> lost(Lost lost, Duration lived) {
        ConnectionLostException loss = lost.loss();
        // A connection that dies at once is no success: without this it would come back every second for ever.
        boolean young = lived.compareTo(backoff.max()) < 0;
        failures = young ? failures + (lost.narrowed() ? 0 : 1) : 0;
        // Twice a year is no fight over a client ID: what held for a while begins another row.
        takeovers = (young ? takeovers : 0) + (isTakeover(loss) ? 1 : 0);
        shortLives = lost.idle() && lived.compareTo(brief) < 0 ? shortLives + 1 : 0;
        return isTakeover(loss) && takeovers >= settings.takeovers() ? Optional.of(loss) : Optional.empty();
    }

    static boolean isTakeover(ConnectionLostException loss) {
        return loss.reasonCode().orElse(0) == ReasonCodes.SESSION_TAKEN_OVER;
    }

    /** Whether connections die again and again with nothing in progress: MQTT 3.1.1's only sign of another client. */
    boolean diesIdle() {
        return shortLives >= settings.takeovers();
    }

    /** How long to wait before the next attempt. */
    Duration delay(RandomGenerator random) {
        return backoff.delay(failures, random);
    }
}
