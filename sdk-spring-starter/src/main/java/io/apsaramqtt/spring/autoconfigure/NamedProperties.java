package io.apsaramqtt.spring.autoconfigure;

import io.apsaramqtt.spring.MqttClients;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.PropertySourcesPlaceholdersResolver;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.ConfigurationPropertyState;
import org.springframework.boot.convert.ApplicationConversionService;
import org.springframework.core.env.Environment;

/** The properties of each client: those under {@code clients.<name>}, and for all else those outside. Immutable. */
final class NamedProperties {

    private static final ConfigurationPropertyName PREFIX = ConfigurationPropertyName.of("apsara.mqtt");
    private static final String CLIENTS = "apsara.mqtt.clients";

    private final Environment environment;
    private final ApplicationConversionService conversion = new ApplicationConversionService();

    NamedProperties(Environment environment) {
        this.environment = environment;
        conversion.addConverter(new MqttVersionConverter());
    }

    /** The names under {@code clients}; empty where there is but one client, which has no name. */
    Set<String> names() {
        return new LinkedHashSet<>(Binder.get(environment)
                .bind(CLIENTS, Bindable.mapOf(String.class, Object.class))
                .orElse(Map.of())
                .keySet());
    }

    /** What holds for each client; {@link MqttClients#DEFAULT} is the name of one that has none. */
    Map<String, ApsaraMqttProperties> byClient() {
        Set<String> names = names();
        Map<String, ApsaraMqttProperties> clients = new LinkedHashMap<>();
        for (String name : names.isEmpty() ? Set.of(MqttClients.DEFAULT) : names) {
            clients.put(name, bind(name, "apsara.mqtt", ApsaraMqttProperties.class));
        }
        return clients;
    }

    /**
     * What holds for the client {@code name}, bound from {@code prefix}, which begins with {@code apsara.mqtt}. What stands outside
     * holds for a client that the application made itself.
     */
    <T> T bind(String name, String prefix, Class<T> type) {
        List<ConfigurationPropertySource> sources = new ArrayList<>();
        Iterable<ConfigurationPropertySource> all = ConfigurationPropertySources.get(environment);
        if (names().contains(name)) {
            // A name is what the user wrote, such as nightShift, which is not in the form that of() asks for.
            ConfigurationPropertyName root = ConfigurationPropertyName.adapt(CLIENTS + "." + name, '.');
            all.forEach(source -> sources.add(new Outside(source, root)));
        }
        all.forEach(sources::add);
        return new Binder(sources, new PropertySourcesPlaceholdersResolver(environment), conversion)
                .bindOrCreate(prefix, Bindable.of(type));
    }

    /** Shows the properties under {@code root} as if they stood under {@link #PREFIX}. */
    private record Outside(ConfigurationPropertySource source, ConfigurationPropertyName root)
            implements ConfigurationPropertySource {

        @Override
        public @Nullable ConfigurationProperty getConfigurationProperty(ConfigurationPropertyName name) {
            if (!PREFIX.isAncestorOf(name)) {
                return null;
            }
            ConfigurationProperty property = source.getConfigurationProperty(inside(name));
            return property == null ? null : new ConfigurationProperty(name, property.getValue(), property.getOrigin());
        }

        @Override
        public ConfigurationPropertyState containsDescendantOf(ConfigurationPropertyName name) {
            return PREFIX.equals(name) || PREFIX.isAncestorOf(name)
                    ? source.containsDescendantOf(inside(name))
                    : ConfigurationPropertyState.ABSENT;
        }

        private ConfigurationPropertyName inside(ConfigurationPropertyName name) {
            return PREFIX.equals(name) ? root : root.append(name.subName(PREFIX.getNumberOfElements()));
        }
    }
}
