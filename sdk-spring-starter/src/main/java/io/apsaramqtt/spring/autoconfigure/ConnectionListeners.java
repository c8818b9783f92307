package io.apsaramqtt.spring.autoconfigure;

import io.apsaramqtt.ApsaraMqttException;
import io.apsaramqtt.authentication.TokenNotice;
import io.apsaramqtt.authentication.Tokens;
import io.apsaramqtt.client.connection.ConnectFailedException;
import io.apsaramqtt.client.connection.ConnectionListener;
import io.apsaramqtt.client.connection.ConnectionLostException;
import io.apsaramqtt.mqtt.TopicFilter;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;

/** Several connection listeners, told one after the other; what one throws is logged. Immutable. */
record ConnectionListeners(List<ConnectionListener> listeners) implements ConnectionListener {

    private void tell(Consumer<ConnectionListener> what) {
        new Everybody<>(listeners).tell(what);
    }

    @Override
    public void connected() {
        tell(ConnectionListener::connected);
    }

    @Override
    public void connectionLost(ConnectionLostException loss) {
        tell(listener -> listener.connectionLost(loss));
    }

    @Override
    public void reconnectFailed(ConnectFailedException failure) {
        tell(listener -> listener.reconnectFailed(failure));
    }

    @Override
    public void gaveUp(ApsaraMqttException why) {
        tell(listener -> listener.gaveUp(why));
    }

    @Override
    public void subscriptionLost(TopicFilter filter, ApsaraMqttException why) {
        tell(listener -> listener.subscriptionLost(filter, why));
    }

    @Override
    public void topicQuarantined(String topic, ApsaraMqttException why) {
        tell(listener -> listener.topicQuarantined(topic, why));
    }

    @Override
    public void tokensRenewed(Tokens tokens) {
        tell(listener -> listener.tokensRenewed(tokens));
    }

    @Override
    public void tokenRenewalFailed(ApsaraMqttException why, Instant expiresAt) {
        tell(listener -> listener.tokenRenewalFailed(why, expiresAt));
    }

    @Override
    public void tokenNotice(TokenNotice notice) {
        tell(listener -> listener.tokenNotice(notice));
    }
}
