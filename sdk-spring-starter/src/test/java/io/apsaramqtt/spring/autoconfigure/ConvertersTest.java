package io.apsaramqtt.spring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import io.apsaramqtt.mqtt.Message;
import io.apsaramqtt.mqtt.Qos;
import io.apsaramqtt.spring.MqttMessages;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.messaging.MessageHeaders;
import org.springframework.messaging.converter.AbstractMessageConverter;
import org.springframework.messaging.converter.MessageConversionException;
import org.springframework.messaging.converter.MessageConverter;
import org.springframework.util.ClassUtils;
import org.springframework.util.MimeTypeUtils;
import tools.jackson.databind.json.JsonMapper;

/** Payloads, by whatever Jackson is there. */
class ConvertersTest {

    private static final String JACKSON_3 = "tools.jackson.databind";
    private static final String JACKSON_2 = "com.fasterxml.jackson.databind";

    private static final boolean KNOWS_JACKSON_3 =
            ClassUtils.isPresent("org.springframework.messaging.converter.JacksonJsonMessageConverter", null);

    record Reading(String room, double celsius) {}

    private static final Reading READING = new Reading("hall", 21.5);

    private static void assertReadsAndWritesJson(MqttMessages messages) {
        Message message = messages.toMqtt("rooms/hall", READING, Qos.AT_LEAST_ONCE);
        assertThat(message).isEqualTo(Message.of("rooms/hall", "{\"room\":\"hall\",\"celsius\":21.5}"));
        assertThat(messages.fromMqtt(message, Reading.class)).isEqualTo(READING);
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", JACKSON_2})
    void jsonIsReadAndWrittenByJackson3WhereSpringKnowsIt(String missing) {
        Runners.one().withClassLoader(new FilteredClassLoader(missing)).run(context -> {
            if (KNOWS_JACKSON_3) {
                assertThat(context.getBean(JsonMessageConverter.class)
                                .converter()
                                .getClass())
                        .hasToString("class org.springframework.messaging.converter.JacksonJsonMessageConverter");
                assertReadsAndWritesJson(context.getBean(MqttMessages.class));
            }
        });
    }

    @Test
    void jsonIsReadAndWrittenByJackson2WhereThereIsNo3() {
        Runners.one().withClassLoader(new FilteredClassLoader(JACKSON_3)).run(context -> {
            assertThat(context.getBean(JsonMessageConverter.class).converter().getClass())
                    .hasToString("class org.springframework.messaging.converter.MappingJackson2MessageConverter");
            assertReadsAndWritesJson(context.getBean(MqttMessages.class));
        });
    }

    @Test
    void withoutJacksonThereAreTextsAndBytes() {
        Runners.one()
                .withClassLoader(new FilteredClassLoader(JACKSON_2, JACKSON_3))
                .run(context -> {
                    assertThat(context).hasNotFailed().doesNotHaveBean(JsonMessageConverter.class);
                    MqttMessages messages = context.getBean(MqttMessages.class);
                    assertThat(messages.toMqtt("a", "text", Qos.AT_LEAST_ONCE).text())
                            .isEqualTo("text");
                    assertThatThrownBy(() -> messages.toMqtt("a", READING, Qos.AT_LEAST_ONCE))
                            .isInstanceOf(MessageConversionException.class);
                });
    }

    @Test
    void theMapperOfTheApplicationIsTaken() {
        Runners.one()
                .withClassLoader(new FilteredClassLoader(JACKSON_3))
                .withBean(
                        ObjectMapper.class,
                        () -> new ObjectMapper().setPropertyNamingStrategy(PropertyNamingStrategies.UPPER_CAMEL_CASE))
                .run(context -> assertWritesCapitals(context.getBean(MqttMessages.class)));
        Runners.one()
                .withBean(
                        JsonMapper.class,
                        () -> JsonMapper.builder()
                                .propertyNamingStrategy(
                                        tools.jackson.databind.PropertyNamingStrategies.UPPER_CAMEL_CASE)
                                .build())
                .run(context -> {
                    if (KNOWS_JACKSON_3) {
                        assertWritesCapitals(context.getBean(MqttMessages.class));
                    }
                });
    }

    private static void assertWritesCapitals(MqttMessages messages) {
        assertThat(messages.toMqtt("a", READING, Qos.AT_LEAST_ONCE).text())
                .isEqualTo("{\"Room\":\"hall\",\"Celsius\":21.5}");
    }

    /** Writes a reading as two words. */
    static final class Words extends AbstractMessageConverter {

        Words() {
            super(MimeTypeUtils.ALL);
        }

        @Override
        protected boolean supports(Class<?> type) {
            return type == Reading.class;
        }

        @Override
        protected Object convertToInternal(Object payload, @Nullable MessageHeaders headers, @Nullable Object hint) {
            return ((Reading) payload).room() + " " + ((Reading) payload).celsius();
        }
    }

    @Test
    void aConverterOfTheApplicationWinsOverJsonAndLeavesTextsAlone() {
        Runners.one().withBean(MessageConverter.class, Words::new).run(context -> {
            MqttMessages messages = context.getBean(MqttMessages.class);
            assertThat(messages.toMqtt("a", READING, Qos.AT_LEAST_ONCE).text()).isEqualTo("hall 21.5");
            assertThat(messages.toMqtt("a", "text", Qos.AT_LEAST_ONCE).text()).isEqualTo("text");
        });
    }

    @Test
    void theMappingBacksOffFromOneOfTheApplication() {
        Runners.one()
                .withBean("mine", MqttMessages.class, MqttMessages::new)
                .run(context -> assertThat(context).getBean(MqttMessages.class).isSameAs(context.getBean("mine")));
    }
}
