package io.apsaramqtt.spring.actuate;

import io.apsaramqtt.ApsaraMqttException;
import io.apsaramqtt.client.connection.ConnectionLostException;
import io.apsaramqtt.client.connection.ProbableCause;
import io.apsaramqtt.spring.MqttEvent;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.context.event.EventListener;

/** What was last heard of the connection of each client. Thread-safe. */
final class ConnectionHistory {

    private static final Chapter NOTHING = new Chapter(Optional.empty(), false, Optional.empty());

    private final Clock clock;
    private final Map<String, Chapter> chapters = new ConcurrentHashMap<>();

    ConnectionHistory(Clock clock) {
        this.clock = clock;
    }

    /**
     * The last of one client. Immutable.
     *
     * @param since when it was connected, lost its connection or gave up, if it has
     * @param gaveUp whether it has given up since it was connected
     * @param lastFailure why it was last not connected; kept when it is again
     */
    record Chapter(Optional<Instant> since, boolean gaveUp, Optional<Failure> lastFailure) {}

    /**
     * Why there was no connection. Immutable.
     *
     * @param at when it was told
     * @param text in words, without secrets
     * @param causes what it was probably for, the likeliest first; empty where nothing points to any
     */
    record Failure(Instant at, String text, List<ProbableCause.Cause> causes) {}

    Chapter of(String client) {
        return chapters.getOrDefault(client, NOTHING);
    }

    @EventListener
    void on(MqttEvent event) {
        chapters.compute(event.client(), (name, before) -> next(before == null ? NOTHING : before, event));
    }

    private Chapter next(Chapter before, MqttEvent event) {
        Instant now = clock.instant();
        if (event instanceof MqttEvent.Connected) {
            return new Chapter(Optional.of(now), false, before.lastFailure());
        } else if (event instanceof MqttEvent.ConnectionLost lost) {
            return new Chapter(Optional.of(now), before.gaveUp(), Optional.of(failure(now, lost.loss())));
        } else if (event instanceof MqttEvent.ReconnectFailed failed) {
            return new Chapter(before.since(), before.gaveUp(), Optional.of(failure(now, failed.failure())));
        } else if (event instanceof MqttEvent.GaveUp gaveUp) {
            return new Chapter(Optional.of(now), true, Optional.of(failure(now, gaveUp.why())));
        }
        return before;
    }

    private static Failure failure(Instant at, ApsaraMqttException why) {
        List<ProbableCause.Cause> causes = why instanceof ConnectionLostException loss
                ? loss.probableCause().map(ProbableCause::causes).orElse(List.of())
                : List.of();
        return new Failure(at, String.valueOf(why.getMessage()), causes);
    }
}
