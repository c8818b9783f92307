package io.apsaramqtt.spring.autoconfigure;

import io.apsaramqtt.advice.LeastPrivilege;
import io.apsaramqtt.authentication.Authentication;
import io.apsaramqtt.authentication.TokenProvider;
import io.apsaramqtt.client.ApsaraMqttClient;
import io.apsaramqtt.client.ApsaraMqttClientBuilder;
import io.apsaramqtt.client.connection.ConnectionListener;
import io.apsaramqtt.credentials.CredentialsProvider;
import io.apsaramqtt.mqtt.TopicName;
import io.apsaramqtt.permission.PermissionsListener;
import io.apsaramqtt.permission.VerdictListener;
import io.apsaramqtt.permission.source.PermissionSource;
import io.apsaramqtt.spring.ApsaraMqttClientCustomizer;
import io.apsaramqtt.spring.MqttClients;
import io.apsaramqtt.spring.MqttMessages;
import io.apsaramqtt.spring.MqttTemplate;
import io.apsaramqtt.spring.listener.MqttInstrumentation;
import io.apsaramqtt.spring.listener.MqttListenerSettings;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.boot.system.JavaVersion;
import org.springframework.context.ApplicationContext;
import org.springframework.core.env.Environment;
import org.springframework.core.task.VirtualThreadTaskExecutor;

/**
 * Makes clients and what belongs to each, by name: from the properties, over them the connection details, over them the beans of
 * the application, and last its customizers. Thread-safe.
 */
final class ClientFactory {

    private final ApplicationContext context;
    private final NamedProperties properties;
    private final ClientBeans beans;
    private final Map<String, ApsaraMqttClient> made = new ConcurrentHashMap<>();

    ClientFactory(ApplicationContext context) {
        this.context = context;
        this.properties = new NamedProperties(context.getEnvironment());
        Set<String> names = properties.names();
        // The context itself does not tell which bean has which qualifier.
        ListableBeanFactory all = (ListableBeanFactory) context.getAutowireCapableBeanFactory();
        this.beans = new ClientBeans(all, names.isEmpty() ? Set.of(MqttClients.DEFAULT) : names);
    }

    /** Not connected yet: the lifecycle does that, so that creating beans never waits for the network. */
    ApsaraMqttClient client(String name) {
        ApsaraMqttProperties given = properties(name);
        ApsaraMqttClientBuilder builder = ClientSettings.builder(given);
        NetworkSettings.tls(
                        given.ssl(), context.getBeanProvider(SslBundles.class).getIfAvailable())
                .ifPresent(builder::tls);
        if (isVirtual(context.getEnvironment())) {
            builder.threads(new VirtualThreadTaskExecutor("apsara-mqtt-" + name + "-").getVirtualThreadFactory());
        }
        ClientEvents events = new ClientEvents(name, context);
        CredentialsProvider credentials =
                new WatchedCredentials(credentials(name, given), events::credentialsRefreshed);
        builder.credentials(credentials);
        PermissionSettings.ram(given.permissions(), credentials).ifPresent(builder::permissions);
        applyBeans(name, given, builder);
        listen(name, events, builder);
        beans.all(ApsaraMqttClientCustomizer.class, name).forEach(each -> each.customize(name, builder));
        ApsaraMqttClient client = ClientSettings.build(builder);
        requireOwnClientId(name, client);
        made.put(name, client);
        return client;
    }

    private CredentialsProvider credentials(String name, ApsaraMqttProperties given) {
        return beans.one(ApsaraMqttConnectionDetails.class, name)
                .flatMap(ApsaraMqttConnectionDetails::credentials)
                .or(() -> beans.one(CredentialsProvider.class, name))
                .or(() -> ClientSettings.credentials(given.credentials()))
                .orElseGet(CredentialsProvider::defaultChain);
    }

    private void applyBeans(String name, ApsaraMqttProperties given, ApsaraMqttClientBuilder builder) {
        beans.one(TokenProvider.class, name).ifPresent(builder::tokens);
        beans.one(Authentication.class, name).ifPresent(builder::authentication);
        beans.one(PermissionSource.class, name).ifPresent(builder::permissions);
        beans.one(ApsaraMqttConnectionDetails.class, name).ifPresent(details -> {
            ClientSettings.endpoints(details.endpoints(), builder);
            details.instanceId().ifPresent(id -> builder.instance(ClientSettings.instance(id, given)));
            details.permissions().ifPresent(builder::permissions);
        });
    }

    private void listen(String name, ClientEvents events, ApsaraMqttClientBuilder builder) {
        List<ConnectionListener> connection = new ArrayList<>(beans.all(ConnectionListener.class, name));
        connection.add(events);
        builder.connectionListener(new ConnectionListeners(connection));
        List<PermissionsListener> permissions = new ArrayList<>(beans.all(PermissionsListener.class, name));
        permissions.add(events);
        Everybody<PermissionsListener> changed = new Everybody<>(permissions);
        builder.permissionsListener((before, after) -> changed.tell(each -> each.changed(before, after)));
        List<VerdictListener> verdicts = new ArrayList<>(beans.all(VerdictListener.class, name));
        verdicts.add(events);
        verdicts.add(MqttInstrumentation.of(context).checking(name));
        Everybody<VerdictListener> checked = new Everybody<>(verdicts);
        builder.verdictListener(
                (operation, topic, verdict) -> checked.tell(each -> each.checked(operation, topic, verdict)));
    }

    private static boolean isVirtual(Environment environment) {
        return environment.getProperty("spring.threads.virtual.enabled", Boolean.class, false)
                && JavaVersion.getJavaVersion().isEqualOrNewerThan(JavaVersion.TWENTY_ONE);
    }

    private void requireOwnClientId(String name, ApsaraMqttClient client) {
        made.forEach((other, existing) -> {
            if (existing.clientId().equals(client.clientId())
                    && existing.endpoint().equals(client.endpoint())) {
                client.close();
                throw new MqttPropertyException(
                        "clients." + name + ".device-id",
                        "makes the client ID [" + client.clientId() + "], which client [" + other
                                + "] has on the same broker: they would take the connection away from each other. Give each"
                                + " client a device ID of its own");
            }
        });
    }

    ApsaraMqttProperties properties(String name) {
        return properties.bind(name, "apsara.mqtt", ApsaraMqttProperties.class);
    }

    MqttListenerSettings listenerSettings(String name) {
        return properties
                .bind(name, "apsara.mqtt.listener", MqttListenerProperties.class)
                .settings();
    }

    /** The topics that the client publishes to, as the properties say. */
    List<TopicName> publishTopics(String name) {
        List<String> topics = properties(name).publishTopics();
        return topics == null
                ? List.of()
                : topics.stream()
                        .map(topic -> MqttPropertyException.naming("publish-topics", topic, TopicName::of))
                        .toList();
    }

    /** Whether the client is to connect, which reads them anyway, or has them in a file: nobody else is asked without need. */
    boolean readsPermissionsAtStart(String name) {
        ApsaraMqttProperties given = properties(name);
        boolean others = beans.one(PermissionSource.class, name).isPresent()
                || beans.one(ApsaraMqttConnectionDetails.class, name)
                        .flatMap(ApsaraMqttConnectionDetails::permissions)
                        .isPresent();
        return given.connectOnStart() != ApsaraMqttProperties.ConnectOnStart.OFF
                || (given.permissions().policyFile() != null && !others);
    }

    /** For which instance and group the client asks; empty if the properties do not know the instance. */
    Optional<LeastPrivilege> leastPrivilege(String name) {
        ApsaraMqttProperties given = properties(name);
        return beans.one(ApsaraMqttConnectionDetails.class, name)
                .flatMap(ApsaraMqttConnectionDetails::instanceId)
                .or(() -> Optional.ofNullable(given.instanceId()))
                .map(id -> PermissionSettings.leastPrivilege(
                        ClientSettings.instance(id, given),
                        given.permissions(),
                        clients().get(name).clientId()));
    }

    MqttTemplate template(String name) {
        return template(name, clients().get(name));
    }

    /** The template of a client, which the application may have made itself: it goes by the name of its bean then. */
    MqttTemplate templateOf(ApsaraMqttClient client) {
        String name = clients().all().entrySet().stream()
                .filter(entry -> entry.getValue() == client)
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse(MqttClients.DEFAULT);
        return template(name, client);
    }

    private MqttTemplate template(String name, ApsaraMqttClient client) {
        return properties
                .bind(name, "apsara.mqtt.template", MqttTemplateProperties.class)
                .applyTo(new MqttTemplate(
                        MqttInstrumentation.of(context).publishing(name, client), context.getBean(MqttMessages.class)));
    }

    ClientLifecycle lifecycle(String name) {
        return new ClientLifecycle(clients().get(name), properties(name).connectOnStart());
    }

    private MqttClients clients() {
        return context.getBean(MqttClients.class);
    }

    /** All clients of the application: those made here by their own names, others by their bean names. */
    MqttClients all() {
        Map<String, ApsaraMqttClient> named = new LinkedHashMap<>();
        String primary = null;
        ApsaraMqttClient preferred =
                context.getBeanProvider(ApsaraMqttClient.class).getIfUnique();
        for (Map.Entry<String, ApsaraMqttClient> bean :
                context.getBeansOfType(ApsaraMqttClient.class).entrySet()) {
            String name = nameOf(bean.getValue(), bean.getKey());
            named.put(name, bean.getValue());
            primary = bean.getValue() == preferred ? name : primary;
        }
        return new MqttClients(named, primary);
    }

    private String nameOf(ApsaraMqttClient client, String beanName) {
        return made.entrySet().stream()
                .filter(entry -> entry.getValue() == client)
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse(beanName);
    }
}
