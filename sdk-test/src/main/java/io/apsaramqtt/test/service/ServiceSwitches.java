package io.apsaramqtt.test.service;

import io.apsaramqtt.mqtt.ServiceLimits;
import java.time.Duration;

/**
 * What the pages of the service leave open or let an edition change.
 *
 * <p>Immutable.
 *
 * @param badCredentialsCode whether a refused connection is told "bad user name or password" (4, in MQTT 5 0x86) rather
 *     than "not authorized" (5, 0x87)
 * @param negativeAcknowledgement whether MQTT 5 clients get a negative acknowledgement for what is denied
 * @param firstLevelWildcards whether a filter may have a wildcard in its first level
 * @param instanceAccessRequired whether a missing {@code mq:MqttInstanceAccess} denies
 * @param tokenNoticeLead how long before a token expires its client is given notice
 * @param limits the limits of the edition
 */
public record ServiceSwitches(
        boolean badCredentialsCode,
        boolean negativeAcknowledgement,
        boolean firstLevelWildcards,
        boolean instanceAccessRequired,
        Duration tokenNoticeLead,
        ServiceLimits limits) {}
