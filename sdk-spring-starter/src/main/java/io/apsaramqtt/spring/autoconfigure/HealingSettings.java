package io.apsaramqtt.spring.autoconfigure;

import io.apsaramqtt.client.ApsaraMqttClientBuilder;
import io.apsaramqtt.client.healing.Quarantine;
import io.apsaramqtt.client.healing.Reconnecting;
import java.time.Duration;

/** Carries what the properties say of coming back, and of what is left alone, to a client's builder. */
final class HealingSettings {

    private HealingSettings() {}

    static void apply(ApsaraMqttProperties properties, ApsaraMqttClientBuilder builder) {
        builder.reconnecting(reconnecting(
                properties.reconnect(),
                Reconnecting.defaults()
                        .withFirstConnectRetried(
                                properties.connectOnStart() == ApsaraMqttProperties.ConnectOnStart.OPTIONAL)));
        Duration min = properties.reconnect().min();
        Duration max = properties.reconnect().max();
        if (min != null && max != null) {
            ClientSettings.set("reconnect.max", max, longest -> builder.reconnectDelay(min, longest));
        } else if (min != null || max != null) {
            throw new MqttPropertyException(
                    min == null ? "reconnect.min" : "reconnect.max", "is missing; min and max are set together");
        }
        builder.quarantine(MqttPropertyException.naming("quarantine", properties.quarantine(), HealingSettings::of));
    }

    private static Reconnecting reconnecting(ApsaraMqttProperties.Reconnect given, Reconnecting defaults) {
        Reconnecting reconnecting = given.refusals() == null
                ? defaults
                : MqttPropertyException.naming("reconnect.refusals", given.refusals(), defaults::withRefusals);
        return given.takeovers() == null
                ? reconnecting
                : MqttPropertyException.naming("reconnect.takeovers", given.takeovers(), reconnecting::withTakeovers);
    }

    private static Quarantine of(ApsaraMqttProperties.Quarantine given) {
        if (!given.enabled()) {
            return Quarantine.off();
        }
        Quarantine defaults = Quarantine.defaults();
        int strikes = given.strikes() == null ? defaults.strikes() : given.strikes();
        return new Quarantine(
                strikes,
                given.suspicion() == null ? defaults.suspicion() : given.suspicion(),
                given.duration() == null ? defaults.duration() : given.duration(),
                given.names() == null ? strikes : given.names());
    }
}
