package io.apsaramqtt.spring.listener;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.core.convert.ConversionService;
import org.springframework.messaging.converter.MessageConverter;
import org.springframework.messaging.handler.annotation.support.DefaultMessageHandlerMethodFactory;
import org.springframework.messaging.handler.annotation.support.MessageMethodArgumentResolver;
import org.springframework.messaging.handler.invocation.HandlerMethodArgumentResolver;
import org.springframework.validation.Validator;

/** Spring's own calls of listener methods, which take what only MQTT has, and empty payloads, too. Thread-safe. */
final class ListenerMethodFactory extends DefaultMessageHandlerMethodFactory {

    private final MessageConverter converter;

    ListenerMethodFactory(
            BeanFactory beans,
            MessageConverter converter,
            ConversionService conversion,
            @Nullable Validator validator) {
        this.converter = converter;
        setBeanFactory(beans);
        setConversionService(conversion);
        setMessageConverter(converter);
        setCustomArgumentResolvers(List.of(new ListenerArgument(conversion)));
        if (validator != null) {
            setValidator(validator);
        }
        afterPropertiesSet();
    }

    @Override
    protected List<HandlerMethodArgumentResolver> initArgumentResolvers() {
        List<HandlerMethodArgumentResolver> resolvers = new ArrayList<>(super.initArgumentResolvers());
        resolvers.replaceAll(
                known -> known instanceof MessageMethodArgumentResolver ? new WholeMessage(converter) : known);
        return resolvers;
    }

    /** A message of MQTT always has a payload, and an empty one may be a text: the converter says what it is. */
    private static final class WholeMessage extends MessageMethodArgumentResolver {

        WholeMessage(MessageConverter converter) {
            super(converter);
        }

        @Override
        protected boolean isEmptyPayload(@Nullable Object payload) {
            return payload == null;
        }
    }
}
