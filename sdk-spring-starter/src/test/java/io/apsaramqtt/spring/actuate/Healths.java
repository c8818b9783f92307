package io.apsaramqtt.spring.actuate;

import java.util.Map;
import java.util.Objects;
import org.springframework.context.ApplicationContext;
import org.springframework.expression.spel.standard.SpelExpressionParser;
import org.springframework.util.ReflectionUtils;

/** Reads the health of Spring Boot 3 and 4 alike, which have it in different packages. */
final class Healths {

    private Healths() {}

    /** Of the only client. */
    static ClientHealth ofOnly(ApplicationContext context) {
        return read(context.getBean(HealthRegistrar.CONTRIBUTOR), "health()");
    }

    /** Of the only client, as who may not see details asks for it. */
    static ClientHealth ofOnlyWithoutDetails(ApplicationContext context) {
        Object contributor = context.getBean(HealthRegistrar.CONTRIBUTOR);
        // Spring Boot 3 calls it getHealth.
        boolean isOfBoot3 = ReflectionUtils.findMethod(contributor.getClass(), "getHealth", boolean.class) != null;
        return read(contributor, isOfBoot3 ? "getHealth(false)" : "health(false)");
    }

    /** Of one of several clients. */
    static ClientHealth of(ApplicationContext context, String client) {
        return read(context.getBean(HealthRegistrar.CONTRIBUTOR), "getContributor('" + client + "').health()");
    }

    /** What the health endpoint says at this path. */
    static String statusAt(ApplicationContext context, String path) {
        return value(context.getBean("healthEndpoint"), "healthForPath('" + path + "').status.code", String.class);
    }

    @SuppressWarnings("unchecked")
    static ClientHealth read(Object from, String health) {
        return new ClientHealth(
                value(from, health + ".status.code", String.class), value(from, health + ".details", Map.class));
    }

    private static <T> T value(Object from, String expression, Class<T> type) {
        return Objects.requireNonNull(
                new SpelExpressionParser().parseExpression(expression).getValue(from, type), expression);
    }
}
