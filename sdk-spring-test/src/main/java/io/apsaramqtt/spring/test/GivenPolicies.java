package io.apsaramqtt.spring.test;

import io.apsaramqtt.policy.MalformedPolicyException;
import io.apsaramqtt.policy.Policy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.springframework.core.io.Resource;
import org.springframework.core.io.ResourceLoader;

/** Reads the policies that a test names. Immutable. */
record GivenPolicies(ResourceLoader resources) {

    /**
     * The policies, each a document, the location of one, or the name of a system policy.
     *
     * @throws IllegalArgumentException if one is none of these
     * @throws MalformedPolicyException if a document is none
     */
    List<Policy> read(List<String> given) {
        return given.stream().map(this::read).toList();
    }

    private Policy read(String given) {
        String text = given.strip();
        if (text.startsWith("{")) {
            return Policy.parse("policy of the test", text);
        }
        return text.startsWith("Aliyun") ? Policy.system(text) : read(resources.getResource(text), given);
    }

    private static Policy read(Resource resource, String given) {
        if (!resource.isReadable()) {
            throw new IllegalArgumentException(
                    "Policy [" + given + "] of @EmbeddedApsaraMqttTest is not there. It must be"
                            + " a RAM policy document, the location of one such as classpath:policy.json, or the name of a system"
                            + " policy such as AliyunMQFullAccess");
        }
        try {
            return Policy.parse(given, resource.getContentAsString(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
