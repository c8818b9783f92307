package io.apsaramqtt.client;

import io.apsaramqtt.ApsaraMqttException;
import io.apsaramqtt.authentication.TokenNotice;
import io.apsaramqtt.authentication.Tokens;
import io.apsaramqtt.client.connection.ConnectFailedException;
import io.apsaramqtt.client.connection.ConnectionListener;
import io.apsaramqtt.client.connection.ConnectionLostException;
import io.apsaramqtt.mqtt.TopicFilter;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Keeps what a connection listener is told. */
public final class Connections implements ConnectionListener {

    private final List<String> told = new CopyOnWriteArrayList<>();
    private final List<ConnectionLostException> losses = new CopyOnWriteArrayList<>();
    private final List<ConnectFailedException> failures = new CopyOnWriteArrayList<>();
    private final List<ApsaraMqttException> reasons = new CopyOnWriteArrayList<>();

    @Override
    public void connected() {
        told.add("connected");
    }

    @Override
    public void connectionLost(ConnectionLostException loss) {
        losses.add(loss);
        told.add("lost");
    }

    @Override
    public void reconnectFailed(ConnectFailedException failure) {
        failures.add(failure);
        told.add("failed");
    }

    @Override
    public void gaveUp(ApsaraMqttException why) {
        reasons.add(why);
        told.add("gave up");
    }

    @Override
    public void subscriptionLost(TopicFilter filter, ApsaraMqttException why) {
        reasons.add(why);
        told.add("subscription lost " + filter);
    }

    @Override
    public void topicQuarantined(String topic, ApsaraMqttException why) {
        reasons.add(why);
        told.add("quarantined " + topic);
    }

    @Override
    public void tokensRenewed(Tokens tokens) {
        told.add("renewed until " + tokens.expiresAt());
    }

    @Override
    public void tokenRenewalFailed(ApsaraMqttException why, Instant expiresAt) {
        reasons.add(why);
        told.add("not renewed, expiring at " + expiresAt);
    }

    @Override
    public void tokenNotice(TokenNotice notice) {
        told.add("notice " + notice);
    }

    /** What was told, in order. */
    public List<String> told() {
        return List.copyOf(told);
    }

    /** How often the client was connected. */
    public long connects() {
        return told.stream().filter("connected"::equals).count();
    }

    /** The lost connections. */
    public List<ConnectionLostException> losses() {
        return List.copyOf(losses);
    }

    /** The failed attempts to connect again. */
    public List<ConnectFailedException> failures() {
        return List.copyOf(failures);
    }

    /** Why the client gave up, or left a filter or topic alone; the last of these. */
    public ApsaraMqttException reason() {
        return reasons.get(reasons.size() - 1);
    }
}
