package io.apsaramqtt.client;

import io.apsaramqtt.client.connection.ConnectionListener;
import io.apsaramqtt.credentials.AccessKey;
import io.apsaramqtt.credentials.CredentialsProvider;
import io.apsaramqtt.mqtt.ClientId;
import io.apsaramqtt.mqtt.MqttVersion;
import io.apsaramqtt.policy.Policy;
import io.apsaramqtt.test.EmbeddedApsaraMqtt;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** An embedded instance for a test class: an account, a RAM user who may use alarms/... alone, and clients to be closed. */
final class EmbeddedService implements BeforeAllCallback, BeforeEachCallback, AfterEachCallback, AfterAllCallback {

    static final AccessKey ACCOUNT = AccessKey.of("LTAI5tAccountOfTests", "secret-of-the-account");
    static final AccessKey USER = AccessKey.of("LTAI5tUserOfTheTests", "secret-of-the-user");
    static final String INSTANCE = "post-cn-paho";
    static final String GROUP = "GID_paho";

    static final Policy ALARMS_ONLY = Policy.parse("alarms-only", """
            {"Version": "1", "Statement": [
              {"Effect": "Allow", "Action": ["mq:PUB", "mq:SUB"],
               "Resource": ["acs:mq:*:*:topic/post-cn-paho/alarms", "acs:mq:*:*:groupId/post-cn-paho/*"]}]}
            """);

    private static final AtomicInteger CLIENTS = new AtomicInteger();

    private final boolean negativeAcknowledgement;
    private final List<ApsaraMqttClient> clients = new ArrayList<>();
    private EmbeddedApsaraMqtt broker;

    @SuppressWarnings("NullAway.Init") // set before the first test
    private EmbeddedService(boolean negativeAcknowledgement) {
        this.negativeAcknowledgement = negativeAcknowledgement;
    }

    static EmbeddedService closingConnections() {
        return new EmbeddedService(false);
    }

    static EmbeddedService answeringWithCodes() {
        return new EmbeddedService(true);
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        broker = EmbeddedApsaraMqtt.builder()
                .instanceId(INSTANCE)
                .group(GROUP)
                .account(ACCOUNT)
                .user(USER, ALARMS_ONLY)
                .negativeAcknowledgement(negativeAcknowledgement)
                .start();
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        broker.setPolicies(USER.id(), ALARMS_ONLY);
        broker.events().clear();
    }

    @Override
    public void afterEach(ExtensionContext context) {
        clients.forEach(ApsaraMqttClient::close);
        clients.clear();
    }

    @Override
    public void afterAll(ExtensionContext context) {
        broker.close();
    }

    EmbeddedApsaraMqtt broker() {
        return broker;
    }

    /** A client ID that no test had before. */
    static ClientId newClientId() {
        return ClientId.of(GROUP, "device-" + CLIENTS.incrementAndGet());
    }

    /** A builder for a client of the account, which comes back quickly. */
    ApsaraMqttClientBuilder builder(MqttVersion version) {
        return ApsaraMqttClient.builder()
                .endpoint(broker.endpoint())
                .instanceId(INSTANCE)
                .clientId(newClientId())
                .credentials(CredentialsProvider.of(ACCOUNT))
                .connectionListener(new ConnectionListener() {})
                .reconnectDelay(Duration.ofMillis(10), Duration.ofMillis(100))
                .mqttVersion(version);
    }

    /** Closes the client after the test. */
    ApsaraMqttClient closeLater(ApsaraMqttClient client) {
        clients.add(client);
        return client;
    }

    /** A connected client, closed after the test. */
    ApsaraMqttClient connected(ApsaraMqttClientBuilder builder) {
        ApsaraMqttClient client = closeLater(builder.build());
        client.connect();
        return client;
    }
}
