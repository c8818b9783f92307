package io.apsaramqtt.spring.listener;

import io.apsaramqtt.spring.MqttClients;
import io.apsaramqtt.spring.MqttListener;
import io.apsaramqtt.spring.MqttMessages;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.framework.AopInfrastructureBean;
import org.springframework.aop.framework.AopProxyUtils;
import org.springframework.aop.support.AopUtils;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.BeanFactoryAware;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.beans.factory.config.ConfigurableBeanFactory;
import org.springframework.core.MethodIntrospector;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.core.annotation.AnnotationUtils;
import org.springframework.core.convert.ConversionService;
import org.springframework.format.support.DefaultFormattingConversionService;
import org.springframework.util.ClassUtils;
import org.springframework.validation.Validator;

/**
 * Finds the {@link MqttListener} methods of all beans, and registers a container for each when all singletons are there, before
 * the clients connect. A bean that is made later has its listeners started then.
 *
 * <p>Thread-safe. Made by the auto-configuration.
 */
public final class MqttListenerAnnotationBeanPostProcessor
        implements BeanPostProcessor, SmartInitializingSingleton, BeanFactoryAware, Ordered {

    private final Function<String, MqttListenerSettings> settings;
    private final Set<Class<?>> without = ConcurrentHashMap.newKeySet();
    private final List<ListenerMethod> found = new ArrayList<>();
    private @Nullable ConfigurableBeanFactory beans;
    private @Nullable ContainerFactory factory;

    /** {@code settings} tells of a client, by name, what holds for its listeners; it is asked after all singletons are there. */
    public MqttListenerAnnotationBeanPostProcessor(Function<String, MqttListenerSettings> settings) {
        this.settings = settings;
    }

    @Override
    public void setBeanFactory(BeanFactory beanFactory) {
        beans = (ConfigurableBeanFactory) beanFactory;
    }

    /** After the proxies: a listener is called through them. */
    @Override
    public int getOrder() {
        return LOWEST_PRECEDENCE;
    }

    @Override
    public Object postProcessAfterInitialization(Object bean, String beanName) {
        Class<?> type = AopProxyUtils.ultimateTargetClass(bean);
        if (bean instanceof AopInfrastructureBean
                || without.contains(type)
                || !AnnotationUtils.isCandidateClass(type, MqttListener.class)) {
            return bean;
        }
        Map<Method, MqttListener> methods =
                MethodIntrospector.selectMethods(type, (MethodIntrospector.MetadataLookup<@Nullable MqttListener>)
                        method -> AnnotatedElementUtils.findMergedAnnotation(method, MqttListener.class));
        if (methods.isEmpty()) {
            without.add(type);
        }
        methods.forEach((method, annotation) -> add(beanName, bean, method, annotation));
        return bean;
    }

    private void add(String beanName, Object bean, Method method, MqttListener annotation) {
        ListenerMethod listener = new ListenerMethod(beanName, bean, invocable(method, bean), annotation);
        ContainerFactory ready;
        synchronized (found) {
            ready = factory;
            if (ready == null) {
                found.add(listener);
            }
        }
        if (ready != null) {
            register(listener, ready);
        }
    }

    private static Method invocable(Method method, Object bean) {
        try {
            return AopUtils.selectInvocableMethod(method, bean.getClass());
        } catch (IllegalStateException e) {
            throw new InvalidMqttListenerException(method, "cannot be called through its proxy: " + e.getMessage(), e);
        }
    }

    @Override
    public void afterSingletonsInstantiated() {
        List<ListenerMethod> all;
        synchronized (found) {
            all = List.copyOf(found);
        }
        if (all.isEmpty() && !hasClients()) {
            return;
        }
        ContainerFactory made = containerFactory();
        all.forEach(listener -> register(listener, made));
        synchronized (found) {
            factory = made;
        }
    }

    private boolean hasClients() {
        return beanFactory().getBeanProvider(MqttClients.class).getIfAvailable() != null;
    }

    private ContainerFactory containerFactory() {
        ConfigurableBeanFactory from = beanFactory();
        ConversionService conversion = from.getConversionService();
        return new ContainerFactory(
                from,
                from.getBean(MqttClients.class),
                from.getBean(MqttMessages.class),
                settings,
                conversion == null ? new DefaultFormattingConversionService() : conversion,
                from.getBeanProvider(Validator.class).getIfUnique());
    }

    private void register(ListenerMethod listener, ContainerFactory from) {
        MqttListenerContainer container = from.create(listener);
        try {
            beanFactory().getBean(MqttListenerRegistry.class).add(container);
        } catch (IllegalArgumentException e) {
            throw listener.invalid(String.valueOf(e.getMessage()));
        }
    }

    private ConfigurableBeanFactory beanFactory() {
        ConfigurableBeanFactory known = beans;
        if (known == null) {
            throw new IllegalStateException(ClassUtils.getShortName(getClass()) + " is not in a bean factory");
        }
        return known;
    }
}
