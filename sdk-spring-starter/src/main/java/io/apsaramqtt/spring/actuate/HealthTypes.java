package io.apsaramqtt.spring.actuate;

import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.util.ClassUtils;
import org.springframework.util.ReflectionUtils;

/**
 * The health types of the Spring Boot that is there. Boot 4 has those of Boot 3 under the same names in another package and
 * another artifact; the artifact of Boot 3 cannot stand beside its own version 4 when this is compiled, so none is named here.
 * Immutable.
 *
 * @param home the package, with a dot at its end
 * @param loader of the types
 */
record HealthTypes(String home, @Nullable ClassLoader loader) {

    /** Of Boot 4, and of Boot 3. */
    static final List<String> HOMES =
            List.of("org.springframework.boot.health.contributor.", "org.springframework.boot.actuate.health.");

    /** All that are asked for by name. */
    static final List<String> NAMES =
            List.of("HealthContributor", "HealthIndicator", "CompositeHealthContributor", "Health", "Health$Builder");

    /** The types that {@code loader} has, if any. */
    static Optional<HealthTypes> in(@Nullable ClassLoader loader) {
        return HOMES.stream()
                .filter(home -> ClassUtils.isPresent(home + "HealthIndicator", loader))
                .findFirst()
                .map(home -> new HealthTypes(home, loader));
    }

    /** What is registered as a bean. */
    Class<?> contributor() {
        return type("HealthContributor");
    }

    /** A HealthIndicator that asks {@code health} each time. */
    Object indicator(Supplier<ClientHealth> health) {
        return Proxy.newProxyInstance(loader, new Class<?>[] {type("HealthIndicator")}, (proxy, method, arguments) -> {
            if (method.getReturnType() == type("Health")) {
                return health(health.get(), arguments == null || Boolean.TRUE.equals(arguments[0]));
            }
            return switch (method.getName()) {
                case "equals" -> proxy == arguments[0];
                case "hashCode" -> System.identityHashCode(proxy);
                default -> "HealthIndicator of a client of ApsaraMQ for MQTT";
            };
        });
    }

    /** A CompositeHealthContributor of these indicators. */
    Object composite(Map<String, Object> indicators) {
        return call(method("CompositeHealthContributor", "fromMap", Map.class), null, indicators);
    }

    private Object health(ClientHealth health, boolean withDetails) {
        Object builder = call(method("Health", "status", String.class), null, health.status());
        if (withDetails) {
            call(method("Health$Builder", "withDetails", Map.class), builder, health.details());
        }
        return call(method("Health$Builder", "build"), builder);
    }

    private Class<?> type(String name) {
        return ClassUtils.resolveClassName(home + name, loader);
    }

    private Method method(String type, String name, Class<?>... parameters) {
        return ClassUtils.getMethod(type(type), name, parameters);
    }

    private static Object call(Method method, @Nullable Object target, Object... arguments) {
        return Objects.requireNonNull(ReflectionUtils.invokeMethod(method, target, arguments), method.getName());
    }
}
