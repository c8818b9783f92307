package io.apsaramqtt.spring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.apsaramqtt.spring.MqttListener;
import java.util.List;
import java.util.Objects;
import java.util.ResourceBundle;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.aot.hint.ExecutableHint;
import org.springframework.aot.hint.ExecutableMode;
import org.springframework.aot.hint.MemberCategory;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;
import org.springframework.aot.hint.TypeReference;
import org.springframework.aot.hint.annotation.ReflectiveRuntimeHintsRegistrar;
import org.springframework.aot.hint.predicate.RuntimeHintsPredicates;
import org.springframework.beans.factory.aot.AotServices;
import org.springframework.util.ClassUtils;

/** What a native image of an application is told. */
class RuntimeHintsTest {

    private static final ClassLoader LOADER = RuntimeHintsTest.class.getClassLoader();

    private final RuntimeHints hints = new RuntimeHints();

    @BeforeEach
    void collect() {
        // As Spring finds them, those of its own included.
        AotServices.factories(LOADER)
                .load(RuntimeHintsRegistrar.class)
                .forEach(registrar -> registrar.registerHints(hints, LOADER));
    }

    @Test
    void everyProviderOfAServiceCanBeMade() {
        for (String service : ClientRuntimeHints.SERVICES) {
            List<String> providers = ClientRuntimeHints.providers(service, LOADER);
            assertThat(providers).as(service).isNotEmpty().allSatisfy(this::canBeMade);
            assertThat(RuntimeHintsPredicates.resource().forResource("META-INF/services/" + service))
                    .accepts(hints);
        }
    }

    @Test
    void whatPahoLooksForByNameIsThere() {
        assertThat(ClientRuntimeHints.NAMED).allSatisfy(this::canBeMade);
        assertThat(ClientRuntimeHints.BUNDLES).allSatisfy(bundle -> {
            assertThat(ResourceBundle.getBundle(bundle)).isNotNull();
            assertThat(RuntimeHintsPredicates.resource().forBundle(bundle)).accepts(hints);
        });
    }

    @Test
    void systemPoliciesAreThere() {
        String policy = "io/apsaramqtt/policy/system/AliyunMQFullAccess.json";
        assertThat(LOADER.getResource(policy)).isNotNull();
        assertThat(RuntimeHintsPredicates.resource().forResource(policy)).accepts(hints);
    }

    @Test
    void theHealthTypesOfThisSpringBootCanBeCalled() {
        String home = ClassUtils.isPresent("org.springframework.boot.health.contributor.Health", LOADER)
                ? "org.springframework.boot.health.contributor."
                : "org.springframework.boot.actuate.health.";
        assertThat(RuntimeHintsPredicates.proxies().forInterfaces(TypeReference.of(home + "HealthIndicator")))
                .accepts(hints);
        for (String name : List.of("Health", "Health$Builder", "CompositeHealthContributor")) {
            assertThat(RuntimeHintsPredicates.reflection()
                            .onType(TypeReference.of(home + name))
                            .withMemberCategory(MemberCategory.INVOKE_PUBLIC_METHODS))
                    .as(name)
                    .accepts(hints);
        }
        assertThat(RuntimeHintsPredicates.reflection()
                        .onType(TypeReference.of("io.apsaramqtt.spring.actuate.HealthFactory"))
                        .withMemberCategory(MemberCategory.INVOKE_DECLARED_METHODS))
                .accepts(hints);
    }

    @Test
    void aListenerMethodCanBeCalled() {
        new ReflectiveRuntimeHintsRegistrar().registerRuntimeHints(hints, Thermometer.class);
        // Spring 6 and 7 have different predicates for methods.
        assertThat(Objects.requireNonNull(hints.reflection().getTypeHint(Thermometer.class))
                        .methods())
                .extracting(ExecutableHint::getName, ExecutableHint::getMode)
                .containsExactly(tuple("on", ExecutableMode.INVOKE));
    }

    private void canBeMade(String type) {
        Class<?> known = ClassUtils.resolveClassName(type, LOADER);
        assertThat(RuntimeHintsPredicates.reflection()
                        .onType(known)
                        .withMemberCategory(MemberCategory.INVOKE_DECLARED_CONSTRUCTORS))
                .as(type)
                .accepts(hints);
    }

    static final class Thermometer {

        @MqttListener(topics = "a")
        void on(String text) {}
    }
}
