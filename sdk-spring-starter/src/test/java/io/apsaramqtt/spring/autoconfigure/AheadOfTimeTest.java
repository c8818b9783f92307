package io.apsaramqtt.spring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import io.apsaramqtt.client.ApsaraMqttClient;
import io.apsaramqtt.spring.MqttClients;
import io.apsaramqtt.spring.MqttListener;
import io.apsaramqtt.spring.MqttTemplate;
import io.apsaramqtt.spring.listener.MqttListenerContainer;
import io.apsaramqtt.spring.listener.MqttListenerRegistry;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.springframework.aot.test.generate.TestGenerationContext;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.aot.ApplicationContextAotGenerator;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.test.tools.CompileWithForkedClassLoader;
import org.springframework.core.test.tools.TestCompiler;
import org.springframework.javapoet.ClassName;

/** The application as Spring makes it ready for a native image: no condition and no registrar runs when it starts. */
@CompileWithForkedClassLoader
class AheadOfTimeTest {

    private static final String[] PROPERTIES = {
        "apsara.mqtt.endpoint=tcp://127.0.0.1:" + Ports.CLOSED,
        "apsara.mqtt.group-id=GID_demo",
        "apsara.mqtt.instance-id=post-cn-x",
        "apsara.mqtt.connect-on-start=off",
        "apsara.mqtt.credentials.access-key-id=LTAI5tAhead",
        "apsara.mqtt.credentials.access-key-secret=secret"
    };

    private static final String[] TWO = {
        "apsara.mqtt.clients.default.device-id=one", "apsara.mqtt.clients.telemetry.device-id=two"
    };

    @FunctionalInterface
    private interface Started {

        void check(GenericApplicationContext context) throws Exception;
    }

    private static void ahead(String[] more, Started started) {
        new ApplicationContextRunner()
                .withUserConfiguration(Application.class)
                .withPropertyValues(PROPERTIES)
                .withPropertyValues(more)
                .prepare(prepared -> {
                    TestGenerationContext generated = new TestGenerationContext(AheadOfTimeTest.class);
                    ClassName initializer = new ApplicationContextAotGenerator()
                            .processAheadOfTime(
                                    (GenericApplicationContext) prepared.getSourceApplicationContext(), generated);
                    generated.writeGeneratedContent();
                    TestCompiler.forSystem()
                            .with(generated)
                            .compile(compiled -> start(
                                    compiled.getInstance(ApplicationContextInitializer.class, initializer.toString()),
                                    more,
                                    started));
                });
    }

    @SuppressWarnings("unchecked")
    private static void start(ApplicationContextInitializer<?> initializer, String[] more, Started started) {
        try (GenericApplicationContext context = new GenericApplicationContext()) {
            TestPropertyValues.of(PROPERTIES).and(more).applyTo(context);
            ((ApplicationContextInitializer<GenericApplicationContext>) initializer).initialize(context);
            context.refresh();
            started.check(context);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void theOnlyClientItsTemplateAndItsListenerAreThere() {
        ahead(new String[] {"apsara.mqtt.device-id=device-1"}, context -> {
            assertThat(context.getBean(ApsaraMqttClient.class).clientId()).hasToString("GID_demo@@@device-1");
            assertThat(context.getBeansOfType(MqttTemplate.class)).hasSize(1);
            assertThat(context.getBean(MqttListenerRegistry.class).containers())
                    .extracting(MqttListenerContainer::client)
                    .containsExactly("default");
        });
    }

    @Test
    void severalClientsKeepTheirQualifiersAndWhichIsPrimary() {
        ahead(TWO, context -> {
            assertThat(context.getBean(MqttClients.class).primary()).contains("default");
            assertThat(context.getBean(ApsaraMqttClient.class).clientId()).hasToString("GID_demo@@@one");
            assertThat(context.getBean("injected"))
                    .isEqualTo(List.of(
                            context.getBean("defaultMqttClient"),
                            context.getBean("telemetryMqttClient"),
                            context.getBean("telemetryMqttTemplate")));
            assertThat(context.getBean("telemetryMqttClient", ApsaraMqttClient.class)
                            .clientId())
                    .hasToString("GID_demo@@@two");
            assertThat(context.getBeansOfType(ClientLifecycle.class))
                    .containsOnlyKeys("defaultMqttClientLifecycle", "telemetryMqttClientLifecycle");
        });
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Application {

        @Bean
        Listener listener() {
            return new Listener();
        }

        @Bean
        List<Object> injected(
                ApsaraMqttClient primary,
                @Qualifier("telemetry") Optional<ApsaraMqttClient> telemetry,
                @Qualifier("telemetry") Optional<MqttTemplate> template) {
            return telemetry.isPresent() && template.isPresent()
                    ? List.of(primary, telemetry.get(), template.get())
                    : List.of(primary);
        }
    }

    static class Listener {

        @MqttListener(topics = "alarms/#")
        void on(String ignored) {}
    }
}
