package io.apsaramqtt.paho.v5;

import io.apsaramqtt.client.connection.Endpoint;
import io.apsaramqtt.client.transport.Transport;
import io.apsaramqtt.client.transport.TransportListener;
import io.apsaramqtt.client.transport.TransportProvider;
import io.apsaramqtt.mqtt.ClientId;
import io.apsaramqtt.mqtt.MqttVersion;

/** Found by the service loader; public for it alone. */
public final class PahoV5TransportProvider implements TransportProvider {

    @Override
    public boolean supports(MqttVersion version) {
        return version == MqttVersion.V5;
    }

    @Override
    public Transport create(Endpoint endpoint, ClientId clientId, TransportListener listener) {
        return new PahoV5Transport(endpoint, clientId, listener);
    }
}
