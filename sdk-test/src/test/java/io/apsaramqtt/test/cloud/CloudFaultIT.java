package io.apsaramqtt.test.cloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.apsaramqtt.credentials.AccessKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What goes wrong on the way. */
class CloudFaultIT {

    private static final AccessKey ACCOUNT = AccessKey.of("LTAI5tCloudAccount", "account-secret");
    private static final String IDENTITY = "GetCallerIdentity";

    private FakeAlibabaCloud cloud;
    private CloudClient client;

    @BeforeEach
    void start() {
        cloud = FakeAlibabaCloud.builder().account(ACCOUNT).start();
        client = new CloudClient(cloud, ACCOUNT);
    }

    @AfterEach
    void stop() {
        cloud.close();
    }

    @Test
    void throttlingLastsAsOftenAsWasSaid() throws IOException {
        cloud.fault(CloudFault.throttled().times(2));

        assertThat(identity().statusCode()).isEqualTo(429);
        assertThat(identity().body()).contains("\"Code\":\"Throttling.User\"");
        assertThat(identity().statusCode()).isEqualTo(200);
    }

    @Test
    void aFaultIsForItsOperationOnly() throws IOException {
        cloud.fault(CloudFault.internalError().on("GetUser"));

        assertThat(identity().statusCode()).isEqualTo(200);
        assertThat(client.call("2015-05-01", "GetUser", Map.of("UserName", "bob"))
                        .statusCode())
                .isEqualTo(500);
        cloud.heal();
        assertThat(client.call("2015-05-01", "GetUser", Map.of("UserName", "bob"))
                        .statusCode())
                .isEqualTo(404);
    }

    @Test
    void anErrorChangesNothing() throws IOException {
        cloud.account().addInstance("post-cn-x");
        cloud.fault(CloudFault.internalError());
        client.call(
                "2020-04-20",
                "RegisterDeviceCredential",
                Map.of("InstanceId", "post-cn-x", "ClientId", "GID_a@@@b".replace("@", "%40")));

        assertThat(cloud.issued().deviceCredential("post-cn-x", "GID_a@@@b")).isEmpty();
    }

    @Test
    void aCutConnectionEndsInTheBody() {
        cloud.fault(CloudFault.cut());

        assertThatExceptionOfType(IOException.class).isThrownBy(this::identity);
        assertThat(cloud.requests().count(IDENTITY)).isEqualTo(1);
    }

    @Test
    void aTruncatedAnswerIsWholeHttpAndHalfJson() throws IOException {
        cloud.fault(CloudFault.truncated());

        HttpResponse<String> answer = identity();

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).startsWith("{").doesNotEndWith("}");
    }

    @Test
    void aHugeAnswerIsWhole() throws IOException {
        cloud.fault(CloudFault.padded(10 << 20));

        assertThat(identity().body()).hasSizeGreaterThan(10 << 20).contains("\"Arn\"");
    }

    @Test
    void aHangingAnswerComesWhenTheCloudIsHealed() {
        cloud.fault(CloudFault.hanging());
        CompletableFuture<HttpResponse<String>> answer = identityLater();
        cloud.requests().await(IDENTITY, 1);
        assertThat(answer).isNotDone();

        cloud.heal();

        assertThat(answer).succeedsWithin(Duration.ofSeconds(10)).matches(late -> late.statusCode() == 200);
    }

    @Test
    void aDelayedAnswerComesLater() throws IOException {
        cloud.fault(CloudFault.delayed(Duration.ofMillis(50)));
        long before = System.nanoTime();

        assertThat(identity().statusCode()).isEqualTo(200);

        assertThat(System.nanoTime() - before).isGreaterThanOrEqualTo(TimeUnit.MILLISECONDS.toNanos(50));
    }

    @Test
    void requestsUnderWayAreCounted() {
        cloud.fault(CloudFault.hanging());
        CompletableFuture<?> both = CompletableFuture.allOf(identityLater(), identityLater());
        cloud.requests().await(IDENTITY, 2);

        cloud.heal();

        assertThat(both).succeedsWithin(Duration.ofSeconds(10));
        assertThat(cloud.requests().mostInFlight()).isEqualTo(2);
    }

    @Test
    void closingEndsWhatHangs() {
        cloud.fault(CloudFault.hanging());
        CompletableFuture<HttpResponse<String>> answer = identityLater();
        cloud.requests().await(IDENTITY, 1);

        cloud.close();

        assertThat(answer.handle((late, error) -> true)).succeedsWithin(Duration.ofSeconds(10));
    }

    private HttpResponse<String> identity() throws IOException {
        return client.call("2015-04-01", IDENTITY, Map.of());
    }

    private CompletableFuture<HttpResponse<String>> identityLater() {
        return CompletableFuture.supplyAsync(
                () -> {
                    try {
                        return identity();
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                },
                task -> new Thread(task).start());
    }
}
