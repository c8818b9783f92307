package io.apsaramqtt.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.apsaramqtt.client.ApsaraMqttClient;
import io.apsaramqtt.client.ClientStatistics;
import io.apsaramqtt.client.listener.Acknowledgment;
import io.apsaramqtt.client.listener.ListenerOptions;
import io.apsaramqtt.mqtt.Qos;
import io.apsaramqtt.mqtt.ServiceRuleException;
import io.apsaramqtt.mqtt.TopicName;
import io.apsaramqtt.spring.listener.MqttListenerContainer;
import io.apsaramqtt.spring.listener.MqttListenerRegistry;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.messaging.handler.annotation.Header;
import org.springframework.messaging.handler.annotation.SendTo;

/** Template and listeners in a Spring Boot application, on a real broker; one for each broker and version of MQTT. */
abstract class ListenerContract {

    private static final long PATIENCE_SECONDS = 20;

    /** Where to connect, and how. */
    abstract List<String> properties();

    abstract boolean isMqtt5();

    /** Whether the broker delivers what comes after a message that is not acknowledged; HiveMQ waits. */
    abstract boolean deliversBesideUnacknowledged();

    private ConfigurableApplicationContext run(String... more) {
        List<String> all = new ArrayList<>(properties());
        all.add("apsara.mqtt.mqtt-version=" + (isMqtt5() ? "5" : "3.1.1"));
        all.add("apsara.mqtt.device-id=device-1");
        all.addAll(List.of(more));
        return Applications.of(Application.class)
                .properties(all.toArray(String[]::new))
                .run();
    }

    private static <T> T take(BlockingQueue<T> queue) throws InterruptedException {
        T taken = queue.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        assertThat(taken).as("something within %s s", PATIENCE_SECONDS).isNotNull();
        return taken;
    }

    @Test
    void aRecordGoesOutAsJsonAndComesInWithALevelOfItsTopic() throws InterruptedException {
        try (ConfigurableApplicationContext context = run()) {
            Devices devices = context.getBean(Devices.class);
            context.getBean(MqttTemplate.class).publish("devices/7/temperature", new Reading(21.5));
            assertThat(take(devices.readings)).isEqualTo("7: 21.5 on devices/7/temperature, AT_LEAST_ONCE");
        }
    }

    @Test
    void aValueReturnedGoesToTheTopicOfSendTo() throws InterruptedException {
        try (ConfigurableApplicationContext context = run()) {
            context.getBean(MqttTemplate.class).publish("devices/7/ask", "how hot");
            assertThat(take(context.getBean(Devices.class).answers)).isEqualTo("how hot? hot");
        }
    }

    @Test
    void whatIsNotValidGoesToTheErrorHandler() throws InterruptedException {
        try (ConfigurableApplicationContext context = run()) {
            Devices devices = context.getBean(Devices.class);
            MqttTemplate template = context.getBean(MqttTemplate.class);
            template.publish("devices/7/temperature", new Reading(2_000));
            assertThat(take(devices.failures)).startsWith("devices/7/temperature: MethodArgumentNotValidException");
            template.publish("devices/7/temperature", "no json");
            assertThat(take(devices.failures)).startsWith("devices/7/temperature: MessageConversionException");
            assertThat(devices.readings).isEmpty();
        }
    }

    @Test
    void whatFailsIsTriedAgainAndGoesToTheDeadLetterTopic() throws InterruptedException {
        try (ConfigurableApplicationContext context = run()) {
            Devices devices = context.getBean(Devices.class);
            context.getBean(MqttTemplate.class).publish("devices/7/poison", "bad");
            assertThat(take(devices.poisoned)).isEqualTo("bad");
            assertThat(take(devices.poisoned)).isEqualTo("bad");
            assertThat(take(devices.deadLetters)).isEqualTo("bad");
            assertThat(devices.poisoned).isEmpty();
        }
    }

    @Test
    void aMethodMayAcknowledgeLater() throws InterruptedException {
        try (ConfigurableApplicationContext context = run()) {
            context.getBean(MqttTemplate.class).publish("devices/7/manual", "x");
            Acknowledgment acknowledgment = take(context.getBean(Devices.class).acknowledgments);
            acknowledgment.acknowledge();
        }
    }

    @Test
    void aPausedContainerHoldsItsMessagesAndAStoppedOneHasNone() throws InterruptedException {
        try (ConfigurableApplicationContext context = run()) {
            Devices devices = context.getBean(Devices.class);
            MqttTemplate template = context.getBean(MqttTemplate.class);
            ApsaraMqttClient client = context.getBean(ApsaraMqttClient.class);
            MqttListenerContainer container = context.getBean(MqttListenerRegistry.class)
                    .container("readings")
                    .orElseThrow();
            container.pause();
            template.publish("devices/7/temperature", new Reading(1));
            Awaitility.await().until(() -> client.statistics().received() == 1);
            if (deliversBesideUnacknowledged()) {
                template.publish("devices/7/ask", "others go on");
                assertThat(take(devices.answers)).isEqualTo("others go on? hot");
            }
            assertThat(devices.readings).isEmpty();
            container.resume();
            assertThat(take(devices.readings)).startsWith("7: 1.0");
            long before = client.statistics().received();
            container.pause();
            template.publish("devices/7/temperature", new Reading(2));
            Awaitility.await().until(() -> client.statistics().received() > before);
            container.stop();
            assertThat(client.subscriptions()).doesNotContainAnyElementsOf(container.filters());
            template.publish("devices/7/temperature", new Reading(2));
            container.start();
            template.publish("devices/7/temperature", new Reading(3));
            assertThat(take(devices.readings)).startsWith("7: 3.0");
        }
    }

    @Test
    void aContainerThatDoesNotStartByItselfIsStartedByItsName() throws InterruptedException {
        try (ConfigurableApplicationContext context = run()) {
            MqttListenerContainer container = context.getBean(MqttListenerRegistry.class)
                    .container("later")
                    .orElseThrow();
            assertThat(container.isRunning()).isFalse();
            container.start();
            context.getBean(MqttTemplate.class).publish("devices/7/later", "x");
            assertThat(take(context.getBean(Devices.class).later)).isEqualTo("x");
        }
    }

    @Test
    void aShutdownWaitsForListenersWhichStillPublish() throws InterruptedException {
        BlockingQueue<String> published;
        try (ConfigurableApplicationContext context = run();
                ConfigurableApplicationContext other = run("apsara.mqtt.device-id=device-2")) {
            other.getBean(MqttListenerRegistry.class)
                    .container("work")
                    .orElseThrow()
                    .stop();
            published = other.getBean(Devices.class).deadLetters;
            Devices devices = context.getBean(Devices.class);
            context.getBean(MqttTemplate.class).publish("devices/slow/work", "1");
            devices.atWork.await();
            Thread closing = new Thread(context::close);
            closing.start();
            Awaitility.await()
                    .until(() -> closing.getState() == Thread.State.WAITING
                            || closing.getState() == Thread.State.TIMED_WAITING);
            devices.goOn.countDown();
            assertThat(take(published)).isEqualTo("done 1");
            closing.join();
            assertThat(take(devices.worked)).isEqualTo("done");
        }
    }

    @Test
    void whatAKeptSessionHoldsIsFoundByItsListener() throws InterruptedException {
        String[] kept = {"apsara.mqtt.session-expiry=15m", "apsara.mqtt.device-id=kept-" + isMqtt5()};
        run(kept).close();
        try (ConfigurableApplicationContext other = run("apsara.mqtt.device-id=device-2")) {
            other.getBean(MqttListenerRegistry.class)
                    .container("readings")
                    .orElseThrow()
                    .stop();
            other.getBean(MqttTemplate.class).publish("devices/7/temperature", new Reading(9));
        }
        try (ConfigurableApplicationContext context = run(kept)) {
            assertThat(take(context.getBean(Devices.class).readings)).startsWith("7: 9.0");
            assertThat(context.getBean(ApsaraMqttClient.class).statistics())
                    .extracting(ClientStatistics::dropped)
                    .isEqualTo(0L);
        }
    }

    @Test
    void aRequestIsAnsweredByTheValueThatAListenerReturns() {
        try (ConfigurableApplicationContext context = run()) {
            MqttTemplate template = context.getBean(MqttTemplate.class);
            if (!isMqtt5()) {
                assertThatThrownBy(() -> template.request("devices/7/double", 21, Integer.class, Duration.ofSeconds(5)))
                        .isInstanceOf(ServiceRuleException.class);
                return;
            }
            assertThat(template.request("devices/7/double", 21, Integer.class, Duration.ofSeconds(PATIENCE_SECONDS)))
                    .isEqualTo(42);
        }
    }

    @Test
    void userPropertiesAreHeaders() throws InterruptedException {
        try (ConfigurableApplicationContext context = run()) {
            MqttPublication publication =
                    context.getBean(MqttTemplate.class).message("x").topic("devices/7/unit");
            if (!isMqtt5()) {
                publication.publish();
                assertThat(take(context.getBean(Devices.class).units)).isEqualTo("none");
                return;
            }
            publication.userProperty("unit", "C").publish();
            assertThat(take(context.getBean(Devices.class).units)).isEqualTo("C");
        }
    }

    @Test
    void connectingIsAnApplicationEvent() throws InterruptedException {
        try (ConfigurableApplicationContext context = run()) {
            assertThat(take(context.getBean(Devices.class).events)).isEqualTo(new MqttEvent.Connected("default"));
        }
    }

    record Reading(@Max(1_000) double celsius) {}

    @SpringBootConfiguration
    @EnableAutoConfiguration
    static class Application {

        @Bean
        Devices devices(MqttTemplate template) {
            return new Devices(template);
        }

        @Bean
        ListenerOptions twice() {
            return ListenerOptions.defaults()
                    .withRetry(2, Duration.ofMillis(1), Duration.ofMillis(1))
                    .withDeadLetterTopic(TopicName.of("dead/letters"));
        }

        @Bean
        ListenerOptions once() {
            return ListenerOptions.defaults();
        }

        @Bean
        MqttListenerErrorHandler keeping(Devices devices) {
            return (message, failure) -> {
                devices.failures.add(message.getHeaders().get(MqttHeaders.TOPIC) + ": "
                        + failure.getClass().getSimpleName());
                return null;
            };
        }

        @Bean
        MqttListenerErrorHandler throwing() {
            return (message, failure) -> {
                throw failure;
            };
        }
    }

    static class Devices {

        final BlockingQueue<String> readings = new LinkedBlockingQueue<>();
        final BlockingQueue<String> answers = new LinkedBlockingQueue<>();
        final BlockingQueue<String> failures = new LinkedBlockingQueue<>();
        final BlockingQueue<String> poisoned = new LinkedBlockingQueue<>();
        final BlockingQueue<String> deadLetters = new LinkedBlockingQueue<>();
        final BlockingQueue<String> later = new LinkedBlockingQueue<>();
        final BlockingQueue<String> worked = new LinkedBlockingQueue<>();
        final BlockingQueue<String> units = new LinkedBlockingQueue<>();
        final BlockingQueue<Acknowledgment> acknowledgments = new LinkedBlockingQueue<>();
        final BlockingQueue<MqttEvent> events = new LinkedBlockingQueue<>();
        final CountDownLatch atWork = new CountDownLatch(1);
        final CountDownLatch goOn = new CountDownLatch(1);
        private final MqttTemplate template;

        Devices(MqttTemplate template) {
            this.template = template;
        }

        @MqttListener(id = "readings", topics = "devices/{id}/temperature", errorHandler = "keeping")
        void onReading(@Valid Reading reading, @MqttVariable String id, TopicName topic, Qos qos) {
            readings.add(id + ": " + reading.celsius() + " on " + topic + ", " + qos);
        }

        @MqttListener(topics = "devices/+/ask")
        @SendTo("answers/x")
        String onQuestion(String question) {
            return question + "? hot";
        }

        @MqttListener(topics = "answers/#")
        void onAnswer(byte[] answer) {
            answers.add(new String(answer, java.nio.charset.StandardCharsets.UTF_8));
        }

        @MqttListener(topics = "devices/+/poison", options = "twice", concurrency = 1)
        void onPoison(String text) {
            poisoned.add(text);
            throw new IllegalStateException("planted");
        }

        @MqttListener(topics = "dead/letters")
        void onDeadLetter(String text) {
            deadLetters.add(text);
        }

        @MqttListener(topics = "devices/+/manual", ackMode = MqttListener.AckMode.MANUAL)
        void onManual(String text, Acknowledgment acknowledgment) {
            acknowledgments.add(acknowledgment);
        }

        @MqttListener(id = "later", topics = "devices/+/later", autoStartup = "false")
        void onLater(String text) {
            later.add(text);
        }

        @MqttListener(id = "work", topics = "devices/slow/work")
        void onWork(String text) throws InterruptedException {
            atWork.countDown();
            if (goOn.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                template.publish("dead/letters", "done " + text);
                worked.add("done");
            }
        }

        @MqttListener(topics = "devices/+/double")
        int onDouble(Integer number) {
            return 2 * number;
        }

        @MqttListener(topics = "devices/+/unit")
        void onUnit(@Header(name = "unit", defaultValue = "none") String unit) {
            units.add(unit);
        }

        @org.springframework.context.event.EventListener
        void on(MqttEvent event) {
            events.add(event);
        }
    }
}
