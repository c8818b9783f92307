package io.apsaramqtt.paho.v3;

import io.apsaramqtt.client.connection.Endpoint;
import io.apsaramqtt.client.transport.Transport;
import io.apsaramqtt.client.transport.TransportListener;
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
    public Transport create(Endpoint endpoint, ClientId clientId, TransportListener listener) {
        return new PahoV3Transport(endpoint, clientId, listener);
    }
}
