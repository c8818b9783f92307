package io.apsaramqtt.client.inbound;

/**
 * What became of received messages, counted since the client was built. Immutable.
 *
 * @param waiting how many messages wait for listeners or are with them at the moment
 * @param received what the engine handed over, redeliveries included
 * @param delivered how often a listener took a message
 * @param dropped what no listener was given: no subscription matched, or it was of QoS 0 and there was no room
 * @param failed how often a listener failed on a message for the last time
 * @param deadLettered how many of these failures a dead letter topic or handler took
 * @param redeliveriesSkipped redeliveries that were not given to listeners as the first copy was still in work
 * @param slow messages that were not acknowledged in time
 */
public record InboundStatistics(
        int waiting,
        long received,
        long delivered,
        long dropped,
        long failed,
        long deadLettered,
        long redeliveriesSkipped,
        long slow) {}
