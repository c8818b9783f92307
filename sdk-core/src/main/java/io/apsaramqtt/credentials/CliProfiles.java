package io.apsaramqtt.credentials;

import io.apsaramqtt.credentials.Identity.Role;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/** The identity that a profile of the Alibaba Cloud CLI describes. */
record CliProfiles(CredentialsFile file, EnvironmentIdentities environment) {

    static final String SOURCE = "CLI profile";

    private static final String ALLOWED = "AK, StsToken, RamRoleArn, ChainableRamRoleArn, EcsRamRole and OIDC";

    /** The file in the home directory, and the profile chosen by variables. */
    static Identity chosen(Surroundings surroundings) {
        if (surroundings.isTrue("ALIBABA_CLOUD_CLI_PROFILE_DISABLED")) {
            throw CredentialsException.of(SOURCE, "ALIBABA_CLOUD_CLI_PROFILE_DISABLED is true");
        }
        return in(surroundings.home(".aliyun/config.json"), surroundings)
                .identity(surroundings.variable("ALIBABA_CLOUD_PROFILE"));
    }

    static CliProfiles in(Path file, Surroundings surroundings) {
        return new CliProfiles(new CredentialsFile(SOURCE, file), new EnvironmentIdentities(surroundings));
    }

    /** The identity of profile {@code name}, or of the current one. Reads the file. */
    Identity identity(Optional<String> name) {
        CliConfiguration configuration = CliConfiguration.parse(file, file.read());
        return identity(configuration, configuration.profile(name), new LinkedHashSet<>());
    }

    /** As {@code profile} says; {@code path} holds the names of those that led to it. */
    Identity identity(CliConfiguration configuration, ProfileSettings profile, Set<String> path) {
        if (!path.add(profile.name())) {
            throw profile.fault(
                    "source_profile goes in a circle: " + String.join(" -> ", path) + " -> " + profile.name());
        }
        String mode = profile.require("mode");
        return switch (mode) {
            case "AK" -> new Identity.Key(profile.accessKey());
            case "StsToken" ->
                new Identity.Key(AccessKey.temporary(
                        profile.require("access_key_id"),
                        profile.require("access_key_secret"),
                        profile.require("sts_token")));
            case "RamRoleArn" -> assumed(new Identity.Key(profile.accessKey()), profile);
            case "ChainableRamRoleArn" ->
                assumed(
                        identity(
                                configuration,
                                configuration.profile(Optional.of(profile.require("source_profile"))),
                                path),
                        profile);
            case "EcsRamRole" -> instanceRole(profile);
            case "OIDC" ->
                new Identity.OidcRole(
                        role(profile), profile.require("oidc_provider_arn"), profile.require("oidc_token_file"));
            case "CloudSSO", "OAuth", "External", "CredentialsURI", "RsaKeyPair", "RamRoleArnWithRoleName" ->
                throw profile.fault("mode [" + mode + "] is read by the CLI only, neither by this SDK nor by"
                        + " com.aliyun:credentials-java " + OptionalLibrary.VERSION + "; allowed are " + ALLOWED);
            default -> throw profile.fault("mode [" + mode + "] is unknown; allowed are " + ALLOWED);
        };
    }

    private Identity assumed(Identity by, ProfileSettings profile) {
        return new Identity.AssumedRole(by, role(profile), profile.find("external_id"));
    }

    private Identity instanceRole(ProfileSettings profile) {
        if (environment.isMetadataDisabled()) {
            throw profile.fault(
                    "mode [EcsRamRole] needs the metadata service, and ALIBABA_CLOUD_ECS_METADATA_DISABLED is true");
        }
        return environment.instanceRole(profile.find("ram_role_name"));
    }

    private Role role(ProfileSettings profile) {
        Role role = environment.role(
                profile.require("ram_role_arn"), profile.find("ram_session_name"), profile.find("policy"));
        return new Role(
                role.arn(),
                role.sessionName(),
                profile.seconds("expired_seconds"),
                profile.find("sts_region").or(role::stsRegion),
                profile.settings().containsKey("enable_vpc") ? profile.isTrue("enable_vpc") : role.vpc(),
                role.policy());
    }
}
