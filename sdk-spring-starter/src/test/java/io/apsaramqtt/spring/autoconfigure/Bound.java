package io.apsaramqtt.spring.autoconfigure;

import java.util.Map;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/** Properties as Spring Boot binds them. */
final class Bound {

    private Bound() {}

    static ApsaraMqttProperties properties(Map<String, ?> values) {
        return new Binder(new MapConfigurationPropertySource(values))
                .bindOrCreate("apsara.mqtt", Bindable.of(ApsaraMqttProperties.class));
    }
}
