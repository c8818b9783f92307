package io.apsaramqtt.spring.listener;

import io.apsaramqtt.ApsaraMqttException;
import io.apsaramqtt.client.ApsaraMqttClient;
import io.apsaramqtt.client.listener.ListenerGate;
import io.apsaramqtt.client.listener.ListenerOptions;
import io.apsaramqtt.mqtt.TopicName;
import io.apsaramqtt.spring.MqttClients;
import io.apsaramqtt.spring.MqttListener;
import io.apsaramqtt.spring.MqttListenerErrorHandler;
import io.apsaramqtt.spring.MqttMessages;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.framework.AopProxyUtils;
import org.springframework.beans.BeansException;
import org.springframework.beans.factory.config.ConfigurableBeanFactory;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.core.convert.ConversionService;
import org.springframework.messaging.converter.CompositeMessageConverter;
import org.springframework.messaging.handler.annotation.SendTo;
import org.springframework.validation.Validator;

/** Makes containers of listener methods, and refuses those that could never work. Thread-safe. */
final class ContainerFactory {

    private final ConfigurableBeanFactory beans;
    private final MqttInstrumentation instrumentation;
    private final Expressions expressions;
    private final MqttClients clients;
    private final MqttMessages messages;
    private final Function<String, MqttListenerSettings> settings;
    private final ConversionService conversion;
    private final ListenerMethodFactory methods;

    ContainerFactory(
            ConfigurableBeanFactory beans,
            MqttClients clients,
            MqttMessages messages,
            Function<String, MqttListenerSettings> settings,
            ConversionService conversion,
            @Nullable Validator validator) {
        this.beans = beans;
        this.instrumentation = MqttInstrumentation.of(beans);
        this.expressions = new Expressions(beans);
        this.clients = clients;
        this.messages = messages;
        this.settings = settings;
        this.conversion = conversion;
        this.methods = new ListenerMethodFactory(beans, messages.converter(), conversion, validator);
    }

    /** Throws {@link InvalidMqttListenerException}. */
    MqttListenerContainer create(ListenerMethod listener) {
        MqttListener annotation = listener.annotation();
        List<TopicTemplate> topics = topics(listener, annotation.topics());
        new ListenerCheck(listener, topics, conversion, convertsMore()).check();
        String clientName = clientName(listener);
        ApsaraMqttClient client = client(listener, clientName);
        MqttListenerSettings defaults = settings.apply(clientName);
        String name = InvalidMqttListenerException.describe(listener.method());
        String id = id(listener);
        List<TopicName> replyTopics = replyTopics(listener);
        ListenerInvocation target = new ListenerInvocation(
                methods.createInvocableHandlerMethod(listener.bean(), listener.method()),
                topics,
                annotation.ackMode(),
                messages,
                named(listener, annotation.errorHandler(), MqttListenerErrorHandler.class, null),
                new Replies(name, instrumentation.publishing(clientName, client), messages, replyTopics));
        ListenerOptions options = named(listener, annotation.options(), ListenerOptions.class, defaults.options());
        return new MqttListenerContainer(
                new MqttListenerContainer.Definition(
                        id,
                        name,
                        clientName,
                        client,
                        topics.stream().map(TopicTemplate::filter).toList(),
                        annotation.qos(),
                        listener.method().getReturnType() == void.class ? List.of() : replyTopics,
                        defaults.autoStartup() && autoStartup(listener)),
                instrumentation.receiving(clientName, id, target),
                gate(listener, annotation.concurrency() == 0 ? defaults.concurrency() : annotation.concurrency()),
                options == null ? defaults.options() : options);
    }

    private boolean convertsMore() {
        return messages.converter() instanceof CompositeMessageConverter all
                && all.getConverters().size() > 2;
    }

    private List<TopicTemplate> topics(ListenerMethod listener, String... texts) {
        List<TopicTemplate> topics = expressions.all(listener, texts).stream()
                .map(text -> parsed(listener, "topic", text, TopicTemplate::parse))
                .toList();
        if (topics.isEmpty()) {
            throw listener.invalid("has no topics; give it at least one");
        }
        return topics;
    }

    private List<TopicName> replyTopics(ListenerMethod listener) {
        SendTo sendTo = sendTo(listener);
        return sendTo == null
                ? List.of()
                : expressions.all(listener, sendTo.value()).stream()
                        .map(text -> parsed(listener, "@SendTo topic", text, TopicName::of))
                        .toList();
    }

    /** That of the method, else that of its class; as Spring's own listeners have it. */
    private static @Nullable SendTo sendTo(ListenerMethod listener) {
        SendTo own = AnnotatedElementUtils.findMergedAnnotation(listener.method(), SendTo.class);
        Class<?> type = AopProxyUtils.ultimateTargetClass(listener.bean());
        return own == null ? AnnotatedElementUtils.findMergedAnnotation(type, SendTo.class) : own;
    }

    private static <T> T parsed(ListenerMethod listener, String what, String text, Function<String, T> parser) {
        try {
            return parser.apply(text);
        } catch (ApsaraMqttException | IllegalArgumentException e) {
            throw listener.invalid("has a " + what + " that is none: " + e.getMessage(), e);
        }
    }

    private String clientName(ListenerMethod listener) {
        String given = expressions.text(listener, listener.annotation().client());
        return given.isEmpty()
                ? clients.primary()
                        .orElseThrow(() -> listener.invalid("does not say of which client: there are "
                                + clients.all().keySet() + "; write client = \"...\""))
                : given;
    }

    private ApsaraMqttClient client(ListenerMethod listener, String name) {
        try {
            return clients.get(name);
        } catch (IllegalArgumentException e) {
            throw listener.invalid("names a client that does not exist: " + e.getMessage(), e);
        }
    }

    private String id(ListenerMethod listener) {
        String given = expressions.text(listener, listener.annotation().id());
        return given.isEmpty() ? listener.beanName() + "." + listener.method().getName() : given;
    }

    private boolean autoStartup(ListenerMethod listener) {
        String text = expressions.text(listener, listener.annotation().autoStartup());
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw listener.invalid("has autoStartup [" + text + "]; allowed are true and false");
        };
    }

    private static ListenerGate gate(ListenerMethod listener, int concurrency) {
        if (concurrency < 0) {
            throw listener.invalid("has concurrency [" + concurrency + "]; allowed are 1 and more, or 0 for no limit");
        }
        return concurrency == 0 ? ListenerGate.open() : ListenerGate.of(concurrency);
    }

    private <T> @Nullable T named(ListenerMethod listener, String name, Class<T> type, @Nullable T otherwise) {
        String resolved = expressions.text(listener, name);
        try {
            if (!resolved.isEmpty()) {
                return beans.getBean(resolved, type);
            }
            T only = beans.getBeanProvider(type).getIfUnique();
            return only == null ? otherwise : only;
        } catch (BeansException e) {
            throw listener.invalid(
                    "names a bean [" + resolved + "] of type " + type.getSimpleName() + " that cannot be had: "
                            + Stream.of(e.getMessage()).findFirst().orElse(""),
                    e);
        }
    }
}
