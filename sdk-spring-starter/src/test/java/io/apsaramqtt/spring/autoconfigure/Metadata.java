package io.apsaramqtt.spring.autoconfigure;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** The configuration metadata that the build made. */
final class Metadata {

    private Metadata() {}

    /** Each property by its name. */
    @SuppressWarnings("unchecked")
    static Map<String, Map<String, Object>> properties() {
        List<Map<String, Object>> properties =
                (List<Map<String, Object>>) Objects.requireNonNull(parse().get("properties"));
        return properties.stream()
                .collect(Collectors.toMap(each -> String.valueOf(each.get("name")), Function.identity()));
    }

    /** The values that are offered for each property, by its name. */
    @SuppressWarnings("unchecked")
    static Map<String, List<String>> hints() {
        List<Map<String, Object>> hints = (List<Map<String, Object>>) Objects.requireNonNull(parse().get("hints"));
        return hints.stream()
                .collect(Collectors.toMap(
                        hint -> String.valueOf(hint.get("name")),
                        hint -> ((List<Map<String, Object>>) Objects.requireNonNull(hint.get("values")))
                                .stream()
                                        .map(value -> String.valueOf(value.get("value")))
                                        .toList()));
    }

    private static Map<String, Object> parse() {
        // By way of the class' own location: Spring's jars have metadata of the same name.
        URL classes =
                ApsaraMqttProperties.class.getProtectionDomain().getCodeSource().getLocation();
        try (InputStream json = new URL(classes, "META-INF/spring-configuration-metadata.json").openStream()) {
            return JsonMapper.shared().readValue(json, new TypeReference<>() {});
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
