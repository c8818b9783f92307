package io.apsaramqtt.credentials;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;

/**
 * Whatever stands in a credentials file. With {@code JAZZER_FUZZ=1} one of the methods is fuzzed; else each runs on the inputs
 * kept beside it.
 */
class CredentialsFuzzTest {

    private static final String LONGEST = "2m";
    private static final CredentialsFile FILE = new CredentialsFile("fuzz", Path.of("fuzzed"));
    private static final EnvironmentIdentities NOWHERE =
            new EnvironmentIdentities(new Surroundings(name -> null, name -> null));

    @FuzzTest(maxDuration = LONGEST)
    void aConfigurationOfTheCliIsReadOrNamed(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.UTF_8);
        orNamed(() -> {
            CliConfiguration configuration = CliConfiguration.parse(FILE, text);
            CliProfiles profiles = new CliProfiles(FILE, NOWHERE);
            orNamed(() -> configuration.profile(Optional.empty()));
            for (ProfileSettings profile : configuration.profiles()) {
                orNamed(() -> {
                    requireKey(profiles.identity(configuration, profile, new LinkedHashSet<>()));
                });
            }
        });
    }

    @FuzzTest(maxDuration = LONGEST)
    void anIniFileIsReadOrNamed(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.UTF_8);
        orNamed(() -> {
            CredentialsIni ini = CredentialsIni.parse(FILE, text);
            IniProfiles profiles = new IniProfiles(FILE, NOWHERE);
            for (ProfileSettings section : ini.sections().values()) {
                orNamed(() -> requireKey(profiles.identity(section)));
            }
        });
    }

    /** Nothing but the exception of the package, which says the file. */
    private static void orNamed(Runnable reading) {
        try {
            reading.run();
        } catch (CredentialsException e) {
            assertThat(e).hasNoCause();
            assertThat(e.attempts()).singleElement().satisfies(attempt -> {
                assertThat(attempt.source()).isEqualTo("fuzz");
                assertThat(attempt.reason()).startsWith("file [fuzzed] ");
            });
        }
    }

    private static void requireKey(Identity identity) {
        if (identity instanceof Identity.Key key) {
            assertThat(List.of(key.accessKey().id(), key.accessKey().secret())).noneMatch(String::isBlank);
        }
    }
}
