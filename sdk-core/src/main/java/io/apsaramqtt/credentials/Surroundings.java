package io.apsaramqtt.credentials;

import io.apsaramqtt.credentials.VariablesCredentialsProvider.Variables;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where providers look: the environment, the system properties, and by them the home directory. Looked at anew at each
 * question.
 */
record Surroundings(Variables environment, Variables properties) {

    static Surroundings ofTheProcess() {
        return new Surroundings(System::getenv, System::getProperty);
    }

    /** The environment variable {@code name}; one that is blank counts as not set. */
    Optional<String> variable(String name) {
        return Optional.ofNullable(environment.get(name)).map(String::strip).filter(value -> !value.isEmpty());
    }

    boolean isTrue(String name) {
        return variable(name).filter("true"::equalsIgnoreCase).isPresent();
    }

    /** A path below the home directory. */
    Path home(String more) {
        String home = properties.get("user.home");
        return Path.of(home == null ? "" : home, more);
    }
}
