package io.apsaramqtt.soak;

import io.apsaramqtt.mqtt.MqttVersion;
import io.apsaramqtt.mqtt.Qos;

/**
 * What became of the numbers of topics of one client and quality of service.
 *
 * @param version of the client
 * @param qos of the messages
 * @param accepted how many the client was given
 * @param acknowledged of them, acknowledged by the broker
 * @param failed of them, failed, as the client said
 * @param pending of them, neither
 * @param lost acknowledged and never received
 * @param duplicated received again, as often as it was too many
 * @param firstFailure what the first one that failed failed with, empty where none did
 */
record Tally(
        MqttVersion version,
        Qos qos,
        int accepted,
        int acknowledged,
        int failed,
        int pending,
        int lost,
        int duplicated,
        String firstFailure) {

    /** This one and another of the same client and quality of service. */
    Tally plus(Tally other) {
        return new Tally(
                version,
                qos,
                accepted + other.accepted,
                acknowledged + other.acknowledged,
                failed + other.failed,
                pending + other.pending,
                lost + other.lost,
                duplicated + other.duplicated,
                firstFailure.isEmpty() ? other.firstFailure : firstFailure);
    }
}
