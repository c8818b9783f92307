package io.apsaramqtt.credentials;

import io.apsaramqtt.credentials.Identity.Role;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/** The identity that a section of the ini file of the official SDKs describes. */
record IniProfiles(CredentialsFile file, EnvironmentIdentities environment) {

    static final String SOURCE = "credentials file";

    private static final String ALLOWED = "access_key, ram_role_arn, ecs_ram_role and oidc_role_arn";

    /** The file and the section chosen by variables. */
    static Identity chosen(Surroundings surroundings) {
        Path path = surroundings
                .variable("ALIBABA_CLOUD_CREDENTIALS_FILE")
                .map(IniProfiles::path)
                .orElseGet(() -> surroundings.home(".alibabacloud/credentials.ini"));
        return in(path, surroundings)
                .identity(surroundings.variable("ALIBABA_CLOUD_PROFILE").orElse("default"));
    }

    private static Path path(String text) {
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            throw CredentialsException.of(SOURCE, "ALIBABA_CLOUD_CREDENTIALS_FILE is not a path");
        }
    }

    static IniProfiles in(Path file, Surroundings surroundings) {
        return new IniProfiles(new CredentialsFile(SOURCE, file), new EnvironmentIdentities(surroundings));
    }

    /** The identity of section {@code name}. Reads the file. */
    Identity identity(String name) {
        return identity(CredentialsIni.parse(file, file.read()).section(name));
    }

    Identity identity(ProfileSettings section) {
        requireEnabled(section);
        String type = section.require("type");
        return switch (type) {
            case "access_key" -> new Identity.Key(section.accessKey());
            case "ram_role_arn" ->
                new Identity.AssumedRole(new Identity.Key(section.accessKey()), role(section), Optional.empty());
            case "oidc_role_arn" ->
                new Identity.OidcRole(
                        role(section), section.require("oidc_provider_arn"), section.require("oidc_token_file_path"));
            case "ecs_ram_role" -> instanceRole(section);
            case "rsa_key_pair" ->
                throw section.fault("type [" + type + "] is deprecated and not supported; allowed are " + ALLOWED);
            default -> throw section.fault("type [" + type + "] is unknown; allowed are " + ALLOWED);
        };
    }

    private static void requireEnabled(ProfileSettings section) {
        String enable = section.require("enable");
        if ("false".equalsIgnoreCase(enable)) {
            throw section.fault("enable is false");
        }
        if (!"true".equalsIgnoreCase(enable)) {
            throw section.fault("enable must be true or false");
        }
    }

    private Identity instanceRole(ProfileSettings section) {
        if (environment.isMetadataDisabled()) {
            throw section.fault(
                    "type [ecs_ram_role] needs the metadata service, and ALIBABA_CLOUD_ECS_METADATA_DISABLED is true");
        }
        return environment.instanceRole(Optional.of(section.require("role_name")));
    }

    private Role role(ProfileSettings section) {
        return environment.role(section.require("role_arn"), section.find("role_session_name"), section.find("policy"));
    }
}
