package io.apsaramqtt.credentials;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The class path of a program that did not add the optional dependency. */
class LibraryAbsentTest {

    @TempDir
    Path directory;

    /** The classes of this module and its dependencies, loaded anew, without those of Alibaba Cloud. */
    private static final class WithoutLibrary extends URLClassLoader {

        WithoutLibrary() {
            super(classPath(), ClassLoader.getPlatformClassLoader());
        }

        private static URL[] classPath() {
            return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                    .filter(entry -> !entry.contains("credentials-java") && !entry.contains("aliyun"))
                    .map(entry -> {
                        try {
                            return new File(entry).toURI().toURL();
                        } catch (MalformedURLException e) {
                            throw new AssertionError(e);
                        }
                    })
                    .toArray(URL[]::new);
        }
    }

    /** Resolves a profile, or the whole chain; public for the class loader alone. */
    public static final class Resolving implements BiFunction<String, String, String> {

        /** For the class loader. */
        public Resolving() {}

        @Override
        public String apply(String home, String profile) {
            Home here = new Home(Path.of(home));
            CredentialsProvider provider = profile.isEmpty()
                    ? DefaultChain.of(here.surroundings(), RoleSessions::ofTheLibrary)
                    : CredentialsProvider.profile(here.directory.resolve(".aliyun/config.json"), profile);
            try {
                return provider.resolve().id();
            } catch (CredentialsException e) {
                CredentialsException.Attempt last =
                        e.attempts().get(Math.min(5, e.attempts().size() - 1));
                return last.source() + ": " + last.reason();
            }
        }
    }

    private String resolve(String profile) throws IOException, ReflectiveOperationException {
        try (WithoutLibrary loader = new WithoutLibrary()) {
            Object resolving = loader.loadClass(Resolving.class.getName())
                    .getDeclaredConstructor()
                    .newInstance();
            assertThat(resolving).isNotInstanceOf(Resolving.class);
            return (String) resolving
                    .getClass()
                    .getMethod("apply", String.class, String.class)
                    .invoke(resolving, directory.toString(), profile);
        }
    }

    @Test
    void theArtifactToAddIsNamedAndWhatItIsFor() throws IOException, ReflectiveOperationException {
        new Home(directory)
                .cli("{\"profiles\":[{\"name\":\"role\",\"mode\":\"RamRoleArn\",\"access_key_id\":\"i\","
                        + "\"access_key_secret\":\"s\",\"ram_role_arn\":\"acs:ram::1:role/r\"}]}");
        assertThat(resolve("role"))
                .isEqualTo("CLI profile: AssumeRole of [acs:ram::1:role/r] at STS is asked through"
                        + " com.aliyun:credentials-java, which is not on the class path; add"
                        + " com.aliyun:credentials-java:1.0.3 to the program, or name a permanent AccessKey");
    }

    @Test
    void anAccessKeyInAFileNeedsNothing() throws IOException, ReflectiveOperationException {
        new Home(directory)
                .cli(
                        "{\"profiles\":[{\"name\":\"a\",\"mode\":\"AK\",\"access_key_id\":\"i\",\"access_key_secret\":\"s\"}]}");
        assertThat(resolve("a")).isEqualTo("i");
    }

    @Test
    void theChainGoesOnPastTheMetadataServiceThatItCannotAsk() throws IOException, ReflectiveOperationException {
        assertThat(resolve(""))
                .isEqualTo("ECS RAM role: RAM role from the metadata service of ECS is asked through"
                        + " com.aliyun:credentials-java, which is not on the class path; add"
                        + " com.aliyun:credentials-java:1.0.3 to the program, or name a permanent AccessKey");
    }
}
