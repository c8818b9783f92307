package io.apsaramqtt.policy;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The system policies of MQ, read once from resources that carry version, date and source in a comment. */
final class SystemPolicies {

    private static final List<String> NAMES =
            List.of("AliyunMQFullAccess", "AliyunMQPubOnlyAccess", "AliyunMQSubOnlyAccess", "AliyunMQReadOnlyAccess");

    private static final Map<String, Policy> POLICIES =
            NAMES.stream().collect(Collectors.toUnmodifiableMap(Function.identity(), SystemPolicies::load));

    private SystemPolicies() {}

    static boolean contains(String name) {
        return POLICIES.containsKey(name);
    }

    static List<String> names() {
        return NAMES;
    }

    static Policy get(String name) {
        Policy policy = POLICIES.get(name);
        if (policy == null) {
            throw new IllegalArgumentException("System policy [" + name + "] is not known here; known are " + NAMES
                    + ". Give its document instead");
        }
        return policy;
    }

    private static Policy load(String name) {
        try (InputStream in = SystemPolicies.class.getResourceAsStream("system/" + name + ".json")) {
            if (in == null) {
                throw new IllegalStateException("Resource [system/" + name + ".json] is missing from the jar");
            }
            return PolicyDocumentReader.read(name, new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
