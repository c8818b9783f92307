package io.apsaramqtt.spring.autoconfigure;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.aot.hint.MemberCategory;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;
import org.springframework.aot.hint.TypeReference;
import org.springframework.util.ClassUtils;

/** What the client finds by name at run time, for native images: its engines, what Paho loads, the system policies. Immutable. */
final class ClientRuntimeHints implements RuntimeHintsRegistrar {

    static final List<String> SERVICES = List.of(
            "io.apsaramqtt.client.transport.TransportProvider",
            "org.eclipse.paho.client.mqttv3.spi.NetworkModuleFactory",
            "org.eclipse.paho.mqttv5.client.spi.NetworkModuleFactory");
    static final List<String> NAMED = List.of(
            "org.eclipse.paho.client.mqttv3.logging.JSR47Logger",
            "org.eclipse.paho.client.mqttv3.internal.ResourceBundleCatalog",
            "org.eclipse.paho.mqttv5.client.logging.JSR47Logger",
            "org.eclipse.paho.mqttv5.client.internal.ResourceBundleCatalog");
    static final List<String> BUNDLES = List.of(
            "org.eclipse.paho.client.mqttv3.internal.nls.logcat",
            "org.eclipse.paho.client.mqttv3.internal.nls.messages",
            "org.eclipse.paho.mqttv5.client.internal.nls.logcat",
            "org.eclipse.paho.mqttv5.common.nls.messages");

    @Override
    public void registerHints(RuntimeHints hints, @Nullable ClassLoader classLoader) {
        ClassLoader loader = classLoader == null ? ClientRuntimeHints.class.getClassLoader() : classLoader;
        for (String service : SERVICES) {
            hints.resources().registerPattern(file(service));
            providers(service, loader).forEach(provider -> constructed(hints, provider));
        }
        NAMED.stream().filter(name -> ClassUtils.isPresent(name, loader)).forEach(name -> constructed(hints, name));
        BUNDLES.forEach(hints.resources()::registerResourceBundle);
        hints.resources().registerPattern("io/apsaramqtt/policy/system/*.json");
    }

    private static void constructed(RuntimeHints hints, String type) {
        hints.reflection().registerType(TypeReference.of(type), MemberCategory.INVOKE_DECLARED_CONSTRUCTORS);
    }

    private static String file(String service) {
        return "META-INF/services/" + service;
    }

    static List<String> providers(String service, ClassLoader loader) {
        List<String> providers = new ArrayList<>();
        try {
            for (URL file : Collections.list(loader.getResources(file(service)))) {
                try (BufferedReader lines =
                        new BufferedReader(new InputStreamReader(file.openStream(), StandardCharsets.UTF_8))) {
                    lines.lines()
                            .map(String::strip)
                            .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                            .forEach(providers::add);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return providers;
    }
}
