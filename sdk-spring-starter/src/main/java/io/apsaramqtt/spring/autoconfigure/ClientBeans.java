package io.apsaramqtt.spring.autoconfigure;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.annotation.BeanFactoryAnnotationUtils;

/**
 * Beans of the application for its clients. One that has the name of a client, as bean name or qualifier, is for that client
 * alone; any other is for all. Immutable.
 *
 * @param beans all beans
 * @param clients the names of the clients
 */
record ClientBeans(ListableBeanFactory beans, Collection<String> clients) {

    /** The bean for {@code client}: its own, or the one for all. Throws NoUniqueBeanDefinitionException if there are more. */
    <T> Optional<T> one(Class<T> type, String client) {
        Map<String, T> own = BeanFactoryAnnotationUtils.qualifiedBeansOfType(beans, type, client);
        if (own.size() == 1) {
            return Optional.of(own.values().iterator().next());
        }
        Map<String, T> shared = forAll(type);
        if (shared.size() == 1) {
            return Optional.of(shared.values().iterator().next());
        }
        return shared.isEmpty()
                ? Optional.empty()
                : Optional.ofNullable(beans.getBeanProvider(type).getIfAvailable());
    }

    /** All beans for {@code client}, in their order. */
    <T> List<T> all(Class<T> type, String client) {
        Map<String, T> own = BeanFactoryAnnotationUtils.qualifiedBeansOfType(beans, type, client);
        Map<String, T> shared = forAll(type);
        return beans.getBeanProvider(type)
                .orderedStream()
                .filter(bean -> own.containsValue(bean) || shared.containsValue(bean))
                .toList();
    }

    private <T> Map<String, T> forAll(Class<T> type) {
        Map<String, T> shared = new LinkedHashMap<>(beans.getBeansOfType(type));
        clients.forEach(name -> BeanFactoryAnnotationUtils.qualifiedBeansOfType(beans, type, name)
                .keySet()
                .forEach(shared::remove));
        return shared;
    }
}
