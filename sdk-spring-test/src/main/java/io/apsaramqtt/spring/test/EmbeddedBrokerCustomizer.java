package io.apsaramqtt.spring.test;

import io.apsaramqtt.credentials.AccessKey;
import io.apsaramqtt.policy.Policy;
import io.apsaramqtt.spring.autoconfigure.ApsaraMqttConnectionDetails;
import io.apsaramqtt.test.EmbeddedApsaraMqtt;
import io.apsaramqtt.test.EmbeddedApsaraMqttBuilder;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.support.AutowireCandidateQualifier;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.test.context.ContextCustomizer;
import org.springframework.test.context.MergedContextConfiguration;

/**
 * Puts an embedded instance into the application context for each instance ID of its clients, and the details of a connection to
 * it for each client. Immutable.
 *
 * @param policies as in {@link EmbeddedApsaraMqttTest#policy()}
 */
record EmbeddedBrokerCustomizer(List<String> policies) implements ContextCustomizer {

    private static final String BEAN = "embeddedApsaraMqtt";

    @Override
    public void customizeContext(ConfigurableApplicationContext context, MergedContextConfiguration merged) {
        BeanDefinitionRegistry registry = (BeanDefinitionRegistry) context.getBeanFactory();
        List<Policy> granted = new GivenPolicies(context).read(policies);
        List<ConfiguredClient> clients = ConfiguredClient.all(context);
        Map<String, Set<String>> groups = new LinkedHashMap<>();
        clients.forEach(client -> groups.computeIfAbsent(client.instanceId(), id -> new LinkedHashSet<>())
                .add(client.groupId()));
        Map<String, String> beans = new LinkedHashMap<>();
        groups.forEach((instanceId, groupIds) -> {
            String name = beans.isEmpty() ? BEAN : BEAN + "-" + instanceId;
            RootBeanDefinition broker =
                    new RootBeanDefinition(EmbeddedApsaraMqtt.class, () -> start(instanceId, groupIds, granted));
            broker.setDestroyMethodName("close");
            broker.setPrimary(beans.isEmpty());
            registry.registerBeanDefinition(name, broker);
            beans.put(instanceId, name);
        });
        clients.forEach(client -> {
            String broker = beans.getOrDefault(client.instanceId(), BEAN);
            RootBeanDefinition details = new RootBeanDefinition(
                    ApsaraMqttConnectionDetails.class,
                    () -> new EmbeddedConnectionDetails(context.getBean(broker, EmbeddedApsaraMqtt.class), granted));
            details.setRole(BeanDefinition.ROLE_INFRASTRUCTURE);
            details.addQualifier(new AutowireCandidateQualifier(Qualifier.class, client.name()));
            registry.registerBeanDefinition(BEAN + "ConnectionDetails-" + client.name(), details);
        });
    }

    private static EmbeddedApsaraMqtt start(String instanceId, Set<String> groups, List<Policy> granted) {
        EmbeddedApsaraMqttBuilder builder = EmbeddedApsaraMqtt.builder().instanceId(instanceId);
        groups.forEach(builder::group);
        AccessKey key = AccessKey.of("LTAI5tEmbeddedUser", UUID.randomUUID().toString());
        return granted.isEmpty()
                ? builder.account(key).start()
                : builder.user(key, granted.toArray(Policy[]::new)).start();
    }
}
