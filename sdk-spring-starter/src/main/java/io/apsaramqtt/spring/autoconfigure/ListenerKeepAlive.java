package io.apsaramqtt.spring.autoconfigure;

import io.apsaramqtt.spring.listener.MqttListenerContainer;
import io.apsaramqtt.spring.listener.MqttListenerRegistry;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationListener;
import org.springframework.context.event.ContextRefreshedEvent;

/**
 * Keeps the JVM of an application that listens alive until its context is closed. The threads of a client do not: all but one
 * are daemons, and that one is Paho's and ends with each connection. An application without a web server would end when its
 * connection is lost. Thread-safe.
 */
final class ListenerKeepAlive implements ApplicationListener<ContextRefreshedEvent>, DisposableBean {

    private final MqttListenerRegistry registry;
    private final ApplicationContext context;
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile @Nullable Thread thread;

    ListenerKeepAlive(MqttListenerRegistry registry, ApplicationContext context) {
        this.registry = registry;
        this.context = context;
    }

    /** Events of child contexts, such as that of the management port, come here too and mean nothing. */
    @Override
    public void onApplicationEvent(ContextRefreshedEvent event) {
        if (event.getApplicationContext() == context
                && registry.containers().stream().anyMatch(MqttListenerContainer::isAutoStartup)) {
            Thread waiting = new Thread(this::awaitClose, "apsara-mqtt-keep-alive");
            waiting.setDaemon(false);
            waiting.start();
            thread = waiting;
        }
    }

    /** Empty if the application does not listen. */
    Optional<Thread> thread() {
        return Optional.ofNullable(thread);
    }

    private void awaitClose() {
        try {
            closed.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** At the close, behind the last listener, and where the start fails after the refresh. */
    @Override
    public void destroy() {
        closed.countDown();
    }
}
