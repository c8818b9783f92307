package io.apsaramqtt.spring.permission;

import static org.assertj.core.api.Assertions.assertThat;

import io.apsaramqtt.client.listener.ListenerOptions;
import io.apsaramqtt.mqtt.TopicName;
import io.apsaramqtt.permission.Operation;
import io.apsaramqtt.permission.source.PermissionSource;
import io.apsaramqtt.policy.Policy;
import io.apsaramqtt.spring.MqttListener;
import io.apsaramqtt.spring.autoconfigure.Runners;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.messaging.handler.annotation.SendTo;

class DeclaredOperationsTest {

    private final ApplicationContextRunner one =
            Runners.one().withPropertyValues("site=oslo", "apsara.mqtt.permissions.startup=off");

    private final ApplicationContextRunner two = Runners.one()
            .withPropertyValues(
                    "which=second", "apsara.mqtt.clients.first.device-id=1", "apsara.mqtt.clients.second.device-id=2");

    private static String[] rows(DeclaredOperations declared) {
        return declared.check().stream()
                .map(row -> row.client() + " " + row.operation().name() + " " + row.topic() + " <- "
                        + row.declaredBy().replace(DeclaredOperationsTest.class.getName() + "$", ""))
                .toArray(String[]::new);
    }

    @Test
    void findsClassesMethodsAndMetaAnnotationsAndResolvesThem() {
        one.withBean(Everything.class)
                .withPropertyValues("apsara.mqtt.publish-topics=plain/a,${site}/b")
                .run(context -> assertThat(rows(context.getBean(DeclaredOperations.class)))
                        .containsExactlyInAnyOrder(
                                "default SUBSCRIBE readings/+/t <- Everything.onReading(String)",
                                "default PUBLISH oslo/class <- Everything",
                                "default PUBLISH method/{id} <- Everything.publish()",
                                "default PUBLISH method/two <- Everything.publish()",
                                "default PUBLISH meta/5 <- Everything.more()",
                                "default PUBLISH plain/a <- apsara.mqtt.publish-topics",
                                "default PUBLISH oslo/b <- apsara.mqtt.publish-topics"));
    }

    @Test
    void findsWhatListenersPublishToBesides() {
        one.withBean(Publishing.class)
                .withBean(
                        "own",
                        ListenerOptions.class,
                        () -> ListenerOptions.defaults().withDeadLetterTopic(TopicName.of("graves/own")))
                .withBean("none", ListenerOptions.class, ListenerOptions::defaults)
                .withPropertyValues("apsara.mqtt.listener.dead-letter-topic=graves/all")
                .run(context -> assertThat(rows(context.getBean(DeclaredOperations.class)))
                        .containsExactlyInAnyOrder(
                                "default SUBSCRIBE asked/# <- Publishing.onAsked(String)",
                                "default SUBSCRIBE read/# <- Publishing.onRead(String)",
                                "default SUBSCRIBE lost/# <- Publishing.onLost(String)",
                                "default SUBSCRIBE graves/all <- Publishing.onGrave(String)",
                                "default PUBLISH oslo/answers <- Publishing.onAsked(String) with @SendTo",
                                "default PUBLISH read/7 <- Publishing.onAsked(String) with @SendTo",
                                "default PUBLISH graves/all <- Publishing.onAsked(String) as dead letter topic",
                                "default PUBLISH graves/own <- Publishing.onRead(String) as dead letter topic"));
    }

    @Test
    void aListenerOfTheDeadLettersAlonePublishesNone() {
        one.withBean(Graveyard.class)
                .withPropertyValues("apsara.mqtt.listener.dead-letter-topic=graves/all")
                .run(context -> assertThat(rows(context.getBean(DeclaredOperations.class)))
                        .containsExactly("default SUBSCRIBE graves/all <- Graveyard.onGrave(String)"));
    }

    @Test
    void tellsEachOperationOnceThoughSeveralDeclareIt() {
        one.withBean("a", Plain.class)
                .withBean("b", Plain.class)
                .withPropertyValues("apsara.mqtt.publish-topics=plain/a")
                .run(context -> assertThat(rows(context.getBean(DeclaredOperations.class)))
                        .containsExactly("default PUBLISH plain/a <- Plain"));
    }

    @Test
    void makesNoBeanToFindWhatItDeclares() {
        one.withUserConfiguration(LazyPlain.class)
                .withPropertyValues("apsara.mqtt.permissions.startup=warn")
                .run(context -> {
                    assertThat(rows(context.getBean(DeclaredOperations.class)))
                            .containsExactly("default PUBLISH plain/a <- Plain");
                    assertThat(context.getBeanFactory().containsSingleton("plain"))
                            .isFalse();
                });
    }

    @Test
    void asksTheClientThatIsNamed() {
        two.withBean(OfSecond.class)
                .run(context -> assertThat(rows(context.getBean(DeclaredOperations.class)))
                        .containsExactly("second PUBLISH plain/a <- OfSecond"));
    }

    @Test
    void thePolicyNamesTheOperationsOfTheClientAlone() {
        one.withBean(Plain.class).run(context -> {
            DeclaredOperations declared = context.getBean(DeclaredOperations.class);
            assertThat(declared.policy("default"))
                    .hasValueSatisfying(text -> assertThat(text)
                            .contains("mq:PUB", "topic/post-cn-x/plain")
                            .doesNotContain("mq:SUB"));
        });
        one.run(context -> assertThat(context.getBean(DeclaredOperations.class).policy("default"))
                .isEmpty());
    }

    @Test
    void thereIsNoPolicyForWhatRamCannotSay() {
        one.withBean(Wild.class)
                .withPropertyValues("apsara.mqtt.profile=generic")
                .run(context -> assertThat(
                                context.getBean(DeclaredOperations.class).policy("default"))
                        .isEmpty());
    }

    @Test
    void asksAnewEachTime() {
        one.withBean(Plain.class)
                .withBean(PermissionSource.class, () -> PermissionSource.fixed(Policy.parse("none", """
                                {"Version":"1","Statement":[]}""")))
                .run(context -> assertThat(
                                context.getBean(DeclaredOperations.class).check())
                        .singleElement()
                        .satisfies(row -> {
                            assertThat(row.isDenied()).isTrue();
                            assertThat(row.operation()).isEqualTo(Operation.PUBLISH);
                            assertThat(row.explanation()).startsWith("Not permitted: publish to 'plain/a'");
                        }));
    }

    @Test
    void refusesToGuessTheClient() {
        refused(two.withBean(Plain.class), "does not say of which client: there are [first, second]");
    }

    @Test
    void refusesAClientThatDoesNotExist() {
        refused(two.withBean(OfThird.class), "names a client that does not exist: Client [third]");
    }

    @Test
    void refusesATopicThatIsNone() {
        refused(Runners.one().withBean(Filter.class), "has a topic that is none: Topic name [a/#]");
    }

    @Test
    void refusesAPlaceholderThatStandsForNothing() {
        refused(
                Runners.one().withBean(Unresolved.class),
                "says [${no.such.thing}], which cannot be resolved: Could not resolve placeholder");
    }

    private static void refused(ApplicationContextRunner runner, String why) {
        runner.run(context -> assertThat(context)
                .getFailure()
                .cause()
                .isInstanceOf(InvalidPublishesToException.class)
                .hasMessageStartingWith("@PublishesTo of [" + DeclaredOperationsTest.class.getName() + "$")
                .hasMessageContaining(why));
    }

    @Target(ElementType.METHOD)
    @Retention(RetentionPolicy.RUNTIME)
    @PublishesTo("meta/#{2 + 3}")
    @interface Meta {}

    @PublishesTo("${site}/class")
    static class Everything {

        @MqttListener(topics = "readings/{id}/t")
        void onReading(String ignored) {}

        @PublishesTo({"method/{id}", "method/two"})
        void publish() {}

        @Meta
        void more() {}
    }

    static class Publishing {

        @MqttListener(topics = "asked/#")
        @SendTo({"${site}/answers", "read/#{3 + 4}"})
        String onAsked(String question) {
            return question;
        }

        @MqttListener(topics = "read/#", options = "own")
        void onRead(String ignored) {}

        @MqttListener(topics = "lost/#", options = "none")
        @SendTo("never/sent")
        void onLost(String ignored) {}

        @MqttListener(topics = "graves/all")
        void onGrave(String ignored) {}
    }

    static class Graveyard {

        @MqttListener(topics = "graves/all")
        void onGrave(String ignored) {}
    }

    @PublishesTo("plain/a")
    static class Plain {}

    @PublishesTo(value = "plain/a", client = "${which}")
    static class OfSecond {}

    @PublishesTo(value = "plain/a", client = "third")
    static class OfThird {}

    @PublishesTo("a/#")
    static class Filter {}

    @PublishesTo("${no.such.thing}")
    static class Unresolved {}

    static class Wild {

        @MqttListener(topics = "+/t")
        void onAny(String ignored) {}
    }

    @Configuration(proxyBeanMethods = false)
    static class LazyPlain {

        @Bean
        @Lazy
        Plain plain() {
            return new Plain();
        }
    }
}
