package io.apsaramqtt.spring.actuate;

import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.BeanClassLoaderAware;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.context.annotation.ImportBeanDefinitionRegistrar;
import org.springframework.core.type.AnnotationMetadata;

/** Registers the health contributor with the type that the Spring Boot that is there looks for. Not thread-safe. */
final class HealthRegistrar implements ImportBeanDefinitionRegistrar, BeanClassLoaderAware {

    /** Spring Boot calls a contributor by its bean, without the end of the name: {@code apsaraMqtt}. */
    static final String CONTRIBUTOR = "apsaraMqttHealthContributor";

    static final String FACTORY = "apsaraMqttHealthFactory";

    private @Nullable ClassLoader loader;

    @Override
    public void setBeanClassLoader(ClassLoader classLoader) {
        loader = classLoader;
    }

    @Override
    public void registerBeanDefinitions(AnnotationMetadata importing, BeanDefinitionRegistry registry) {
        HealthTypes.in(loader).ifPresent(types -> {
            RootBeanDefinition contributor = new RootBeanDefinition();
            contributor.setTargetType(types.contributor());
            contributor.setFactoryBeanName(FACTORY);
            contributor.setFactoryMethodName("contributor");
            registry.registerBeanDefinition(CONTRIBUTOR, contributor);
        });
    }
}
