package io.apsaramqtt.paho.v3;

import io.apsaramqtt.client.transport.TransportFactory;
import io.apsaramqtt.client.transport.TransportProvider;
import io.apsaramqtt.mqtt.ClientId;
import io.apsaramqtt.mqtt.MqttVersion;

/** Found by the service loader; public for it alone. */
public final class PahoV3TransportProvider implements TransportProvider {

    @Override
    public boolean supports(MqttVersion version) {
        return version == MqttVersion.V3_1_1;
    }

    @Override
    public TransportFactory forClient(ClientId clientId) {
        Unreleased unreleased = new Unreleased();
        return (endpoint, listener) -> new PahoV3Transport(endpoint, clientId, unreleased, listener);
    }
}
