package io.apsaramqtt.spring.autoconfigure;

import io.apsaramqtt.client.ApsaraMqttClient;
import io.apsaramqtt.spring.MqttClients;
import io.apsaramqtt.spring.MqttTemplate;
import java.util.Set;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.support.AutowireCandidateQualifier;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.context.annotation.ImportBeanDefinitionRegistrar;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotationMetadata;

/**
 * Registers a client, a template and a lifecycle for each name under {@code apsara.mqtt.clients}, with the name as qualifier.
 * The client {@code default} is the primary one.
 */
final class ClientRegistrar implements ImportBeanDefinitionRegistrar {

    static final String FACTORY = "apsaraMqttClientFactory";

    private final Set<String> names;

    ClientRegistrar(Environment environment) {
        this.names = new NamedProperties(environment).names();
    }

    @Override
    public void registerBeanDefinitions(AnnotationMetadata importing, BeanDefinitionRegistry registry) {
        boolean ownTemplates = registry instanceof ListableBeanFactory beans
                && beans.getBeanNamesForType(MqttTemplate.class, true, false).length > 0;
        for (String name : names) {
            RootBeanDefinition client = definition(name, ApsaraMqttClient.class, "client");
            client.setDestroyMethodName("close");
            registry.registerBeanDefinition(name + "MqttClient", client);
            registry.registerBeanDefinition(
                    name + "MqttClientLifecycle", definition(name, ClientLifecycle.class, "lifecycle"));
            if (!ownTemplates) {
                registry.registerBeanDefinition(
                        name + "MqttTemplate", definition(name, MqttTemplate.class, "template"));
            }
        }
    }

    private static RootBeanDefinition definition(String name, Class<?> type, String method) {
        RootBeanDefinition definition = new RootBeanDefinition();
        definition.setTargetType(type);
        definition.setFactoryBeanName(FACTORY);
        definition.setFactoryMethodName(method);
        definition.getConstructorArgumentValues().addIndexedArgumentValue(0, name);
        definition.addQualifier(new AutowireCandidateQualifier(Qualifier.class, name));
        definition.setPrimary(name.equals(MqttClients.DEFAULT));
        return definition;
    }
}
