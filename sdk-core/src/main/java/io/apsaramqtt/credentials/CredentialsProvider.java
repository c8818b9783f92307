package io.apsaramqtt.credentials;

import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.Executor;
import java.util.random.RandomGenerator;

/**
 * Where the AccessKey comes from. It is asked at each connection, so a rotated AccessKey is used at the next one.
 *
 * <p>Implementations must be thread-safe. {@link #resolve()} may block on a file or the network; the SDK never calls it on
 * a thread that carries messages.
 */
@FunctionalInterface
public interface CredentialsProvider {

    /**
     * The AccessKey to act with now.
     *
     * @throws CredentialsException if there is none, with the reason of each place that was tried
     */
    AccessKey resolve();

    /** Always {@code accessKey}. */
    static CredentialsProvider of(AccessKey accessKey) {
        return new FixedCredentialsProvider(accessKey);
    }

    /**
     * The environment variables {@code ALIBABA_CLOUD_ACCESS_KEY_ID}, {@code ALIBABA_CLOUD_ACCESS_KEY_SECRET} and, for
     * temporary credentials, {@code ALIBABA_CLOUD_SECURITY_TOKEN}.
     */
    static CredentialsProvider environment() {
        return VariablesCredentialsProvider.environment(System::getenv);
    }

    /**
     * The system properties {@code alibabacloud.accessKeyId}, {@code alibabacloud.accessKeySecret} and, for temporary
     * credentials, {@code alibabacloud.sessionToken}.
     */
    static CredentialsProvider systemProperties() {
        return VariablesCredentialsProvider.systemProperties(System::getProperty);
    }

    /** The first of {@code providers} that has an AccessKey; if none has, the exception lists every attempt. */
    static CredentialsProvider chain(CredentialsProvider... providers) {
        return new CredentialsProviderChain(List.of(providers));
    }

    /**
     * A profile of the Alibaba Cloud CLI in {@code ~/.aliyun/config.json}: the one that {@code ALIBABA_CLOUD_PROFILE} names,
     * else the current one. None if {@code ALIBABA_CLOUD_CLI_PROFILE_DISABLED} is {@code true}. The file is read at each
     * question. Modes {@code AK} and {@code StsToken} need nothing more; {@code RamRoleArn}, {@code ChainableRamRoleArn},
     * {@code EcsRamRole} and {@code OIDC} give a temporary AccessKey and need {@code com.aliyun:credentials-java}.
     */
    static CredentialsProvider profile() {
        return DefaultChain.profile(Surroundings.ofTheProcess(), RoleSessions.ofTheLibrary());
    }

    /** As {@link #profile()}, but the profile {@code name} of {@code file}, whatever the environment says. */
    static CredentialsProvider profile(Path file, String name) {
        CliProfiles profiles = CliProfiles.in(file, Surroundings.ofTheProcess());
        return new IdentityCredentialsProvider(
                CliProfiles.SOURCE, () -> profiles.identity(Optional.of(name)), RoleSessions.ofTheLibrary());
    }

    /**
     * The ini file of the official SDKs: the one that {@code ALIBABA_CLOUD_CREDENTIALS_FILE} names, else
     * {@code ~/.alibabacloud/credentials.ini}, in it the section that {@code ALIBABA_CLOUD_PROFILE} names, else
     * {@code default}. The file is read at each question. Type {@code access_key} needs nothing more; {@code ram_role_arn},
     * {@code ecs_ram_role} and {@code oidc_role_arn} give a temporary AccessKey and need {@code com.aliyun:credentials-java}.
     */
    static CredentialsProvider credentialsFile() {
        return DefaultChain.credentialsFile(Surroundings.ofTheProcess(), RoleSessions.ofTheLibrary());
    }

    /** As {@link #credentialsFile()}, but the section {@code section} of {@code file}, whatever the environment says. */
    static CredentialsProvider credentialsFile(Path file, String section) {
        IniProfiles profiles = IniProfiles.in(file, Surroundings.ofTheProcess());
        return new IdentityCredentialsProvider(
                IniProfiles.SOURCE, () -> profiles.identity(section), RoleSessions.ofTheLibrary());
    }

    /**
     * Keeps the temporary AccessKey that {@code provider} gave until shortly before it expires: a tenth of its life, at least
     * 5 minutes and at most half of it, and by chance up to half of that sooner. Then {@code provider} is asked on a daemon
     * thread; while that fails, and is tried again after 5 seconds to 90, the AccessKey at hand serves until it expires. Without
     * a valid one the caller asks and waits. However many callers there are, {@code provider} is asked once at a time.
     *
     * <p>An AccessKey without {@link AccessKey#expiresAt()} is not kept.
     */
    static CredentialsProvider refreshing(CredentialsProvider provider) {
        return refreshing(
                provider, RefreshingCredentialsProvider.daemonThreads(), Clock.systemUTC(), new SplittableRandom());
    }

    /**
     * As {@link #refreshing(CredentialsProvider)}, with the executor, the clock and the randomness of the caller.
     *
     * @param refresher runs the questions asked ahead of time
     * @param clock tells when an AccessKey expires
     * @param random called by one thread at a time
     */
    static CredentialsProvider refreshing(
            CredentialsProvider provider, Executor refresher, Clock clock, RandomGenerator random) {
        return new RefreshingCredentialsProvider(provider, refresher, clock, random);
    }

    /**
     * The places and the order of the official SDKs: {@link #systemProperties()}, {@link #environment()}, an OIDC token,
     * {@link #profile()}, {@link #credentialsFile()}, the RAM role of the ECS instance, a credentials URI. A place that has
     * nothing, or something broken, is passed over; if all are, the exception lists why. Temporary AccessKeys are kept as by
     * {@link #refreshing(CredentialsProvider)}, once for the whole process. What each place needs: {@code docs/credentials.md}.
     *
     * <p>May block on files, and for some seconds on the network: without an AccessKey in the places before it, the metadata
     * service of ECS is asked, unless {@code com.aliyun:credentials-java} is absent or
     * {@code ALIBABA_CLOUD_ECS_METADATA_DISABLED} is {@code true}.
     */
    static CredentialsProvider defaultChain() {
        return DefaultChain.OF_THE_PROCESS;
    }
}
