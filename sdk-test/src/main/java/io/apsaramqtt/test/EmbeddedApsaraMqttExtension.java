package io.apsaramqtt.test;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives a JUnit Jupiter test class an {@link EmbeddedApsaraMqtt}: opens it before the first test, clears its events before
 * each, closes it after the last, and hands it to parameters of its type. Works with Jupiter 5.12 and 6.
 *
 * <pre>{@code
 * @RegisterExtension
 * static final EmbeddedApsaraMqttExtension BROKER =
 *         EmbeddedApsaraMqttExtension.of(EmbeddedApsaraMqtt.builder().group("GID_demo").account(KEY));
 *
 * @Test
 * void publishes(EmbeddedApsaraMqtt broker) { ... }
 * }</pre>
 *
 * <p>With {@code @ExtendWith(EmbeddedApsaraMqttExtension.class)} the instance is the builder's default. In a field that is
 * not static, each test has an instance of its own.
 *
 * <p>Not thread-safe: tests that run at the same time would clear each other's events.
 */
public final class EmbeddedApsaraMqttExtension
        implements BeforeAllCallback, BeforeEachCallback, AfterEachCallback, AfterAllCallback, ParameterResolver {

    private final EmbeddedApsaraMqttBuilder builder;
    private @Nullable EmbeddedApsaraMqtt broker;
    private @Nullable String openedFor;

    /** An instance with all defaults. */
    public EmbeddedApsaraMqttExtension() {
        this(EmbeddedApsaraMqtt.builder());
    }

    private EmbeddedApsaraMqttExtension(EmbeddedApsaraMqttBuilder builder) {
        this.builder = builder;
    }

    /** The instance that {@code builder} builds. */
    public static EmbeddedApsaraMqttExtension of(EmbeddedApsaraMqttBuilder builder) {
        return new EmbeddedApsaraMqttExtension(builder);
    }

    /** The instance; throws {@link IllegalStateException} before the first test and after the last. */
    public EmbeddedApsaraMqtt broker() {
        EmbeddedApsaraMqtt open = broker;
        if (open == null) {
            throw new IllegalStateException("No embedded instance is open; ask for it in a test or a @Before method");
        }
        return open;
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        open(context);
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        open(context).events().clear();
    }

    @Override
    public void afterEach(ExtensionContext context) {
        close(context);
    }

    @Override
    public void afterAll(ExtensionContext context) {
        close(context);
    }

    /** A nested test class finds the instance open, and leaves it so. */
    private EmbeddedApsaraMqtt open(ExtensionContext context) {
        EmbeddedApsaraMqtt open = broker;
        if (open == null) {
            open = builder.start();
            broker = open;
            openedFor = context.getUniqueId();
        }
        return open;
    }

    private void close(ExtensionContext context) {
        EmbeddedApsaraMqtt open = broker;
        if (open != null && context.getUniqueId().equals(openedFor)) {
            broker = null;
            open.close();
        }
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == EmbeddedApsaraMqtt.class;
    }

    /** The instance. A constructor of a test class gets it only from a static extension: nothing is open before. */
    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return broker();
    }
}
