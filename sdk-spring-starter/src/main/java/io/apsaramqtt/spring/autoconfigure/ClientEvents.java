package io.apsaramqtt.spring.autoconfigure;

import io.apsaramqtt.ApsaraMqttException;
import io.apsaramqtt.authentication.TokenNotice;
import io.apsaramqtt.authentication.Tokens;
import io.apsaramqtt.client.connection.ConnectFailedException;
import io.apsaramqtt.client.connection.ConnectionListener;
import io.apsaramqtt.client.connection.ConnectionLostException;
import io.apsaramqtt.client.connection.ProbableCause;
import io.apsaramqtt.client.delivery.QuarantinedException;
import io.apsaramqtt.credentials.AccessKey;
import io.apsaramqtt.mqtt.TopicFilter;
import io.apsaramqtt.permission.EffectivePermissions;
import io.apsaramqtt.permission.Operation;
import io.apsaramqtt.permission.PermissionDeniedException;
import io.apsaramqtt.permission.PermissionsListener;
import io.apsaramqtt.permission.Verdict;
import io.apsaramqtt.permission.VerdictListener;
import io.apsaramqtt.spring.MqttEvent;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;

/** Publishes what happens to a client as application events. Thread-safe. */
record ClientEvents(String client, ApplicationEventPublisher publisher)
        implements ConnectionListener, PermissionsListener, VerdictListener {

    private static final Logger log = LoggerFactory.getLogger(ClientEvents.class);

    @Override
    public void connected() {
        publisher.publishEvent(new MqttEvent.Connected(client));
    }

    @Override
    public void connectionLost(ConnectionLostException loss) {
        publisher.publishEvent(new MqttEvent.ConnectionLost(client, loss));
    }

    @Override
    public void reconnectFailed(ConnectFailedException failure) {
        publisher.publishEvent(new MqttEvent.ReconnectFailed(client, failure));
    }

    @Override
    public void gaveUp(ApsaraMqttException why) {
        log.error(
                "Client [{}] gave up connecting, and nothing is published or received before its connect() is called. {}{}",
                client,
                why.getMessage(),
                isTakenOver(why)
                        ? ". Does another replica have the same client ID? Give each its own apsara.mqtt.device-id, or"
                                + " apsara.mqtt.device-id-from"
                        : "");
        publisher.publishEvent(new MqttEvent.GaveUp(client, why));
    }

    private static boolean isTakenOver(ApsaraMqttException why) {
        return why instanceof ConnectionLostException loss
                && loss.probableCause().stream()
                        .anyMatch(cause -> cause.causes().contains(ProbableCause.Cause.TAKEN_OVER));
    }

    @Override
    public void subscriptionLost(TopicFilter filter, ApsaraMqttException why) {
        if (!(why instanceof PermissionDeniedException) && !(why instanceof QuarantinedException)) {
            // Of what its permissions deny, and of what it leaves alone, the client itself has a line in the log.
            log.error("Client [{}] is not subscribed to [{}]: {}", client, filter, why.getMessage());
        }
        publisher.publishEvent(new MqttEvent.SubscriptionLost(client, filter, why));
    }

    @Override
    public void topicQuarantined(String topic, ApsaraMqttException why) {
        publisher.publishEvent(new MqttEvent.TopicQuarantined(client, topic, why));
    }

    @Override
    public void tokensRenewed(Tokens tokens) {
        publisher.publishEvent(new MqttEvent.TokensRenewed(client, tokens));
    }

    @Override
    public void tokenRenewalFailed(ApsaraMqttException why, Instant expiresAt) {
        publisher.publishEvent(new MqttEvent.TokenRenewalFailed(client, why, expiresAt));
    }

    @Override
    public void tokenNotice(TokenNotice notice) {
        publisher.publishEvent(new MqttEvent.TokenNoticed(client, notice));
    }

    /** Another AccessKey is in use. */
    void credentialsRefreshed(AccessKey key) {
        publisher.publishEvent(new MqttEvent.CredentialsRefreshed(client, key.maskedId(), key.expiresAt()));
    }

    @Override
    public void changed(EffectivePermissions before, EffectivePermissions after) {
        publisher.publishEvent(new MqttEvent.PermissionsChanged(client, before, after));
    }

    @Override
    public void checked(Operation operation, String topic, Verdict verdict) {
        if (verdict.isDenied()) {
            publisher.publishEvent(new MqttEvent.PermissionDenied(client, operation, topic, verdict));
        }
    }
}
