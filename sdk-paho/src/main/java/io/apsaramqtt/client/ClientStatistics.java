package io.apsaramqtt.client;

import io.apsaramqtt.client.inbound.InboundStatistics;
import io.apsaramqtt.client.session.SessionStatistics;

/**
 * What a client has counted since it was built. Immutable.
 *
 * @param connects connections made
 * @param losses connections lost
 * @param failedAttempts attempts to connect that failed
 * @param accepted messages taken from publishers
 * @param acknowledged of them, acknowledged by the broker (QoS 0: written)
 * @param refused operations that the broker refused with a code
 * @param mismatches operations that the broker refused, or closed the connection over, though the local check allows them
 * @param quarantined topics put into quarantine
 * @param pending messages accepted and not done now
 * @param queued of them, those that wait to be sent, or to be sent again; the others are in flight
 * @param received messages from the broker, redeliveries included
 * @param delivered how often a listener took a message
 * @param dropped received messages that no listener was given
 * @param failed how often a listener failed on a message for the last time
 * @param deadLettered how many of these failures a dead letter topic or handler took
 * @param waiting received messages that wait for listeners, or are with them, now
 * @param redeliveriesSkipped redeliveries whose first copy was still in work
 * @param slow messages that were not acknowledged within 3 s
 */
public record ClientStatistics(
        long connects,
        long losses,
        long failedAttempts,
        long accepted,
        long acknowledged,
        long refused,
        long mismatches,
        long quarantined,
        int pending,
        int queued,
        long received,
        long delivered,
        long dropped,
        long failed,
        long deadLettered,
        int waiting,
        long redeliveriesSkipped,
        long slow) {

    static ClientStatistics of(SessionStatistics session) {
        InboundStatistics inbound = session.inbound();
        return new ClientStatistics(
                session.connects(),
                session.losses(),
                session.failedAttempts(),
                session.accepted(),
                session.acknowledged(),
                session.refused(),
                session.mismatches(),
                session.quarantined(),
                session.pending(),
                session.queued(),
                inbound.received(),
                inbound.delivered(),
                inbound.dropped(),
                inbound.failed(),
                inbound.deadLettered(),
                inbound.waiting(),
                inbound.redeliveriesSkipped(),
                inbound.slow());
    }
}
