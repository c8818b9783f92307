package io.apsaramqtt.client.broker;

import io.apsaramqtt.artemis.ArtemisBroker;
import io.apsaramqtt.authentication.Authentication;
import io.apsaramqtt.client.ApsaraMqttClient;
import io.apsaramqtt.client.ApsaraMqttClientBuilder;
import io.apsaramqtt.credentials.AccessKey;
import io.apsaramqtt.credentials.CredentialsProvider;
import io.apsaramqtt.mosquitto.MosquittoBroker;
import io.apsaramqtt.mqtt.Profile;
import io.apsaramqtt.test.EmbeddedApsaraMqtt;
import java.util.List;

/** The brokers that a client has to get on with, each of other authors, and how to get to them. */
public enum TestBroker {
    /** HiveMQ CE in this process, with the rules of the service: signed connections, a group. */
    HIVEMQ {
        @Override
        public Running start() {
            AccessKey account = AccessKey.of("LTAI5tBrokerContract", "secret-of-the-contract");
            EmbeddedApsaraMqtt broker = EmbeddedApsaraMqtt.builder()
                    .instanceId("post-cn-contract")
                    .group("GID_contract")
                    .account(account)
                    .start();
            return new Running(
                    broker.endpoint(),
                    Authentication.signature("post-cn-contract", CredentialsProvider.of(account)),
                    broker::close);
        }
    },
    /** Apache ActiveMQ Artemis in this process. */
    ARTEMIS {
        @Override
        public Running start() {
            ArtemisBroker broker = ArtemisBroker.start();
            return new Running(broker.endpoint(), Authentication.anonymous(), broker::close);
        }
    },
    /** Mosquitto as a process. */
    MOSQUITTO {
        @Override
        public Running start() {
            // Beyond its 20 in flight, 2.0.11 acknowledges messages of QoS 2 on MQTT 3.1.1 and forgets them.
            MosquittoBroker broker = MosquittoBroker.start(List.of(), "max_inflight_messages 100");
            return new Running(broker.endpoint(), Authentication.anonymous(), broker::close);
        }
    };

    /** Starts one, or aborts the test where it is not installed and need not be. */
    public abstract Running start();

    /**
     * A broker that runs.
     *
     * @param endpoint where
     * @param authentication how to get in
     * @param close stops it
     */
    public record Running(String endpoint, Authentication authentication, Runnable close) {

        /** A client of this broker, asked for nothing that only the service has. */
        public ApsaraMqttClientBuilder client() {
            return ApsaraMqttClient.builder()
                    .endpoint(endpoint)
                    .profile(Profile.GENERIC)
                    .authentication(authentication);
        }
    }
}
