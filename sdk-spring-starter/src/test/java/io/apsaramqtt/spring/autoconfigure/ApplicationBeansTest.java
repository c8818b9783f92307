package io.apsaramqtt.spring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.apsaramqtt.ApsaraMqttException;
import io.apsaramqtt.authentication.Authentication;
import io.apsaramqtt.authentication.TokenProvider;
import io.apsaramqtt.client.ApsaraMqttClient;
import io.apsaramqtt.client.connection.ConnectFailedException;
import io.apsaramqtt.client.listener.ListenerOptions;
import io.apsaramqtt.credentials.AccessKey;
import io.apsaramqtt.credentials.CredentialsProvider;
import io.apsaramqtt.permission.EffectivePermissions;
import io.apsaramqtt.permission.PermissionDeniedException;
import io.apsaramqtt.permission.PermissionsListener;
import io.apsaramqtt.permission.VerdictListener;
import io.apsaramqtt.permission.source.PermissionSource;
import io.apsaramqtt.policy.Policy;
import io.apsaramqtt.spring.MqttEvent;
import io.apsaramqtt.spring.MqttTemplate;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.springframework.boot.actuate.audit.AuditEventRepository;
import org.springframework.boot.actuate.audit.InMemoryAuditEventRepository;
import org.springframework.boot.actuate.audit.listener.AuditListener;
import org.springframework.boot.ssl.DefaultSslBundleRegistry;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.boot.ssl.SslOptions;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.event.EventListener;

/** What is taken from beans of the application, and told to them. */
class ApplicationBeansTest {

    private static final Policy ALARMS = Policy.parse("alarms", """
            {"Version":"1","Statement":[
              {"Effect":"Allow","Action":"mq:PUB","Resource":"acs:mq:*:*:topic/post-cn-x/alarms"}]}
            """);

    private static ApplicationContextRunner denying() {
        return Runners.one().withBean(PermissionSource.class, () -> PermissionSource.fixed(ALARMS));
    }

    private record Details(List<String> endpoints) implements ApsaraMqttConnectionDetails {

        @Override
        public Optional<String> instanceId() {
            return Optional.of("post-cn-details");
        }

        @Override
        public Optional<CredentialsProvider> credentials() {
            return Optional.of(() -> {
                throw new ApsaraMqttException("asked the details");
            });
        }
    }

    @Test
    void connectionDetailsWinOverThePropertiesAndTheBeans() {
        Runners.one()
                .withBean(ApsaraMqttConnectionDetails.class, () -> new Details(List.of("tcp://127.0.0.1:7")))
                .withBean(CredentialsProvider.class, () -> CredentialsProvider.of(AccessKey.of("LTAI5tBean", "s")))
                .run(context -> {
                    ApsaraMqttClient client = context.getBean(ApsaraMqttClient.class);
                    assertThat(client.endpoint()).hasToString("tcp://127.0.0.1:7");
                    assertThatThrownBy(client::connect).hasMessageContaining("asked the details");
                });
    }

    @Test
    void anAuthenticationOfTheApplicationSigns() {
        Runners.one()
                .withBean(Authentication.class, () -> clientId -> {
                    throw new ApsaraMqttException("asked to sign " + clientId);
                })
                .run(context -> assertThatThrownBy(context.getBean(ApsaraMqttClient.class)::connect)
                        .hasMessageContaining("asked to sign GID_demo@@@device-1"));
    }

    @Test
    void aTokenProviderOfTheApplicationIsAskedForTokens() {
        Runners.one()
                .withBean(TokenProvider.class, () -> clientId -> {
                    throw new ApsaraMqttException("asked for tokens of " + clientId);
                })
                .run(context -> assertThatThrownBy(context.getBean(ApsaraMqttClient.class)::connect)
                        .hasMessageContaining("asked for tokens of GID_demo@@@device-1"));
    }

    static final class Heard {

        private final List<MqttEvent> events = new CopyOnWriteArrayList<>();

        @EventListener
        void on(MqttEvent event) {
            events.add(event);
        }
    }

    @Test
    void aDenialIsAnApplicationEventBesideTheListenersOfTheApplication() {
        AtomicInteger told = new AtomicInteger();
        denying()
                .withBean(Heard.class)
                .withBean("one", VerdictListener.class, () -> (operation, topic, verdict) -> told.incrementAndGet())
                .withBean("two", VerdictListener.class, () -> (operation, topic, verdict) -> told.incrementAndGet())
                .run(context -> {
                    MqttTemplate template = context.getBean(MqttTemplate.class);
                    assertThatThrownBy(() -> template.publish("billing/x", "1")).isNotNull();
                    assertThatThrownBy(() -> template.publish("alarms/x", "1")).isNotNull();
                    assertThat(told).hasValue(4);
                    assertThat(context.getBean(Heard.class).events)
                            .filteredOn(MqttEvent.PermissionDenied.class::isInstance)
                            .singleElement()
                            .isInstanceOfSatisfying(MqttEvent.PermissionDenied.class, denied -> {
                                assertThat(denied.client()).isEqualTo("default");
                                assertThat(denied.topic()).isEqualTo("billing/x");
                            });
                });
    }

    @Test
    void otherPermissionsAreAnApplicationEventBesideTheListenersOfTheApplication() {
        AtomicReference<PermissionSource> now = new AtomicReference<>(PermissionSource.fixed(ALARMS));
        AtomicInteger told = new AtomicInteger();
        Runners.one()
                .withBean(
                        PermissionSource.class,
                        () -> () -> Objects.requireNonNull(now.get()).load())
                .withBean(Heard.class)
                .withBean("failing", PermissionsListener.class, () -> (before, after) -> {
                    throw new IllegalStateException("planted");
                })
                .withBean("one", PermissionsListener.class, () -> (before, after) -> told.incrementAndGet())
                .withBean("two", PermissionsListener.class, () -> (before, after) -> told.incrementAndGet())
                .run(context -> {
                    ApsaraMqttClient client = context.getBean(ApsaraMqttClient.class);
                    client.permissions().explainPublish("alarms/x");
                    int before = told.get();
                    EffectivePermissions alarms = client.permissions().known().orElseThrow();
                    now.set(PermissionSource.fixed(Policy.system("AliyunMQFullAccess")));
                    client.refreshPermissions();
                    await().until(() -> {
                        client.permissions().explainPublish("alarms/x");
                        return told.get() == before + 2;
                    });
                    await().untilAsserted(() -> assertThat(context.getBean(Heard.class).events)
                            .filteredOn(MqttEvent.PermissionsChanged.class::isInstance)
                            .last()
                            .isEqualTo(new MqttEvent.PermissionsChanged(
                                    "default",
                                    alarms,
                                    client.permissions().known().orElseThrow())));
                });
    }

    @Test
    void aVerdictListenerThatFailsKeepsNothingFromTheOthers() {
        denying()
                .withBean(Heard.class)
                .withBean(VerdictListener.class, () -> (operation, topic, verdict) -> {
                    throw new IllegalStateException("planted");
                })
                .run(context -> {
                    assertThatThrownBy(() -> context.getBean(MqttTemplate.class).publish("billing/x", "1"))
                            .isInstanceOf(PermissionDeniedException.class);
                    assertThat(context.getBean(Heard.class).events)
                            .hasAtLeastOneElementOfType(MqttEvent.PermissionDenied.class);
                });
    }

    @Test
    void aDenialIsAnAuditEventWhereThereIsARepository() {
        denying()
                .withBean(AuditEventRepository.class, InMemoryAuditEventRepository::new)
                .withBean(AuditListener.class)
                .run(context -> {
                    assertThatThrownBy(() -> context.getBean(MqttTemplate.class).publish("billing/x", "1"))
                            .isNotNull();
                    assertThat(context.getBean(AuditEventRepository.class)
                                    .find("GID_demo@@@device-1", null, DenialAudit.TYPE))
                            .singleElement()
                            .satisfies(event -> assertThat(event.getData())
                                    .containsEntry("topic", "billing/x")
                                    .containsEntry("operation", "PUBLISH")
                                    .containsEntry("outcome", "IMPLICIT_DENY")
                                    .containsEntry("client", "default"));
                });
    }

    @Test
    void theAuditBacksOffFromABeanOfItsName() {
        Runners.one()
                .withBean(AuditEventRepository.class, InMemoryAuditEventRepository::new)
                .withBean("mqttDenialAudit", Object.class, Object::new)
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(DenialAudit.class));
    }

    @Test
    void withoutARepositoryOrActuatorNothingIsAudited() {
        Runners.one().run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(DenialAudit.class));
        Runners.one()
                .withClassLoader(new FilteredClassLoader("org.springframework.boot.actuate"))
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean("mqttDenialAudit"));
    }

    @Test
    void anSslBundleIsAskedAtEachConnectionSoThatItsUpdateCounts() throws Exception {
        SSLContext before = SSLContext.getInstance("TLS");
        SSLContext after = SSLContext.getInstance("TLS");
        DefaultSslBundleRegistry bundles = new DefaultSslBundleRegistry("mqtt", bundle(before));
        ApsaraMqttProperties.Ssl ssl = new ApsaraMqttProperties.Ssl("mqtt", true);
        var tls = NetworkSettings.tls(ssl, bundles).orElseThrow();
        assertThat(tls.context()).isSameAs(before);
        assertThat(tls.hostnamesVerified()).isTrue();
        assertThat(tls.protocols()).containsExactly("TLSv1.3");
        bundles.updateBundle("mqtt", bundle(after));
        assertThat(tls.context()).isSameAs(after);
    }

    private static SslBundle bundle(SSLContext context) {
        SslBundle bundle = mock(SslBundle.class);
        when(bundle.createSslContext()).thenReturn(context);
        when(bundle.getOptions()).thenReturn(SslOptions.of(null, new String[] {"TLSv1.3"}));
        return bundle;
    }

    @Test
    void hostNamesMayBeLeftUnverified() {
        assertThat(NetworkSettings.tls(new ApsaraMqttProperties.Ssl(null, false), null)
                        .orElseThrow()
                        .hostnamesVerified())
                .isFalse();
        assertThat(NetworkSettings.tls(new ApsaraMqttProperties.Ssl(null, true), null))
                .isEmpty();
    }

    @Test
    void anSslBundleThatDoesNotExistIsNamedByTheProperty() {
        Runners.one()
                .withPropertyValues("apsara.mqtt.ssl.bundle=missing")
                .withBean(SslBundles.class, DefaultSslBundleRegistry::new)
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .isInstanceOf(org.springframework.boot.ssl.NoSuchSslBundleException.class));
        Runners.one()
                .withPropertyValues("apsara.mqtt.ssl.bundle=missing")
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .isInstanceOf(MqttPropertyException.class)
                        .hasMessageContaining("there are no SSL bundles"));
    }

    @Test
    void theClientAsksTheBundleOfThePropertyAtEachConnection() {
        SslBundle bundle = mock(SslBundle.class);
        AtomicInteger asked = new AtomicInteger();
        when(bundle.getOptions()).thenReturn(SslOptions.NONE);
        when(bundle.createSslContext()).thenAnswer(question -> {
            asked.incrementAndGet();
            return SSLContext.getDefault();
        });
        Runners.one()
                .withPropertyValues(
                        "apsara.mqtt.endpoint=ssl://127.0.0.1:" + Ports.CLOSED, "apsara.mqtt.ssl.bundle=mqtt")
                .withBean(SslBundles.class, () -> new DefaultSslBundleRegistry("mqtt", bundle))
                .run(context -> {
                    ApsaraMqttClient client = context.getBean(ApsaraMqttClient.class);
                    assertThatThrownBy(client::connect).isInstanceOf(ConnectFailedException.class);
                    int first = asked.get();
                    assertThat(first).isPositive();
                    assertThatThrownBy(client::connect).isInstanceOf(ConnectFailedException.class);
                    assertThat(asked).hasValueGreaterThan(first);
                });
    }

    @Test
    void retriesAndDeadLettersAreProperties() {
        Runners.one()
                .withPropertyValues(
                        "apsara.mqtt.listener.retry.attempts=3",
                        "apsara.mqtt.listener.retry.min-delay=10ms",
                        "apsara.mqtt.listener.retry.max-delay=20ms",
                        "apsara.mqtt.listener.dead-letter-topic=dead/letters",
                        "apsara.mqtt.listener.concurrency=2")
                .run(context -> {
                    var settings = context.getBean(ClientFactory.class).listenerSettings("default");
                    assertThat(settings.options())
                            .isEqualTo(ListenerOptions.defaults()
                                    .withRetry(3, Duration.ofMillis(10), Duration.ofMillis(20))
                                    .withDeadLetterTopic(io.apsaramqtt.mqtt.TopicName.of("dead/letters")));
                    assertThat(settings.concurrency()).isEqualTo(2);
                });
    }
}
