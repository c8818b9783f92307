package io.apsaramqtt.credentials;

import java.util.List;
import java.util.function.Supplier;

/** The places and the order of the official SDKs. */
final class DefaultChain {

    /** One for the whole process, so that any number of clients share one role session. */
    static final CredentialsProvider OF_THE_PROCESS = of(Surroundings.ofTheProcess(), RoleSessions::ofTheLibrary);

    private DefaultChain() {}

    static CredentialsProvider of(Surroundings surroundings, Supplier<RoleSessions> sessions) {
        EnvironmentIdentities environment = new EnvironmentIdentities(surroundings);
        return new CredentialsProviderChain(List.of(
                VariablesCredentialsProvider.systemProperties(surroundings.properties()),
                VariablesCredentialsProvider.environment(surroundings.environment()),
                new IdentityCredentialsProvider(EnvironmentIdentities.OIDC, environment::oidc, sessions.get()),
                profile(surroundings, sessions.get()),
                credentialsFile(surroundings, sessions.get()),
                new IdentityCredentialsProvider(
                        EnvironmentIdentities.ECS_RAM_ROLE, environment::instanceRole, sessions.get()),
                new IdentityCredentialsProvider(
                        EnvironmentIdentities.CREDENTIALS_URI, environment::served, sessions.get())));
    }

    static CredentialsProvider profile(Surroundings surroundings, RoleSessions sessions) {
        return new IdentityCredentialsProvider(CliProfiles.SOURCE, () -> CliProfiles.chosen(surroundings), sessions);
    }

    static CredentialsProvider credentialsFile(Surroundings surroundings, RoleSessions sessions) {
        return new IdentityCredentialsProvider(IniProfiles.SOURCE, () -> IniProfiles.chosen(surroundings), sessions);
    }
}
