package io.apsaramqtt.client;

import io.apsaramqtt.client.connection.Endpoint;
import io.apsaramqtt.client.healing.Reconnecting;
import io.apsaramqtt.mqtt.MqttVersion;
import io.apsaramqtt.mqtt.Profile;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Checks what a builder was told. */
final class ClientChecks {

    private static final Logger log = LoggerFactory.getLogger(ApsaraMqttClient.class);

    /** The keep-alive is two bytes on the wire. */
    private static final Duration MAX_KEEP_ALIVE = Duration.ofSeconds(65_535);

    /** The service cuts a longer one to this (service page "Limits"). */
    private static final Duration SERVICE_KEEP_ALIVE = Duration.ofMinutes(8);

    /** The service raises a shorter one to this (service page "Session expiry interval"). */
    private static final Duration SERVICE_SESSION_EXPIRY = Duration.ofMinutes(10);

    private static final Duration MAX_SESSION_EXPIRY = Duration.ofSeconds(0xFFFF_FFFFL);

    /** Timers count milliseconds: anything shorter would be no wait at all. */
    private static final Duration MIN_DURATION = Duration.ofMillis(1);

    private static final Duration MAX_DURATION = Duration.ofHours(24);
    private static final int MAX_RECEIVE = 65_535;

    private ClientChecks() {}

    static List<Endpoint> endpoints(String first, String... more) {
        return Stream.concat(Stream.of(first), Arrays.stream(more))
                .map(Endpoint::parse)
                .toList();
    }

    /** The first endpoint; warns of each that is not encrypted. */
    static Endpoint endpoint(ClientSettings given) {
        Endpoint first = require(
                "endpoint", given.endpoints.isEmpty() ? null : given.endpoints.get(0), "post-cn-x.mqtt.aliyuncs.com");
        given.endpoints.forEach(ClientChecks::warnIfPlain);
        return first;
    }

    static <T> T require(String setting, @Nullable T value, String example) {
        if (value == null) {
            throw new ConfigurationException(
                    setting, "is missing; give it to the builder, for example [" + example + "]");
        }
        return value;
    }

    static Reconnecting reconnecting(Reconnecting given, Duration min, Duration max) {
        try {
            return given.withDelay(min, max);
        } catch (IllegalArgumentException e) {
            throw new ConfigurationException("reconnectDelay", "is out of range: " + e.getMessage());
        }
    }

    static void requireRanges(ClientSettings given) {
        requireDuration("connectTimeout", given.connectTimeout);
        requireDuration("operationTimeout", given.operationTimeout);
        requireDuration("deliveryTimeout", given.deliveryTimeout);
        if (given.keepAlive.toSeconds() < 1 || given.keepAlive.compareTo(MAX_KEEP_ALIVE) > 0) {
            throw new ConfigurationException(
                    "keepAlive", "is " + given.keepAlive + "; allowed are 1 s to 65,535 s, the service advises 90 s");
        }
        requireSessionExpiry(given);
        requireAtLeastOne("window", given.window);
        requireAtLeastOne("listenerThreads", given.listenerThreads);
        requireAtLeastOne("listenerCapacity", given.listenerCapacity);
        if (given.listenerCapacity > MAX_RECEIVE) {
            throw new ConfigurationException(
                    "listenerCapacity", "is " + given.listenerCapacity + "; allowed are 1 to 65,535");
        }
    }

    private static void requireSessionExpiry(ClientSettings given) {
        Duration expiry = given.sessionExpiry;
        if (expiry == null) {
            return;
        }
        boolean raised = given.profile == Profile.APSARAMQ && given.mqttVersion == MqttVersion.V5;
        Duration least = raised ? SERVICE_SESSION_EXPIRY : Duration.ofSeconds(1);
        if (expiry.compareTo(least) < 0 || expiry.compareTo(MAX_SESSION_EXPIRY) > 0) {
            throw new ConfigurationException(
                    "persistentSession",
                    "keeps the session for " + expiry + "; allowed are " + least.toSeconds() + " s to "
                            + MAX_SESSION_EXPIRY.toSeconds() + " s");
        }
    }

    /** The keep-alive that is asked for, and held by, the broker. */
    static Duration keepAlive(ClientSettings given) {
        return given.profile == Profile.APSARAMQ && given.keepAlive.compareTo(SERVICE_KEEP_ALIVE) > 0
                ? SERVICE_KEEP_ALIVE
                : given.keepAlive;
    }

    private static void requireDuration(String setting, Duration value) {
        if (value.compareTo(MIN_DURATION) < 0 || value.compareTo(MAX_DURATION) > 0) {
            throw new ConfigurationException(setting, "is " + value + "; allowed are 1 ms to 24 h");
        }
    }

    private static void requireAtLeastOne(String setting, int value) {
        if (value < 1) {
            throw new ConfigurationException(setting, "is " + value + "; it must be at least 1");
        }
    }

    private static void warnIfPlain(Endpoint endpoint) {
        if (!endpoint.scheme().isTls() && !endpoint.isLoopback()) {
            log.warn(
                    "Endpoint [{}] is not encrypted: anyone on the way can read the messages and replay the password. Use"
                            + " ssl:// off this machine",
                    endpoint);
        }
    }
}
