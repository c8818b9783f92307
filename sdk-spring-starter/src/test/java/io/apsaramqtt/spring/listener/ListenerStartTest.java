package io.apsaramqtt.spring.listener;

import static org.assertj.core.api.Assertions.assertThat;

import io.apsaramqtt.client.listener.Acknowledgment;
import io.apsaramqtt.client.listener.ListenerOptions;
import io.apsaramqtt.mqtt.MessageProperties;
import io.apsaramqtt.mqtt.Qos;
import io.apsaramqtt.mqtt.TopicFilter;
import io.apsaramqtt.mqtt.TopicName;
import io.apsaramqtt.spring.MqttListener;
import io.apsaramqtt.spring.MqttVariable;
import io.apsaramqtt.spring.autoconfigure.Runners;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.core.annotation.AliasFor;
import org.springframework.messaging.Message;
import org.springframework.messaging.handler.annotation.Header;
import org.springframework.messaging.handler.annotation.Headers;
import org.springframework.messaging.handler.annotation.Payload;
import org.springframework.messaging.handler.annotation.SendTo;

/** What is found at the start of an application, before anything is connected. */
class ListenerStartTest {

    private static MqttListenerContainer container(Object listener, String... properties) {
        MqttListenerContainer[] found = {null};
        Runners.one()
                .withPropertyValues(properties)
                .withBean("bean", Object.class, () -> listener)
                .run(context -> {
                    assertThat(context).hasNotFailed();
                    assertThat(context.getBean(MqttListenerRegistry.class).containers())
                            .hasSize(1);
                    found[0] = context.getBean(MqttListenerRegistry.class)
                            .containers()
                            .get(0);
                });
        return found[0];
    }

    static final class Plain {
        @MqttListener(
                topics = {"alarms/#", "devices/{id}/state"},
                qos = Qos.AT_MOST_ONCE)
        void on(String text) {}
    }

    @Test
    void aMethodHasAContainerNamedAfterBeanAndMethod() {
        MqttListenerContainer container = container(new Plain());
        assertThat(container.id()).isEqualTo("bean.on");
        assertThat(container.listener()).isEqualTo(Plain.class.getName() + ".on(String)");
        assertThat(container.client()).isEqualTo("default");
        assertThat(container.filters()).containsExactly(TopicFilter.of("alarms/#"), TopicFilter.of("devices/+/state"));
        assertThat(container.qos()).isEqualTo(Qos.AT_MOST_ONCE);
        assertThat(container.isAutoStartup()).isTrue();
        assertThat(container).asString().contains("bean.on", "alarms/#", "of client default");
    }

    static final class Resolved {
        @MqttListener(
                topics = {"${site}/{id}", "#{'a,b'.split(',')}"},
                id = "${name}",
                client = "${client:default}",
                autoStartup = "${start}")
        void on(byte[] payload) {}
    }

    @Test
    void placeholdersAndExpressionsAreResolved() {
        MqttListenerContainer container = container(new Resolved(), "site=hall", "name=mine", "start=false");
        assertThat(container.id()).isEqualTo("mine");
        assertThat(container.filters())
                .containsExactly(TopicFilter.of("hall/+"), TopicFilter.of("a"), TopicFilter.of("b"));
        assertThat(container.isAutoStartup()).isFalse();
    }

    @MqttListener(topics = {})
    @Retention(RetentionPolicy.RUNTIME)
    @interface AlarmListener {
        @AliasFor(annotation = MqttListener.class, attribute = "id")
        String name();

        @AliasFor(annotation = MqttListener.class, attribute = "topics")
        String[] topics() default "alarms/#";
    }

    static final class Composed {
        @AlarmListener(name = "composed")
        void on(String text) {}
    }

    @Test
    void theAnnotationMayBeAMetaAnnotation() {
        MqttListenerContainer container = container(new Composed());
        assertThat(container.id()).isEqualTo("composed");
        assertThat(container.filters()).containsExactly(TopicFilter.of("alarms/#"));
    }

    record Reading(double celsius) {}

    static final class Everything {
        @MqttListener(topics = "devices/{id}/{port}", ackMode = MqttListener.AckMode.MANUAL)
        @SendTo("answers/x")
        String on(
                @Payload Reading reading,
                Message<?> spring,
                io.apsaramqtt.mqtt.Message mqtt,
                @Header("unit") Optional<String> unit,
                @Headers Map<String, Object> headers,
                @MqttVariable String id,
                @MqttVariable("port") int number,
                TopicName topic,
                MessageProperties properties,
                Qos qos,
                Acknowledgment acknowledgment) {
            return "";
        }
    }

    @Test
    void everyKindOfParameterIsAllowed() {
        assertThat(container(new Everything()).id()).isEqualTo("bean.on");
    }

    static final class TwoPayloads {
        @MqttListener(topics = "a")
        void on(Reading reading, String text) {}
    }

    static final class UnknownVariable {
        @MqttListener(topics = {"a/{id}", "b/{other}"})
        void on(@MqttVariable String id) {}
    }

    static final class VariableOfNoText {
        @MqttListener(topics = "a/{id}")
        void on(@MqttVariable Runnable id) {}
    }

    static final class AcknowledgesTwice {
        @MqttListener(topics = "a")
        void on(String text, Acknowledgment acknowledgment) {}
    }

    static final class NeverAcknowledges {
        @MqttListener(topics = "a", ackMode = MqttListener.AckMode.MANUAL)
        void on(String text) {}
    }

    static final class NoMap {
        @MqttListener(topics = "a")
        void on(@Headers List<String> headers) {}
    }

    static final class PartOfThePayload {
        @MqttListener(topics = "a")
        void on(@Payload("celsius") double celsius) {}
    }

    static final class BadFilter {
        @MqttListener(topics = "a/#/b")
        void on(String text) {}
    }

    static final class BadVariable {
        @MqttListener(topics = "a/x{id}")
        void on(String text) {}
    }

    static final class NoTopics {
        @MqttListener(topics = {})
        void on(String text) {}
    }

    static final class NoSuchPlaceholder {
        @MqttListener(topics = "${no.such.property}/x")
        void on(String text) {}
    }

    static final class NoSuchClient {
        @MqttListener(topics = "a", client = "other")
        void on(String text) {}
    }

    static final class NoSuchOptions {
        @MqttListener(topics = "a", options = "missing")
        void on(String text) {}
    }

    static final class NoSuchErrorHandler {
        @MqttListener(topics = "a", errorHandler = "missing")
        void on(String text) {}
    }

    static final class NegativeConcurrency {
        @MqttListener(topics = "a", concurrency = -1)
        void on(String text) {}
    }

    static final class StartsPerhaps {
        @MqttListener(topics = "a", autoStartup = "perhaps")
        void on(String text) {}
    }

    static final class BadReplyTopic {
        @MqttListener(topics = "a")
        @SendTo("b/#")
        String on(String text) {
            return text;
        }
    }

    static final class SameFilterTwice {
        @MqttListener(topics = "a/{x}")
        void on(String text) {}

        @MqttListener(topics = "a/+")
        void onToo(String text) {}
    }

    static final class SameIdTwice {
        @MqttListener(topics = "a", id = "same")
        void on(String text) {}

        @MqttListener(topics = "b", id = "same")
        void onToo(String text) {}
    }

    static List<Arguments> mistakes() {
        return List.of(
                Arguments.of(new TwoPayloads(), "parameter 1 [String text] cannot be resolved"),
                Arguments.of(
                        new UnknownVariable(), "level variable {id}, which topic [b/+] does not have; it has [other]"),
                Arguments.of(new VariableOfNoText(), "parameter 0 [Runnable id] is a level variable of a type"),
                Arguments.of(new AcknowledgesTwice(), "write ackMode = MANUAL"),
                Arguments.of(new NeverAcknowledges(), "no parameter of type Acknowledgment"),
                Arguments.of(
                        new PartOfThePayload(),
                        "parameter 0 [double celsius] has the expression [celsius] in @Payload"),
                Arguments.of(new NoMap(), "neither a Map nor MessageHeaders"),
                Arguments.of(
                        new BadFilter(), "has a topic that is none: Topic filter [a/#/b] has a misplaced wildcard"),
                Arguments.of(new BadVariable(), "as in devices/{id}/temperature"),
                Arguments.of(new NoTopics(), "has no topics"),
                Arguments.of(new NoSuchPlaceholder(), "says [${no.such.property}/x], which cannot be resolved"),
                Arguments.of(new NoSuchClient(), "Client [other] does not exist; there are [default]"),
                Arguments.of(new NoSuchOptions(), "names a bean [missing] of type ListenerOptions"),
                Arguments.of(new NoSuchErrorHandler(), "names a bean [missing] of type MqttListenerErrorHandler"),
                Arguments.of(new NegativeConcurrency(), "has concurrency [-1]"),
                Arguments.of(new StartsPerhaps(), "has autoStartup [perhaps]; allowed are true and false"),
                Arguments.of(new BadReplyTopic(), "has a @SendTo topic that is none"),
                Arguments.of(new SameFilterTwice(), "subscribes to [a/+] as listener ["),
                Arguments.of(new SameIdTwice(), "has the ID [same] of listener ["));
    }

    @ParameterizedTest
    @MethodSource("mistakes")
    void aMistakeEndsTheStartWithClassAndMethod(Object listener, String problem) {
        Runners.one()
                .withBean("bean", Object.class, () -> listener)
                .run(context -> assertThat(context)
                        .getFailure()
                        .isInstanceOf(InvalidMqttListenerException.class)
                        .hasMessageContaining("Listener [" + listener.getClass().getName() + ".on")
                        .hasMessageContaining(problem));
    }

    static final class WantsReading {
        @MqttListener(topics = "a")
        void on(Reading reading) {}
    }

    static final class WantsMessageOfReading {
        @MqttListener(topics = "a")
        void on(Message<Reading> reading) {}
    }

    static final class WantsWhatNeedsNoConverter {
        @MqttListener(topics = "a")
        void on(String text, Message<?> any, Message<byte[]> bytes) {}
    }

    private static ApplicationContextRunner withoutJackson(Object listener) {
        return Runners.one()
                .withClassLoader(new FilteredClassLoader("tools.jackson", "com.fasterxml.jackson"))
                .withBean("bean", Object.class, () -> listener);
    }

    static List<Arguments> thoseWhoWantReadings() {
        return List.of(
                Arguments.of(new WantsReading(), "parameter 0 [Reading reading]"),
                Arguments.of(new WantsMessageOfReading(), "parameter 0 [Message reading]"));
    }

    @ParameterizedTest
    @MethodSource("thoseWhoWantReadings")
    void aPayloadThatNothingConvertsEndsTheStart(Object listener, String parameter) {
        withoutJackson(listener)
                .run(context -> assertThat(context)
                        .getFailure()
                        .isInstanceOf(InvalidMqttListenerException.class)
                        .hasMessageContaining(parameter + " is a payload that nothing converts")
                        .hasMessageContaining("Allowed are one payload"));
        Runners.one()
                .withBean("bean", Object.class, () -> listener)
                .run(context -> assertThat(context).hasNotFailed());
    }

    @Test
    void textsAndBytesNeedNoConverter() {
        withoutJackson(new WantsWhatNeedsNoConverter())
                .run(context -> assertThat(context).hasNotFailed());
    }

    @Test
    void theRegistryBacksOffFromOneOfTheApplication() {
        Runners.one()
                .withBean("mine", MqttListenerRegistry.class, () -> new MqttListenerRegistry(Duration.ZERO))
                .run(context ->
                        assertThat(context).getBean(MqttListenerRegistry.class).isSameAs(context.getBean("mine")));
    }

    @Test
    void aContainerIsFoundByItsName() {
        Runners.one().withBean("bean", Object.class, Plain::new).run(context -> {
            MqttListenerRegistry registry = context.getBean(MqttListenerRegistry.class);
            assertThat(registry.container("bean.on")).isPresent();
            assertThat(registry.container("other")).isEmpty();
        });
    }

    static final class WithOptions {
        @MqttListener(topics = "a", options = "${options}", concurrency = 3)
        void on(String text) {}
    }

    private static ListenerOptions trying(int attempts) {
        return ListenerOptions.defaults().withRetry(attempts, Duration.ofMillis(1), Duration.ofMillis(1));
    }

    private static void assertAttempts(ApplicationContextRunner runner, Object listener, int attempts) {
        runner.withPropertyValues("apsara.mqtt.listener.retry.attempts=9")
                .withBean("bean", Object.class, () -> listener)
                .run(context -> assertThat(
                                context.getBean(MqttListenerRegistry.class).containers())
                        .singleElement()
                        .extracting("options.attempts")
                        .isEqualTo(attempts));
    }

    @Test
    void theOptionsAreThoseThatAreNamedElseTheOnlyOnesElseThoseOfTheProperties() {
        ApplicationContextRunner one = Runners.one().withBean("two", ListenerOptions.class, () -> trying(2));
        ApplicationContextRunner several = one.withBean("three", ListenerOptions.class, () -> trying(3));
        assertAttempts(Runners.one(), new Plain(), 9);
        assertAttempts(one, new Plain(), 2);
        assertAttempts(several, new Plain(), 9);
        assertAttempts(several.withPropertyValues("options=three"), new WithOptions(), 3);
    }

    @Test
    void theConcurrencyIsThatOfTheAnnotationElseOfThePropertiesElseThereIsNoLimit() {
        assertThat(container(new WithOptions(), "options=", "apsara.mqtt.listener.concurrency=2"))
                .extracting("gate.concurrency")
                .isEqualTo(3);
        assertThat(container(new Plain(), "apsara.mqtt.listener.concurrency=2"))
                .extracting("gate.concurrency")
                .isEqualTo(2);
        assertThat(container(new Plain())).extracting("gate.concurrency").isEqualTo(Integer.MAX_VALUE);
    }

    @Test
    void aLaterBeanIsRegisteredAndStartedWhenItIsMade() {
        Runners.one()
                .withBean("bean", Object.class, Plain::new, definition -> definition.setLazyInit(true))
                .run(context -> {
                    MqttListenerRegistry registry = context.getBean(MqttListenerRegistry.class);
                    assertThat(registry.containers()).isEmpty();
                    context.getBean("bean");
                    assertThat(registry.containers()).singleElement().matches(MqttListenerContainer::isRunning);
                });
    }
}
