package io.apsaramqtt.test;

import io.apsaramqtt.permission.Grants;
import io.apsaramqtt.permission.source.PermissionSource;
import io.apsaramqtt.policy.Policy;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/** The options of {@link LocalBroker}. */
record LocalBrokerOptions(int port, String instanceId, List<String> groups, Optional<Path> policyFile) {

    static final String HELP = """
            A local broker that behaves as ApsaraMQ for MQTT does, for development.

            Options:
              --port NUMBER    port at 127.0.0.1, 0 for any free one (default 1883)
              --instance ID    instance ID (default post-cn-local)
              --group ID       a group that exists; may be given several times (default GID_local)
              --policy FILE    RAM policies of the user behind the AccessKey (default: everything is allowed)
              --help           this text

            The AccessKey is taken from ALIBABA_CLOUD_ACCESS_KEY_ID and ALIBABA_CLOUD_ACCESS_KEY_SECRET; without
            them one is made up and printed.""";

    /** Throws {@link IllegalArgumentException} that names the wrong option and what is allowed. */
    static LocalBrokerOptions parse(String... args) {
        int port = 1883;
        String instanceId = "post-cn-local";
        List<String> groups = new ArrayList<>();
        Optional<Path> policyFile = Optional.empty();
        Iterator<String> words = List.of(args).iterator();
        while (words.hasNext()) {
            String option = words.next();
            switch (option) {
                case "--port" -> port = port(value(option, words));
                case "--instance" -> instanceId = value(option, words);
                case "--group" -> groups.add(value(option, words));
                case "--policy" -> policyFile = Optional.of(Path.of(value(option, words)));
                default ->
                    throw new IllegalArgumentException("Option [" + option
                            + "] does not exist; allowed are --port, --instance, --group, --policy and --help");
            }
        }
        return new LocalBrokerOptions(
                port, instanceId, groups.isEmpty() ? List.of("GID_local") : List.copyOf(groups), policyFile);
    }

    static boolean isHelp(String... args) {
        return List.of(args).contains("--help");
    }

    private static String value(String option, Iterator<String> words) {
        String value = words.hasNext() ? words.next() : "";
        if (value.isBlank() || value.startsWith("--")) {
            throw new IllegalArgumentException("Option [" + option + "] lacks its value; see --help");
        }
        return value;
    }

    private static int port(String value) {
        try {
            int port = Integer.parseInt(value);
            if (port >= 0 && port <= 65_535) {
                return port;
            }
        } catch (NumberFormatException e) {
            // Said below, as for a number out of range.
        }
        throw new IllegalArgumentException("Port [" + value + "] is no port; allowed are 0 (any free one) to 65535");
    }

    /**
     * The policies in the file, empty if none was given.
     *
     * @throws io.apsaramqtt.ApsaraMqttException if the file cannot be read or holds no policies
     */
    Optional<List<Policy>> readPolicies() {
        return policyFile
                .map(file -> PermissionSource.file(file).load().grants())
                .map(grants -> ((Grants.Policies) grants).layers().account().policies());
    }
}
