package io.apsaramqtt.mosquitto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.apsaramqtt.authentication.Authentication;
import io.apsaramqtt.authentication.SignedConnect;
import io.apsaramqtt.client.ApsaraMqttClient;
import io.apsaramqtt.client.Inbox;
import io.apsaramqtt.client.connection.OperationRefusedException;
import io.apsaramqtt.credentials.AccessKey;
import io.apsaramqtt.credentials.CredentialsProvider;
import io.apsaramqtt.mosquitto.MosquittoBroker.User;
import io.apsaramqtt.mqtt.ClientId;
import io.apsaramqtt.mqtt.Message;
import io.apsaramqtt.mqtt.MqttVersion;
import io.apsaramqtt.mqtt.Profile;
import io.apsaramqtt.mqtt.Qos;
import io.apsaramqtt.permission.PermissionDeniedException;
import io.apsaramqtt.permission.PermissionMode;
import io.apsaramqtt.permission.source.PermissionSource;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Mosquitto's ACL file as a second judge: what the check allows arrives, what it denies does not when it is sent. */
class MosquittoAclIT {

    private static final ClientId CLIENT_ID = ClientId.of("GID_acl", "device-1");
    private static final CredentialsProvider CREDENTIALS =
            CredentialsProvider.of(AccessKey.of("LTAI5tAclOfMosquitto", "acl-secret"));
    private static final User WATCHER = new User("watcher", "watcher-password");
    private static final List<String> TOPICS = List.of("both/a", "both/a/b", "pub/a", "sub/a", "none/a", "denied/a");

    /** Means the same as the ACL below. */
    private static final String POLICY = """
            {"Version": "1", "Statement": [
              {"Effect": "Allow", "Action": "mq:PUB", "Resource": [
                "acs:mq:*:*:topic/post-cn-acl/both", "acs:mq:*:*:topic/post-cn-acl/pub",
                "acs:mq:*:*:topic/post-cn-acl/denied"]},
              {"Effect": "Allow", "Action": "mq:SUB", "Resource": [
                "acs:mq:*:*:topic/post-cn-acl/both", "acs:mq:*:*:topic/post-cn-acl/sub",
                "acs:mq:*:*:groupId/post-cn-acl/GID_acl"]},
              {"Effect": "Deny", "Action": "mq:*", "Resource": "acs:mq:*:*:topic/post-cn-acl/denied"}]}
            """;

    private static final String ACL = """
            user %s
            topic readwrite both/#
            topic write pub/#
            topic read sub/#
            topic deny denied/#

            user watcher
            topic readwrite #
            """;

    @TempDir
    private Path folder = Path.of("");

    private @Nullable MosquittoBroker broker;

    @BeforeEach
    void start() throws IOException {
        MosquittoBroker.require("mosquitto", "mosquitto_passwd");
        SignedConnect signed =
                Authentication.signature("post-cn-acl", CREDENTIALS).sign(CLIENT_ID);
        String name = signed.username().orElseThrow();
        Path acl = Files.writeString(folder.resolve("acl"), ACL.formatted(name));
        Files.writeString(folder.resolve("policy.json"), POLICY);
        broker = MosquittoBroker.start(
                List.of(new User(name, signed.password().orElseThrow()), WATCHER), "acl_file " + acl);
    }

    @AfterEach
    void stop() {
        if (broker != null) {
            broker.close();
        }
    }

    private ApsaraMqttClient client(MqttVersion version, PermissionMode mode) {
        ApsaraMqttClient client = ApsaraMqttClient.builder()
                .endpoint(Objects.requireNonNull(broker).endpoint())
                .instanceId("post-cn-acl")
                .clientId(CLIENT_ID)
                .credentials(CREDENTIALS)
                .permissions(PermissionSource.file(folder.resolve("policy.json")))
                .permissionMode(mode)
                .mqttVersion(version)
                // In one queue, messages come in the order in which they were sent, whatever their topics.
                .listenerThreads(1)
                .build();
        client.connect();
        return client;
    }

    private ApsaraMqttClient watcher() {
        ApsaraMqttClient client = ApsaraMqttClient.builder()
                .endpoint(Objects.requireNonNull(broker).endpoint())
                .profile(Profile.GENERIC)
                .clientId(ClientId.of("watcher"))
                .listenerThreads(1)
                .authentication(Authentication.plain(WATCHER.name(), WATCHER.password()))
                .build();
        client.connect();
        return client;
    }

    private static List<String> permitted(ApsaraMqttClient client, String verb) {
        return TOPICS.stream()
                .filter(topic -> ("publish".equals(verb)
                                ? client.permissions().explainPublish(topic)
                                : client.permissions().explainSubscribe(topic))
                        .startsWith("Permitted"))
                .toList();
    }

    @ParameterizedTest
    @EnumSource
    void whatMayBePublishedArrivesAndNothingElse(MqttVersion version) throws InterruptedException {
        try (ApsaraMqttClient watcher = watcher();
                ApsaraMqttClient client = client(version, PermissionMode.OFF)) {
            Inbox inbox = new Inbox();
            watcher.subscribe("#", Qos.EXACTLY_ONCE, inbox);
            List<String> allowed = permitted(client, "publish");
            assertThat(allowed).containsExactly("both/a", "both/a/b", "pub/a");
            for (String topic : TOPICS) {
                try {
                    client.publish(topic, topic);
                } catch (OperationRefusedException e) {
                    // MQTT 5 says no; 3.1.1 has no word for it.
                    assertThat(allowed).doesNotContain(topic);
                }
            }
            client.publish("both/marker", "marker");
            assertThat(inbox.texts(allowed.size() + 1)).containsExactly("both/a", "both/a/b", "pub/a", "marker");
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatMayBeSubscribedArrivesAndNothingElse(MqttVersion version) throws InterruptedException {
        try (ApsaraMqttClient watcher = watcher();
                ApsaraMqttClient client = client(version, PermissionMode.OFF)) {
            Inbox inbox = new Inbox();
            List<String> allowed = permitted(client, "subscribe");
            assertThat(allowed).containsExactly("both/a", "both/a/b", "sub/a");
            for (String topic : TOPICS) {
                client.subscribe(topic, inbox);
            }
            client.subscribe("both/marker", inbox);
            for (String topic : TOPICS) {
                watcher.publish(Message.of(topic, topic.getBytes(StandardCharsets.UTF_8)));
            }
            watcher.publish("both/marker", "marker");
            assertThat(inbox.texts(allowed.size() + 1)).containsExactly("both/a", "both/a/b", "sub/a", "marker");
            assertThat(inbox.rest()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void inModeEnforceTheSdkSaysTheSameBeforeItIsSent(MqttVersion version) {
        try (ApsaraMqttClient client = client(version, PermissionMode.ENFORCE)) {
            for (String topic : List.of("sub/a", "none/a", "denied/a")) {
                assertThatThrownBy(() -> client.publish(topic, "x")).isInstanceOf(PermissionDeniedException.class);
            }
            for (String topic : List.of("pub/a", "none/a", "denied/a")) {
                assertThatThrownBy(() -> client.subscribe(topic, message -> {}))
                        .isInstanceOf(PermissionDeniedException.class);
            }
        }
    }
}
