package io.apsaramqtt.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.AppenderBase;
import ch.qos.logback.core.filter.Filter;
import ch.qos.logback.core.spi.FilterReply;
import io.apsaramqtt.authentication.Authentication;
import io.apsaramqtt.authentication.SignedConnect;
import io.apsaramqtt.client.connection.Endpoint;
import io.apsaramqtt.client.runtime.ThreadRuntime;
import io.apsaramqtt.client.transport.ConnectPacket;
import io.apsaramqtt.credentials.AccessKey;
import io.apsaramqtt.credentials.CredentialsProvider;
import io.apsaramqtt.mqtt.ClientId;
import io.apsaramqtt.mqtt.Message;
import io.apsaramqtt.mqtt.MqttVersion;
import io.apsaramqtt.mqtt.Profile;
import io.apsaramqtt.permission.PermissionMode;
import io.apsaramqtt.permission.source.PermissionSource;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.LoggerFactory;

/** Searches all that the module says, of what goes well and of what does not, for what it must not say. */
class SecretsNeverShownIT {

    @RegisterExtension
    static final EmbeddedService SERVICE = EmbeddedService.closingConnections();

    private static final AccessKey WRONG = AccessKey.of(EmbeddedService.ACCOUNT.id(), "wrong-but-still-a-secret");
    private static final AccessKey TEMPORARY =
            AccessKey.temporary("STS.NVexampleTemporary", "temporary-secret", "temporary-token");
    private static final String PLAIN_PASSWORD = "plain-password-of-a-test";

    private final Queue<String> said = new ConcurrentLinkedQueue<>();
    private final Queue<String> pahoSaid = new ConcurrentLinkedQueue<>();
    private final ClientId clientId = EmbeddedService.newClientId();
    private final LoggerContext logback = (LoggerContext) LoggerFactory.getILoggerFactory();
    private final ch.qos.logback.classic.Logger root = logback.getLogger("ROOT");
    private final java.util.logging.Logger paho = java.util.logging.Logger.getLogger("org.eclipse.paho");

    private final AppenderBase<ILoggingEvent> appender = new AppenderBase<>() {
        @Override
        protected void append(ILoggingEvent event) {
            // HiveMQ sees what a broker must see; the SDK is what is searched.
            if (!event.getLoggerName().startsWith("com.hivemq")) {
                said.add(event.getFormattedMessage());
                said.add(Arrays.toString(event.getArgumentArray()));
                if (event.getThrowableProxy() != null) {
                    said.add(ThrowableProxyUtil.asString(event.getThrowableProxy()));
                }
            }
        }
    };

    private final Handler handler = new Handler() {
        @Override
        public void publish(LogRecord logged) {
            pahoSaid.add(logged.getMessage() + " " + Arrays.deepToString(logged.getParameters()));
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    @BeforeEach
    void listen() {
        appender.setContext(logback);
        appender.start();
        root.addAppender(appender);
        root.setLevel(Level.TRACE);
        // The console stays readable: it gets what it always gets.
        root.getAppender("CONSOLE").addFilter(new Filter<>() {
            @Override
            public FilterReply decide(ILoggingEvent event) {
                return FilterReply.DENY;
            }
        });
        handler.setLevel(java.util.logging.Level.ALL);
        paho.setLevel(java.util.logging.Level.ALL);
        paho.setUseParentHandlers(false);
        paho.addHandler(handler);
    }

    @AfterEach
    void stopListening() {
        root.setLevel(Level.WARN);
        root.getAppender("CONSOLE").clearAllFilters();
        root.detachAppender(appender);
        paho.removeHandler(handler);
        paho.setUseParentHandlers(true);
        paho.setLevel(null);
    }

    private void say(Object thing) {
        said.add(String.valueOf(thing));
        if (thing instanceof Throwable failure) {
            StringWriter trace = new StringWriter();
            failure.printStackTrace(new PrintWriter(trace));
            said.add(trace.toString());
        }
    }

    private void sayFailure(ThrowingCallable call) {
        Throwable failure = catchThrowable(call);
        assertThat(failure).isNotNull();
        say(failure);
    }

    private ApsaraMqttClientBuilder builder(MqttVersion version) {
        return SERVICE.builder(version).clientId(clientId);
    }

    @ParameterizedTest
    @EnumSource
    void nothingThatIsSaidHoldsASecret(MqttVersion version) {
        RotatingKey key = new RotatingKey(EmbeddedService.USER);
        Connections connections = new Connections();
        ApsaraMqttClientBuilder builder = builder(version)
                .credentials(key)
                .permissions(PermissionSource.fixed(EmbeddedService.ALARMS_ONLY))
                .connectionListener(connections);
        say(builder);
        try (ApsaraMqttClient client = SERVICE.connected(builder)) {
            say(client);
            client.subscribe("alarms/#", message -> {
                say(message);
                throw new IllegalStateException("of a test");
            });
            client.publish("alarms/a", "x");
            sayFailure(() -> client.publish("billing/a", "x"));
            sayFailure(() -> client.publish("billing/#", "x"));
            sayFailure(() -> client.subscribe("billing/#", message -> {}));
            say(client.permissions().explainPublish("billing/a"));
            key.set(WRONG);
            SERVICE.broker().disconnect(clientId);
            await().until(() -> !connections.failures().isEmpty());
            connections.losses().forEach(this::say);
            connections.failures().forEach(this::say);
            sayFailure(() -> client.publish("alarms/a", "x"));
        }
        for (PermissionMode mode : List.of(PermissionMode.OFF, PermissionMode.WARN)) {
            try (ApsaraMqttClient client = SERVICE.connected(builder(version)
                    .credentials(CredentialsProvider.of(EmbeddedService.USER))
                    .permissions(PermissionSource.fixed(EmbeddedService.ALARMS_ONLY))
                    .permissionMode(mode))) {
                sayFailure(() -> client.publish("billing/a", "x"));
            }
        }
        for (ApsaraMqttClientBuilder failing : List.of(
                builder(version).credentials(CredentialsProvider.of(WRONG)),
                builder(version).credentials(CredentialsProvider.of(TEMPORARY)),
                builder(version).instanceId("post-cn-nowhere"),
                builder(version).endpoint("ssl://127.0.0.1:" + SERVICE.broker().port()),
                builder(version).endpoint("tcp://no-such-host.invalid"),
                builder(version)
                        .profile(Profile.GENERIC)
                        .authentication(Authentication.plain("user", PLAIN_PASSWORD)))) {
            try (ApsaraMqttClient client =
                    failing.connectTimeout(Duration.ofSeconds(5)).build()) {
                sayFailure(client::connect);
                say(client);
            }
        }
        sayFailure(() -> Endpoint.parse("tcp://user:" + PLAIN_PASSWORD + "@h"));
        sayFailure(() -> Endpoint.parse("tcp://user:" + PLAIN_PASSWORD + "@my_broker"));
        SignedConnect signed = sign(EmbeddedService.USER);
        say(signed);
        say(new ConnectPacket(
                signed, Duration.ofSeconds(1), Duration.ofSeconds(1), true, Duration.ZERO, 1, Message.of("a", "b")));
        say(new ThreadRuntime("a"));
        say(CredentialsProvider.of(EmbeddedService.USER));
        say(Authentication.signature(EmbeddedService.INSTANCE, CredentialsProvider.of(EmbeddedService.USER)));
        say(Authentication.plain("user", PLAIN_PASSWORD));

        assertThat(said).hasSizeGreaterThan(100);
        assertThat(said).anyMatch(line -> line.startsWith("Connected to ["));
        assertThat(pahoSaid).hasSizeGreaterThan(100);
        List<String> secrets = secrets();
        assertThat(said).allSatisfy(line -> assertThat(line).doesNotContain(secrets));
        assertThat(pahoSaid).allSatisfy(line -> assertThat(line).doesNotContain(secrets));
        // An AccessKey ID is no secret, but the SDK masks it; Paho's own trace tells the user name.
        List<String> ids = List.of(EmbeddedService.ACCOUNT.id(), EmbeddedService.USER.id(), TEMPORARY.id());
        assertThat(said).allSatisfy(line -> assertThat(line).doesNotContain(ids));
    }

    private SignedConnect sign(AccessKey accessKey) {
        return Authentication.signature(EmbeddedService.INSTANCE, CredentialsProvider.of(accessKey))
                .sign(clientId);
    }

    /** Each secret, each password made of one, and their common disguises. */
    private List<String> secrets() {
        List<String> secrets = new ArrayList<>(List.of(TEMPORARY.secret(), "temporary-token", PLAIN_PASSWORD));
        for (AccessKey accessKey : List.of(EmbeddedService.ACCOUNT, EmbeddedService.USER, WRONG)) {
            secrets.add(accessKey.secret());
            secrets.add(sign(accessKey).password().orElseThrow());
        }
        List.copyOf(secrets)
                .forEach(secret ->
                        secrets.add(Base64.getEncoder().encodeToString(secret.getBytes(StandardCharsets.UTF_8))));
        return secrets;
    }
}
