package io.apsaramqtt.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.apsaramqtt.credentials.AccessKey;
import io.apsaramqtt.credentials.CredentialsProvider;
import io.apsaramqtt.mqtt.ClientId;
import io.apsaramqtt.mqtt.TopicName;
import io.apsaramqtt.openapi.RamPermissions;
import io.apsaramqtt.policy.Outcome;
import io.apsaramqtt.policy.Policy;
import io.apsaramqtt.test.cloud.CloudRequest;
import io.apsaramqtt.test.cloud.FakeAlibabaCloud;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A thousand clients in one JVM, whose checks come at the same time; what the cloud was asked is counted. */
class ThousandClientsIT {

    private static final int CLIENTS = 1_000;
    private static final String KEY_ID = "LTAI5tThousandClients";
    private static final TopicName ALARM = TopicName.of("alarms/1");
    private static final TopicName INVOICE = TopicName.of("billing/1");
    private static final String[] ONE_READING = {
        "ListPoliciesForUser",
        "ListGroupsForUser",
        "GetPolicy",
        "GetPolicy",
        "GetResourceDirectory",
        "GetDefaultDomain",
        "ListPolicyAttachments"
    };

    private static final String BILLING = EmbeddedService.ALARMS_ONLY.document().replace("alarms", "billing");

    private final FakeAlibabaCloud cloud = FakeAlibabaCloud.builder()
            .user("gateway", key(), EmbeddedService.ALARMS_ONLY, Policy.parse("reads-itself", """
                    {"Version": "1", "Statement": [
                      {"Effect": "Allow", "Action": ["ram:Get*", "ram:List*", "resourcemanager:Get*"], "Resource": "*"}]}
                    """))
            .start();
    private final ExecutorService threads = Executors.newFixedThreadPool(CLIENTS);
    private final List<ApsaraMqttClient> clients =
            IntStream.range(0, CLIENTS).mapToObj(this::client).toList();

    @AfterEach
    void stop() {
        clients.forEach(ApsaraMqttClient::close);
        threads.shutdownNow();
        cloud.close();
    }

    private static AccessKey key() {
        return AccessKey.of(KEY_ID, "secret-of-the-gateway");
    }

    /** With objects of its own, as in a program whose parts know nothing of each other. */
    private ApsaraMqttClient client(int number) {
        return ApsaraMqttClient.builder()
                .endpoint("tcp://127.0.0.1:1")
                .instanceId(EmbeddedService.INSTANCE)
                .clientId(ClientId.of("GID_paho", "device-" + number))
                .credentials(CredentialsProvider.of(key()))
                .permissions(
                        RamPermissions.of(CredentialsProvider.of(key())).withEndpoint(URI.create(cloud.endpoint())))
                .build();
    }

    private List<Outcome> outcomesOf(TopicName topic) {
        return clients.stream()
                .map(client -> client.permissions().checkPublish(topic).outcome())
                .distinct()
                .toList();
    }

    /** All at the same time, each on a thread of its own. */
    private List<Outcome> askAll(TopicName topic) throws Exception {
        CountDownLatch all = new CountDownLatch(CLIENTS);
        List<Future<Outcome>> asked = new ArrayList<>();
        for (ApsaraMqttClient client : clients) {
            asked.add(threads.submit(() -> {
                all.countDown();
                all.await();
                return client.permissions().checkPublish(topic).outcome();
            }));
        }
        List<Outcome> outcomes = new ArrayList<>();
        for (Future<Outcome> outcome : asked) {
            outcomes.add(outcome.get());
        }
        return outcomes.stream().distinct().toList();
    }

    private List<String> asked() {
        return cloud.requests().all().stream().map(CloudRequest::action).toList();
    }

    @Test
    void theyReadOnceAndRefreshOnce() throws Exception {
        assertThat(askAll(ALARM)).containsExactly(Outcome.ALLOWED);
        assertThat(askAll(INVOICE)).containsExactly(Outcome.IMPLICIT_DENY);
        assertThat(asked()).filteredOn("GetCallerIdentity"::equals).hasSize(1);
        assertThat(asked())
                .filteredOn(action -> !action.equals("GetCallerIdentity"))
                .containsExactlyInAnyOrder(ONE_READING);

        cloud.requests().clear();
        cloud.account().policies().putCustom("alarms-only", BILLING);
        clients.forEach(ApsaraMqttClient::refreshPermissions);
        assertThat(askAll(INVOICE)).as("the copy, while it is read anew").contains(Outcome.IMPLICIT_DENY);
        await().atMost(Duration.ofMinutes(1)).until(() -> outcomesOf(INVOICE).equals(List.of(Outcome.ALLOWED)));
        assertThat(asked()).containsExactlyInAnyOrder(ONE_READING);
    }
}
