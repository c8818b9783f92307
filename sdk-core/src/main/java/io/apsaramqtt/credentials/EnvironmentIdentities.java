package io.apsaramqtt.credentials;

import io.apsaramqtt.credentials.Identity.Role;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;

/** The identities that environment variables name, and the variables that profiles fall back on. */
record EnvironmentIdentities(Surroundings surroundings) {

    static final String OIDC = "OIDC";
    static final String ECS_RAM_ROLE = "ECS RAM role";
    static final String CREDENTIALS_URI = "credentials URI";

    private static final String URI_VARIABLE = "ALIBABA_CLOUD_CREDENTIALS_URI";
    private static final String METADATA_DISABLED = "ALIBABA_CLOUD_ECS_METADATA_DISABLED";

    Identity oidc() {
        return new Identity.OidcRole(
                role(require(OIDC, "ALIBABA_CLOUD_ROLE_ARN"), Optional.empty(), Optional.empty()),
                require(OIDC, "ALIBABA_CLOUD_OIDC_PROVIDER_ARN"),
                require(OIDC, "ALIBABA_CLOUD_OIDC_TOKEN_FILE"));
    }

    Identity instanceRole() {
        if (isMetadataDisabled()) {
            throw CredentialsException.of(ECS_RAM_ROLE, METADATA_DISABLED + " is true");
        }
        return instanceRole(Optional.empty());
    }

    Identity instanceRole(Optional<String> name) {
        return new Identity.InstanceRole(
                name.or(() -> surroundings.variable("ALIBABA_CLOUD_ECS_METADATA"))
                        .orElse(""),
                surroundings.isTrue("ALIBABA_CLOUD_IMDSV1_DISABLED"));
    }

    boolean isMetadataDisabled() {
        return surroundings.isTrue(METADATA_DISABLED);
    }

    Identity served() {
        String text = require(CREDENTIALS_URI, URI_VARIABLE);
        try {
            URI uri = new URI(text);
            if (("http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme()))
                    && uri.getHost() != null) {
                return new Identity.Served(uri);
            }
        } catch (URISyntaxException e) {
            // Said below, without the text: it may hold a password.
        }
        throw CredentialsException.of(CREDENTIALS_URI, URI_VARIABLE + " is not a URI as in http://localhost:8080/key");
    }

    /** A role; what a profile does not say is taken from the environment. */
    Role role(String arn, Optional<String> sessionName, Optional<String> policy) {
        return new Role(
                arn,
                sessionName
                        .or(() -> surroundings.variable("ALIBABA_CLOUD_ROLE_SESSION_NAME"))
                        .orElse("apsara-mqtt"),
                Optional.empty(),
                surroundings.variable("ALIBABA_CLOUD_STS_REGION"),
                surroundings.isTrue("ALIBABA_CLOUD_VPC_ENDPOINT_ENABLED"),
                policy);
    }

    private String require(String source, String name) {
        return surroundings.variable(name).orElseThrow(() -> CredentialsException.of(source, name + " is not set"));
    }
}
