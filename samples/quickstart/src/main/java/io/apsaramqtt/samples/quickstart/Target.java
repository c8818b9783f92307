package io.apsaramqtt.samples.quickstart;

import io.apsaramqtt.credentials.AccessKey;
import io.apsaramqtt.credentials.CredentialsProvider;
import io.apsaramqtt.policy.Policy;
import io.apsaramqtt.test.EmbeddedApsaraMqtt;
import org.jspecify.annotations.Nullable;

/** Where the program runs: a real instance if the environment names one, else a broker in this JVM. */
record Target(
        String endpoint,
        String instanceId,
        String groupId,
        String topic,
        CredentialsProvider credentials,
        Policy policy,
        @Nullable EmbeddedApsaraMqtt broker)
        implements AutoCloseable {

    static Target fromEnvironment() {
        String endpoint = System.getenv("APSARA_MQTT_ENDPOINT");
        if (endpoint == null) {
            return embedded();
        }
        String instanceId = required("APSARA_MQTT_INSTANCE_ID");
        String groupId = required("APSARA_MQTT_GROUP_ID");
        String topic = required("APSARA_MQTT_TOPIC");
        return new Target(
                endpoint,
                instanceId,
                groupId,
                topic,
                CredentialsProvider.environment(),
                policy(instanceId, groupId, topic),
                null);
    }

    private static Target embedded() {
        AccessKey accessKey = AccessKey.of("LTAI5tQuickstart0Qx9", "made-up-secret-of-the-quickstart");
        Policy policy = policy("post-cn-demo", "GID_demo", "alarms");
        EmbeddedApsaraMqtt broker = EmbeddedApsaraMqtt.builder()
                .instanceId("post-cn-demo")
                .group("GID_demo")
                .user(accessKey, policy)
                .start();
        return new Target(
                broker.endpoint(),
                "post-cn-demo",
                "GID_demo",
                "alarms",
                CredentialsProvider.of(accessKey),
                policy,
                broker);
    }

    /** What the RAM user behind the AccessKey may do: one topic, one group. */
    private static Policy policy(String instanceId, String groupId, String topic) {
        return Policy.parse("quickstart", """
                {
                  "Version": "1",
                  "Statement": [
                    {
                      "Effect": "Allow",
                      "Action": ["mq:PUB", "mq:SUB"],
                      "Resource": [
                        "acs:mq:*:*:topic/%1$s/%3$s",
                        "acs:mq:*:*:groupId/%1$s/%2$s"
                      ]
                    },
                    {
                      "Effect": "Allow",
                      "Action": "mq:MqttInstanceAccess",
                      "Resource": "acs:mq:*:*:instance/%1$s"
                    }
                  ]
                }
                """.formatted(instanceId, groupId, topic));
    }

    private static String required(String name) {
        String value = System.getenv(name);
        if (value == null || value.isBlank()) {
            throw new IllegalStateException(
                    "Environment variable [" + name + "] is not set; with APSARA_MQTT_ENDPOINT it is needed too");
        }
        return value;
    }

    @Override
    public void close() {
        if (broker != null) {
            broker.close();
        }
    }
}
