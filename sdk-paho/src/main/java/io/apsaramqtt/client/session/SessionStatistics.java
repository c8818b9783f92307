package io.apsaramqtt.client.session;

import io.apsaramqtt.client.inbound.InboundStatistics;

/**
 * What a session has counted since it was built. Immutable.
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
 * @param queued of them, those that wait to be sent, or to be sent again
 * @param inbound what became of received messages
 */
public record SessionStatistics(
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
        InboundStatistics inbound) {}
