package io.apsaramqtt.client.transport;

import io.apsaramqtt.mqtt.ClientId;
import io.apsaramqtt.mqtt.MqttVersion;
import java.util.List;
import java.util.ServiceLoader;

/** An MQTT engine; found by {@link ServiceLoader}. */
public interface TransportProvider {

    /** Whether the engine speaks this version. */
    boolean supports(MqttVersion version);

    /** What makes the transports of one client. */
    TransportFactory forClient(ClientId clientId);

    /** The first provider on the class path for {@code version}. */
    static TransportProvider forVersion(MqttVersion version) {
        List<TransportProvider> providers =
                ServiceLoader.load(TransportProvider.class, TransportProvider.class.getClassLoader()).stream()
                        .map(ServiceLoader.Provider::get)
                        .toList();
        return providers.stream()
                .filter(provider -> provider.supports(version))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(
                        "No MQTT engine for version [" + version + "] on the class path; found " + providers
                                + ". Is a jar repackaged without META-INF/services?"));
    }
}
