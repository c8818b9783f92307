package io.apsaramqtt.spring.permission;

import io.apsaramqtt.ApsaraMqttException;
import io.apsaramqtt.mqtt.TopicName;
import io.apsaramqtt.spring.MqttClients;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.framework.autoproxy.AutoProxyUtils;
import org.springframework.aop.scope.ScopedProxyUtils;
import org.springframework.beans.BeansException;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.config.EmbeddedValueResolver;
import org.springframework.core.MethodIntrospector;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.core.annotation.AnnotationUtils;

/** Finds {@link PublishesTo} on the classes and methods of all beans, without making a bean. Immutable. */
record PublishDeclarations(ConfigurableListableBeanFactory beans, MqttClients clients) {

    /** What is declared, by client. Throws {@link InvalidPublishesToException}. */
    Map<String, List<Declaration>> find() {
        Map<String, List<Declaration>> found = new LinkedHashMap<>();
        for (String name : beans.getBeanNamesForType(Object.class, true, false)) {
            Class<?> type =
                    ScopedProxyUtils.isScopedTarget(name) ? null : AutoProxyUtils.determineTargetClass(beans, name);
            if (type != null && AnnotationUtils.isCandidateClass(type, PublishesTo.class) && !isOfSpring(type)) {
                inside(type, found);
            }
        }
        return found;
    }

    private static boolean isOfSpring(Class<?> type) {
        return type.getName().startsWith("org.springframework.");
    }

    private void inside(Class<?> type, Map<String, List<Declaration>> found) {
        PublishesTo ofClass = AnnotatedElementUtils.findMergedAnnotation(type, PublishesTo.class);
        if (ofClass != null) {
            add(ofClass, type.getName(), found);
        }
        Map<Method, PublishesTo> methods =
                MethodIntrospector.selectMethods(type, (MethodIntrospector.MetadataLookup<@Nullable PublishesTo>)
                        method -> AnnotatedElementUtils.findMergedAnnotation(method, PublishesTo.class));
        methods.forEach((method, annotation) -> add(annotation, type.getName() + "." + method.getName() + "()", found));
    }

    private void add(PublishesTo annotation, String declaredBy, Map<String, List<Declaration>> found) {
        List<Declaration> ofClient = found.computeIfAbsent(client(annotation, declaredBy), name -> new ArrayList<>());
        Arrays.stream(annotation.value())
                .map(text -> topic(text, declaredBy))
                .map(topic -> Declaration.publish(topic, declaredBy))
                .forEach(ofClient::add);
    }

    private String client(PublishesTo annotation, String declaredBy) {
        String given = resolved(annotation.client(), declaredBy);
        if (given.isEmpty()) {
            return clients.primary()
                    .orElseThrow(() -> new InvalidPublishesToException(
                            declaredBy,
                            "does not say of which client: there are "
                                    + clients.all().keySet() + "; write client = \"...\"",
                            null));
        }
        try {
            clients.get(given);
            return given;
        } catch (IllegalArgumentException e) {
            throw new InvalidPublishesToException(
                    declaredBy, "names a client that does not exist: " + e.getMessage(), e);
        }
    }

    private TopicName topic(String text, String declaredBy) {
        try {
            return TopicName.of(resolved(text, declaredBy));
        } catch (InvalidPublishesToException e) {
            throw e;
        } catch (ApsaraMqttException e) {
            throw new InvalidPublishesToException(declaredBy, "has a topic that is none: " + e.getMessage(), e);
        }
    }

    private String resolved(String text, String declaredBy) {
        try {
            String value = new EmbeddedValueResolver(beans).resolveStringValue(text);
            return value == null ? "" : value;
        } catch (IllegalArgumentException | BeansException e) {
            throw new InvalidPublishesToException(
                    declaredBy, "says [" + text + "], which cannot be resolved: " + e.getMessage(), e);
        }
    }
}
