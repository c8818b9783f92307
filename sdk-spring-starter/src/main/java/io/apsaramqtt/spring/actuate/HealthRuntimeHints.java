package io.apsaramqtt.spring.actuate;

import org.jspecify.annotations.Nullable;
import org.springframework.aot.hint.MemberCategory;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;
import org.springframework.aot.hint.TypeReference;

/** What {@link HealthTypes} finds by name, for native images. Immutable. */
final class HealthRuntimeHints implements RuntimeHintsRegistrar {

    @Override
    public void registerHints(RuntimeHints hints, @Nullable ClassLoader classLoader) {
        HealthTypes.in(classLoader).ifPresent(types -> {
            hints.proxies().registerJdkProxy(TypeReference.of(types.home() + "HealthIndicator"));
            for (String name : HealthTypes.NAMES) {
                hints.reflection()
                        .registerType(TypeReference.of(types.home() + name), MemberCategory.INVOKE_PUBLIC_METHODS);
            }
        });
        hints.reflection().registerType(HealthFactory.class, MemberCategory.INVOKE_DECLARED_METHODS);
    }
}
