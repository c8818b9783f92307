package io.apsaramqtt.spring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import io.apsaramqtt.spring.MqttListener;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.context.support.GenericApplicationContext;

/** What keeps the JVM of an application without a web server alive, whatever becomes of the connection. */
class ListenerKeepAliveTest {

    static final class Sensor {
        @MqttListener(topics = "sensors/#")
        void on(String text) {}
    }

    private final ApplicationContextRunner listening = Runners.one().withBean(Sensor.class);

    private static Thread threadOf(ApplicationContext context) {
        return context.getBean(ListenerKeepAlive.class).thread().orElseThrow();
    }

    private static void assertEnds(Thread thread) throws InterruptedException {
        thread.join(10_000);
        assertThat(thread.isAlive()).isFalse();
    }

    @Test
    void aThreadThatIsNoDaemonLivesUntilTheContextOfAnApplicationThatListensIsClosed() throws InterruptedException {
        AtomicReference<Thread> seen = new AtomicReference<>();
        listening.run(context -> {
            seen.set(threadOf(context));
            assertThat(threadOf(context).isAlive()).isTrue();
            assertThat(threadOf(context).isDaemon()).isFalse();
        });
        assertEnds(Objects.requireNonNull(seen.get()));
    }

    @Test
    void anApplicationThatDoesNotListenIsNotKeptAlive() {
        for (ApplicationContextRunner silent :
                List.of(Runners.one(), listening.withPropertyValues("apsara.mqtt.listener.auto-startup=false"))) {
            silent.run(context -> assertThat(
                            context.getBean(ListenerKeepAlive.class).thread())
                    .isEmpty());
        }
    }

    @Test
    void aChildContextBeginsAndEndsNothing() {
        listening.run(context -> {
            Thread thread = threadOf(context);
            GenericApplicationContext child = new GenericApplicationContext();
            child.setParent(context);
            child.refresh();
            child.close();
            assertThat(threadOf(context)).isSameAs(thread).matches(Thread::isAlive);
        });
    }

    /** As after a start that fails behind the refresh, of which no event tells. */
    @Test
    void destroyedBeansKeepNothingAlive() {
        listening.run(context -> {
            context.getBean(ListenerKeepAlive.class).destroy();
            assertEnds(threadOf(context));
        });
    }
}
