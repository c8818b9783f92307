package io.apsaramqtt.credentials;

import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** An AccessKey in two or three named variables: of the environment, or of the system properties. */
final class VariablesCredentialsProvider implements CredentialsProvider {

    /** Reads a variable by its name; null if it is not set. */
    @FunctionalInterface
    interface Variables {
        @Nullable
        String get(String name);
    }

    private final String source;
    private final String idName;
    private final String secretName;
    private final String tokenName;
    private final Variables variables;

    private VariablesCredentialsProvider(
            String source, String idName, String secretName, String tokenName, Variables variables) {
        this.source = source;
        this.idName = idName;
        this.secretName = secretName;
        this.tokenName = tokenName;
        this.variables = variables;
    }

    static VariablesCredentialsProvider environment(Variables variables) {
        return new VariablesCredentialsProvider(
                "environment",
                "ALIBABA_CLOUD_ACCESS_KEY_ID",
                "ALIBABA_CLOUD_ACCESS_KEY_SECRET",
                "ALIBABA_CLOUD_SECURITY_TOKEN",
                variables);
    }

    static VariablesCredentialsProvider systemProperties(Variables variables) {
        // The official SDKs let the older spelling of the secret's property win where both are set.
        UnaryOperator<String> legacy = name -> "alibabacloud.accessKeySecret".equals(name)
                        && isPresent(variables.get("alibabacloud.accessKeyIdSecret"))
                ? "alibabacloud.accessKeyIdSecret"
                : name;
        return new VariablesCredentialsProvider(
                "system properties",
                "alibabacloud.accessKeyId",
                "alibabacloud.accessKeySecret",
                "alibabacloud.sessionToken",
                name -> variables.get(legacy.apply(name)));
    }

    @Override
    public AccessKey resolve() {
        String id = require(idName);
        String secret = require(secretName);
        String token = variables.get(tokenName);
        return token == null || token.isBlank()
                ? AccessKey.of(id, secret)
                : AccessKey.temporary(id, secret, token.strip());
    }

    private String require(String name) {
        String value = variables.get(name);
        if (value == null || value.isBlank()) {
            throw CredentialsException.of(source, name + (value == null ? " is not set" : " is set but empty"));
        }
        // A line break at the end, as a file read into a variable leaves it, would sign wrongly without a word.
        return value.strip();
    }

    private static boolean isPresent(@Nullable String value) {
        return value != null && !value.isBlank();
    }

    @Override
    public String toString() {
        return "CredentialsProvider[" + source + "]";
    }
}
