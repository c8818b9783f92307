package io.apsaramqtt.spring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import io.apsaramqtt.client.ApsaraMqttClient;
import io.apsaramqtt.credentials.AccessKey;
import io.apsaramqtt.credentials.CredentialsProvider;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** On which threads a client works; the build runs on a JVM without virtual threads, and with them. */
class VirtualThreadsTest {

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aClientWorksOnVirtualThreadsWhereBootSaysSoAndTheJvmHasThem(boolean enabled) {
        AtomicReference<Thread> signing = new AtomicReference<>();
        Runners.one()
                .withPropertyValues("spring.threads.virtual.enabled=" + enabled)
                .withBean(CredentialsProvider.class, () -> () -> {
                    signing.set(Thread.currentThread());
                    return AccessKey.of("LTAI5tVirtual", "secret");
                })
                .run(context -> context.getBean(ApsaraMqttClient.class)
                        .connectAsync()
                        .handle((done, failure) -> failure)
                        .join());
        boolean virtual = enabled && Runtime.version().feature() >= 21;
        // Thread.isVirtual() is Java 21.
        Thread thread = Objects.requireNonNull(signing.get());
        assertThat(thread.toString()).matches(virtual ? "VirtualThread\\[.*" : "Thread\\[.*");
        assertThat(thread.getName()).startsWith(virtual ? "apsara-mqtt-default-" : "apsara-mqtt-worker-");
    }
}
