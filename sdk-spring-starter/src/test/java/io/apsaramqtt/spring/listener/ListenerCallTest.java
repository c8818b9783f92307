package io.apsaramqtt.spring.listener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.apsaramqtt.client.MessagePublisher;
import io.apsaramqtt.client.listener.AcknowledgingListener;
import io.apsaramqtt.client.listener.Acknowledgment;
import io.apsaramqtt.mqtt.Message;
import io.apsaramqtt.mqtt.MessageProperties;
import io.apsaramqtt.mqtt.Qos;
import io.apsaramqtt.mqtt.TopicName;
import io.apsaramqtt.spring.MqttHeaders;
import io.apsaramqtt.spring.MqttListener;
import io.apsaramqtt.spring.MqttListener.AckMode;
import io.apsaramqtt.spring.MqttListenerErrorHandler;
import io.apsaramqtt.spring.MqttVariable;
import io.apsaramqtt.spring.autoconfigure.LogLines;
import io.apsaramqtt.spring.autoconfigure.Runners;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.messaging.converter.MessageConversionException;
import org.springframework.messaging.handler.annotation.Header;
import org.springframework.messaging.handler.annotation.Headers;
import org.springframework.messaging.handler.annotation.Payload;
import org.springframework.messaging.handler.annotation.SendTo;
import org.springframework.messaging.handler.annotation.support.MethodArgumentNotValidException;
import org.springframework.validation.Validator;
import org.springframework.validation.beanvalidation.LocalValidatorFactoryBean;

/** What a listener method is called with, and what becomes of what it returns or throws; without a broker. */
class ListenerCallTest {

    private static final Message HOT = Message.of("devices/7/2", "{\"celsius\":21.5}")
            .withQos(Qos.EXACTLY_ONCE)
            .withProperties(MessageProperties.none().withUserProperty("unit", "C"));
    private static final Message ASKED = Message.of("devices/7/2", "how hot")
            .withProperties(MessageProperties.none()
                    .withResponseTopic(TopicName.of("answers/me"))
                    .withCorrelationData(new byte[] {1, 2}));

    private final List<Message> published = new ArrayList<>();
    private final List<Object> seen = new ArrayList<>();
    private int acknowledged;

    /** Keeps the listener that the container has, and what is published for it. */
    private final class Watching implements MqttInstrumentation {

        private @Nullable AcknowledgingListener listener;

        @Override
        public MessagePublisher publishing(String client, MessagePublisher publisher) {
            return message -> {
                published.add(message);
                return CompletableFuture.completedFuture(null);
            };
        }

        @Override
        public AcknowledgingListener receiving(String client, String id, AcknowledgingListener watched) {
            listener = watched;
            return watched;
        }
    }

    private void call(Object bean, Message message) {
        call(bean, message, runner -> runner);
    }

    private void call(Object bean, Message message, UnaryOperator<ApplicationContextRunner> with) {
        Watching watching = new Watching();
        with.apply(Runners.one())
                .withBean(MqttInstrumentation.class, () -> watching)
                .withBean("bean", Object.class, () -> bean)
                .run(context -> Objects.requireNonNull(
                                watching.listener, () -> "failed: " + context.getStartupFailure())
                        .onMessage(message, () -> acknowledged++));
    }

    record Reading(@Max(1_000) double celsius) {}

    final class Everything {
        @MqttListener(topics = "devices/{id}/{port}", ackMode = AckMode.MANUAL)
        void on(
                @Payload Reading reading,
                org.springframework.messaging.Message<Reading> spring,
                Message mqtt,
                @Header("unit") Optional<String> unit,
                @Header(MqttHeaders.TOPIC) String name,
                @Headers Map<String, Object> headers,
                @MqttVariable String id,
                @MqttVariable("port") int number,
                TopicName topic,
                MessageProperties properties,
                Qos qos,
                Acknowledgment acknowledgment) {
            seen.addAll(List.of(reading, spring.getPayload(), mqtt, unit, name, id, number, topic, properties, qos));
            seen.add(headers.get(MqttHeaders.VARIABLES));
            assertThat(acknowledged).isZero();
            acknowledgment.acknowledge();
        }
    }

    @Test
    void eachKindOfParameterIsGivenWhatItAsksFor() {
        call(new Everything(), HOT);
        assertThat(seen)
                .containsExactly(
                        new Reading(21.5),
                        new Reading(21.5),
                        HOT,
                        Optional.of("C"),
                        "devices/7/2",
                        "7",
                        2,
                        HOT.topic(),
                        HOT.properties(),
                        Qos.EXACTLY_ONCE,
                        Map.of("id", "7", "port", "2"));
        assertThat(acknowledged).isEqualTo(1);
    }

    final class Whole {
        @MqttListener(topics = "devices/#")
        void on(org.springframework.messaging.Message<String> message) {
            seen.add(message.getPayload());
        }
    }

    @Test
    void anEmptyPayloadIsNoMissingOneInAMessageEither() {
        call(new Whole(), Message.of("devices/7", ""));
        assertThat(seen).containsExactly("");
    }

    final class Texts {
        @MqttListener(topics = "devices/#")
        void on(String text) {
            seen.add(text);
            assertThat(acknowledged).isZero();
        }
    }

    @Test
    void whatAMethodReturnsFromIsAcknowledged() {
        call(new Texts(), HOT);
        assertThat(acknowledged).isEqualTo(1);
    }

    @Test
    void anEmptyTextIsAText() {
        call(new Texts(), Message.of("devices/7", ""));
        assertThat(seen).containsExactly("");
    }

    final class Later {
        @MqttListener(topics = "devices/#", ackMode = AckMode.MANUAL)
        void on(Acknowledgment acknowledgment) {
            seen.add(acknowledgment);
        }
    }

    @Test
    void withManualAcknowledgementNobodyElseAcknowledges() {
        call(new Later(), HOT);
        assertThat(acknowledged).isZero();
        ((Acknowledgment) seen.get(0)).acknowledge();
        assertThat(acknowledged).isEqualTo(1);
    }

    final class Numbers {
        @MqttListener(topics = "devices/{id}/#")
        void on(@MqttVariable int id) {
            seen.add(id);
        }
    }

    @Test
    void aLevelThatIsNoneOfItsTypeIsNamed() {
        assertThatThrownBy(() -> call(new Numbers(), Message.of("devices/x/2", "")))
                .hasStackTraceContaining("Level variable {id} of topic [devices/x/2] is [x], which is no int");
        assertThat(acknowledged).isZero();
    }

    final class Validated {
        @MqttListener(topics = "devices/#")
        void on(@Valid Reading reading) {
            seen.add(reading);
        }
    }

    @Test
    void aPayloadThatIsNotValidNeverReachesTheMethod() {
        Message tooHot = Message.of("devices/7", "{\"celsius\":2000}");
        assertThatThrownBy(() -> call(
                        new Validated(),
                        tooHot,
                        runner -> runner.withBean(Validator.class, LocalValidatorFactoryBean::new)))
                .hasStackTraceContaining(MethodArgumentNotValidException.class.getName());
        assertThat(seen).isEmpty();
        assertThat(acknowledged).isZero();
    }

    static final class Answers {
        @MqttListener(topics = "devices/#")
        String on(String question) {
            return question + "? hot";
        }
    }

    @Test
    void aValueGoesToTheResponseTopicWithTheCorrelationData() {
        call(new Answers(), ASKED);
        assertThat(published)
                .containsExactly(Message.of("answers/me", "how hot? hot")
                        .withProperties(MessageProperties.none().withCorrelationData(new byte[] {1, 2})));
        assertThat(acknowledged).isEqualTo(1);
    }

    @Test
    void aValueThatNobodyAskedForIsDroppedAndSaid() {
        try (LogLines lines = new LogLines(Replies.class)) {
            call(new Answers(), HOT);
            assertThat(lines.all())
                    .singleElement()
                    .asString()
                    .contains(Answers.class.getName() + ".on(String)", "topic [devices/7/2]", "Use @SendTo");
        }
        assertThat(published).isEmpty();
        assertThat(acknowledged).isEqualTo(1);
    }

    @SendTo({"class/${site}", "class/two"})
    static class OfTheClass {
        @MqttListener(topics = "devices/#")
        String on(String question) {
            return "hot";
        }
    }

    static final class Inherited extends OfTheClass {}

    @SendTo("class/one")
    static final class OfTheMethod {
        @MqttListener(topics = "devices/#")
        @SendTo("#{'method/' + 'one'}")
        String on(String question) {
            return "hot";
        }
    }

    @Test
    void aValueGoesToTheTopicsOfTheMethodOrElseOfItsClass() {
        call(new OfTheClass(), ASKED, runner -> runner.withPropertyValues("site=oslo"));
        call(new Inherited(), ASKED, runner -> runner.withPropertyValues("site=rome"));
        call(new OfTheMethod(), ASKED);
        assertThat(published)
                .extracting(message -> message.topic().value())
                .containsExactly("class/oslo", "class/two", "class/rome", "class/two", "method/one");
    }

    static final class Returning {

        private final @Nullable Object value;

        Returning(@Nullable Object value) {
            this.value = value;
        }

        @MqttListener(topics = "devices/#")
        @SendTo("answers/all")
        @Nullable
        Object on() {
            return value;
        }
    }

    static final class ReturningLater {
        @MqttListener(topics = "devices/#")
        @SendTo("answers/all")
        CompletionStage<String> on() {
            return CompletableFuture.failedFuture(new IllegalStateException("no sensor"));
        }
    }

    @Test
    void aMessageOfMqttGoesToItsOwnTopicAndAFutureIsWaitedFor() {
        Message own = Message.of("own/topic", "x");
        call(new Returning(own), ASKED);
        call(new Returning(CompletableFuture.completedFuture("later")), ASKED);
        call(new Returning(null), ASKED);
        assertThat(published).containsExactly(own, Message.of("answers/all", "later"));
        assertThatThrownBy(() -> call(new ReturningLater(), ASKED)).hasStackTraceContaining("no sensor");
        assertThat(acknowledged).isEqualTo(3);
    }

    static final class Failing {
        @MqttListener(topics = "devices/#")
        @SendTo("answers/all")
        String on(String text) {
            if (!text.isEmpty()) {
                throw new IllegalStateException("broken");
            }
            return text;
        }
    }

    static final class WithItsOwnErrorHandler {
        @MqttListener(topics = "devices/#", errorHandler = "${handler}")
        @SendTo("answers/all")
        String on(Reading reading) {
            return reading.toString();
        }
    }

    private MqttListenerErrorHandler answering(String name) {
        return (message, failure) -> {
            seen.add(message.getHeaders().get(MqttHeaders.TOPIC) + " "
                    + failure.getClass().getSimpleName());
            return "handled by " + name;
        };
    }

    @Test
    void theOnlyErrorHandlerIsTakenAndItsValueIsTheReply() {
        call(new Failing(), HOT, runner -> runner.withBean(MqttListenerErrorHandler.class, () -> answering("one")));
        assertThat(seen).containsExactly("devices/7/2 IllegalStateException");
        assertThat(published).containsExactly(Message.of("answers/all", "handled by one"));
        assertThat(acknowledged).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"one", "two"})
    void ofSeveralErrorHandlersTheOneThatIsNamedIsTaken(String name) {
        call(
                new WithItsOwnErrorHandler(),
                Message.of("devices/7", "no json"),
                runner -> runner.withPropertyValues("handler=" + name)
                        .withBean("one", MqttListenerErrorHandler.class, () -> answering("one"))
                        .withBean("two", MqttListenerErrorHandler.class, () -> answering("two")));
        assertThat(seen).containsExactly("devices/7 " + MessageConversionException.class.getSimpleName());
        assertThat(published).containsExactly(Message.of("answers/all", "handled by " + name));
    }

    @Test
    void whatIsNotHandledIsNotAcknowledged() {
        assertThatThrownBy(() -> call(new Failing(), HOT)).hasStackTraceContaining("broken");
        assertThatThrownBy(() -> call(
                        new Failing(),
                        HOT,
                        runner -> runner.withBean("one", MqttListenerErrorHandler.class, () -> answering("one"))
                                .withBean("two", MqttListenerErrorHandler.class, () -> answering("two"))))
                .hasStackTraceContaining("broken");
        assertThat(acknowledged).isZero();
        assertThat(published).isEmpty();
    }
}
