package io.apsaramqtt.samples.quickstart;

import io.apsaramqtt.ApsaraMqttException;
import io.apsaramqtt.client.ApsaraMqttClient;
import io.apsaramqtt.client.ApsaraMqttClientBuilder;
import io.apsaramqtt.mqtt.MqttVersion;
import io.apsaramqtt.permission.PermissionDeniedException;
import io.apsaramqtt.permission.PermissionMode;
import io.apsaramqtt.permission.source.PermissionSource;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Connects signed, publishes and receives, publishes to one client alone, is refused a publish locally, and sends the same
 * publish with the check off to show what the broker does: on MQTT 3.1.1, then on 5.
 */
public final class Quickstart {

    /** A topic that the policy does not name. */
    private static final String FORBIDDEN = "billing/invoice-1";

    private final Target target;
    private final MqttVersion version;

    private Quickstart(Target target, MqttVersion version) {
        this.target = target;
        this.version = version;
    }

    /** Runs the program; the exit code is 1 if anything failed that should not have. */
    @SuppressWarnings("SystemExitOutsideMain")
    public static void main(String[] args) {
        int status = 0;
        try (Target target = Target.fromEnvironment()) {
            for (MqttVersion version : MqttVersion.values()) {
                new Quickstart(target, version).run();
            }
        } catch (ApsaraMqttException | IllegalStateException | InterruptedException e) {
            say("FAILED", String.valueOf(e.getMessage()));
            status = 1;
        }
        // The embedded broker has threads that would keep the JVM alive.
        System.exit(status);
    }

    private void run() throws InterruptedException {
        System.out.println();
        System.out.println((version == MqttVersion.V5 ? "MQTT 5" : "MQTT 3.1.1") + " on " + target.endpoint());
        // Two messages: one by subscription, one addressed to this client alone.
        CountDownLatch arrived = new CountDownLatch(2);
        try (ApsaraMqttClient client = client(PermissionMode.ENFORCE, arrived).build()) {
            client.connect();
            say("connected", client.clientId().value());
            client.subscribe(target.topic() + "/sensors/#", message -> {
                say("received", message.topic() + " \"" + message.text() + "\"");
                arrived.countDown();
            });
            client.publish(target.topic() + "/sensors/device-1", "hot");
            say("published", "acknowledged by the broker");
            client.publishToClient(target.topic(), client.clientId(), "for you alone");
            if (!arrived.await(10, TimeUnit.SECONDS)) {
                throw new IllegalStateException("a message did not arrive within 10 s");
            }
            try {
                client.publish(FORBIDDEN, "12 EUR");
                throw new IllegalStateException("a publish that the policy does not allow was not refused");
            } catch (PermissionDeniedException e) {
                System.out.println(e.getMessage());
            }
            say("connected", "still: " + client.isConnected());
        }
        publishUnchecked();
    }

    private void publishUnchecked() {
        try (ApsaraMqttClient client =
                client(PermissionMode.OFF, new CountDownLatch(0)).build()) {
            client.connect();
            client.publish(FORBIDDEN, "12 EUR");
            throw new IllegalStateException("the broker took a publish that the policy does not allow");
        } catch (ApsaraMqttException e) {
            say("check off", e.getMessage());
        }
    }

    private ApsaraMqttClientBuilder client(PermissionMode mode, CountDownLatch arrived) {
        return ApsaraMqttClient.builder()
                .endpoint(target.endpoint())
                .instanceId(target.instanceId())
                .clientId(target.groupId(), "device-1")
                .credentials(target.credentials())
                .permissions(PermissionSource.fixed(target.policy()))
                .permissionMode(mode)
                .mqttVersion(version)
                .p2pListener(message -> {
                    say("received", message.topic() + " \"" + message.text() + "\"");
                    arrived.countDown();
                });
    }

    private static void say(String what, String text) {
        System.out.printf("  %-11s%s%n", what, text);
    }
}
