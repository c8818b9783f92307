package io.apsaramqtt.test.hivemq;

import com.hivemq.extension.sdk.api.events.client.ClientLifecycleEventListener;
import com.hivemq.extension.sdk.api.events.client.parameters.AuthenticationFailedInput;
import com.hivemq.extension.sdk.api.events.client.parameters.AuthenticationSuccessfulInput;
import com.hivemq.extension.sdk.api.events.client.parameters.ClientInitiatedDisconnectInput;
import com.hivemq.extension.sdk.api.events.client.parameters.ConnectionLostInput;
import com.hivemq.extension.sdk.api.events.client.parameters.ConnectionStartInput;
import com.hivemq.extension.sdk.api.events.client.parameters.DisconnectEventInput;
import com.hivemq.extension.sdk.api.events.client.parameters.ServerInitiatedDisconnectInput;
import io.apsaramqtt.test.event.BrokerEvent.Disconnected;
import io.apsaramqtt.test.event.DisconnectedBy;
import io.apsaramqtt.test.service.Instances;

/** Records how accepted connections end. */
final class DisconnectListener implements ClientLifecycleEventListener {

    private final Instances instances;

    DisconnectListener(Instances instances) {
        this.instances = instances;
    }

    @Override
    public void onMqttConnectionStart(ConnectionStartInput input) {}

    @Override
    public void onAuthenticationSuccessful(AuthenticationSuccessfulInput input) {}

    @Override
    public void onAuthenticationFailedDisconnect(AuthenticationFailedInput input) {}

    @Override
    public void onDisconnect(DisconnectEventInput input) {
        record(input, DisconnectedBy.NETWORK);
    }

    @Override
    public void onConnectionLost(ConnectionLostInput input) {
        record(input, DisconnectedBy.NETWORK);
    }

    @Override
    public void onClientInitiatedDisconnect(ClientInitiatedDisconnectInput input) {
        record(input, DisconnectedBy.CLIENT);
    }

    @Override
    public void onServerInitiatedDisconnect(ServerInitiatedDisconnectInput input) {
        record(input, DisconnectedBy.BROKER);
    }

    private void record(DisconnectEventInput input, DisconnectedBy by) {
        String clientId = input.getClientInformation().getClientId();
        ConnectionOwner.of(input, instances)
                .filter(owner -> owner.instance().connections().remove(owner.key()))
                .ifPresent(owner -> owner.instance().events().record(new Disconnected(clientId, by)));
    }
}
