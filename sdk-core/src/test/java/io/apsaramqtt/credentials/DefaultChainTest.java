package io.apsaramqtt.credentials;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.apsaramqtt.credentials.CredentialsException.Attempt;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DefaultChainTest {

    @TempDir
    Path directory;

    private final List<Identity> asked = new ArrayList<>();
    private Home home;
    private CredentialsProvider chain;

    @BeforeEach
    void chain() {
        home = new Home(directory);
        chain = DefaultChain.of(home.surroundings(), () -> new RoleSessions(this::open, provider -> provider));
    }

    private AccessKey open(String source, Identity identity) {
        asked.add(identity);
        if (identity instanceof Identity.InstanceRole role && role.name().isEmpty()) {
            throw CredentialsException.of(source, "no metadata service here");
        }
        return AccessKey.temporary(source, "s", "t");
    }

    @Test
    void everyPlaceIsAskedInTheOrderOfTheOfficialSdks() {
        home.with("ALIBABA_CLOUD_CREDENTIALS_URI", "http://localhost:1/key");
        assertThat(chain.resolve().id()).isEqualTo("credentials URI");
        home.with("ALIBABA_CLOUD_ECS_METADATA", "role");
        assertThat(chain.resolve().id()).isEqualTo("ECS RAM role");
        home.ini("[default]\nenable=true\ntype=access_key\naccess_key_id=ini\naccess_key_secret=s");
        assertThat(chain.resolve()).isEqualTo(AccessKey.of("ini", "s"));
        home.cli("{\"current\":\"a\",\"profiles\":[{\"name\":\"a\",\"mode\":\"AK\",\"access_key_id\":\"cli\","
                + "\"access_key_secret\":\"s\"}]}");
        assertThat(chain.resolve()).isEqualTo(AccessKey.of("cli", "s"));
        home.with("ALIBABA_CLOUD_ROLE_ARN", "r")
                .with("ALIBABA_CLOUD_OIDC_PROVIDER_ARN", "p")
                .with("ALIBABA_CLOUD_OIDC_TOKEN_FILE", "/t");
        assertThat(chain.resolve().id()).isEqualTo("OIDC");
        home.with("ALIBABA_CLOUD_ACCESS_KEY_ID", "env").with("ALIBABA_CLOUD_ACCESS_KEY_SECRET", "s");
        assertThat(chain.resolve()).isEqualTo(AccessKey.of("env", "s"));
        home.properties.put("alibabacloud.accessKeyId", "properties");
        home.properties.put("alibabacloud.accessKeySecret", "s");
        assertThat(chain.resolve()).isEqualTo(AccessKey.of("properties", "s"));
    }

    @Test
    void whoHasNothingIsToldOfEveryPlaceInOrder() {
        CredentialsException e = catchThrowableOfType(CredentialsException.class, chain::resolve);
        assertThat(e.attempts())
                .containsExactly(
                        new Attempt("system properties", "alibabacloud.accessKeyId is not set"),
                        new Attempt("environment", "ALIBABA_CLOUD_ACCESS_KEY_ID is not set"),
                        new Attempt("OIDC", "ALIBABA_CLOUD_ROLE_ARN is not set"),
                        new Attempt(
                                "CLI profile",
                                "file [" + directory.resolve(".aliyun/config.json") + "] does not exist"),
                        new Attempt(
                                "credentials file",
                                "file [" + directory.resolve(".alibabacloud/credentials.ini") + "] does not exist"),
                        new Attempt("ECS RAM role", "no metadata service here"),
                        new Attempt("credentials URI", "ALIBABA_CLOUD_CREDENTIALS_URI is not set"));
        assertThat(asked).containsExactly(new Identity.InstanceRole("", false));
    }

    @Test
    void switchesKeepTheMetadataServiceFromBeingAsked() {
        home.with("ALIBABA_CLOUD_ECS_METADATA", "role").with("ALIBABA_CLOUD_ECS_METADATA_DISABLED", "true");
        assertThatThrownBy(chain::resolve)
                .isInstanceOf(CredentialsException.class)
                .hasMessageContaining("ECS RAM role: ALIBABA_CLOUD_ECS_METADATA_DISABLED is true");
        assertThat(asked).isEmpty();
    }

    @Test
    void halfOfTheVariablesOfOidcAreNotEnough() {
        home.with("ALIBABA_CLOUD_ECS_METADATA_DISABLED", "true").with("ALIBABA_CLOUD_ROLE_ARN", "r");
        assertThatThrownBy(chain::resolve).hasMessageContaining("OIDC: ALIBABA_CLOUD_OIDC_PROVIDER_ARN is not set");
        home.with("ALIBABA_CLOUD_OIDC_PROVIDER_ARN", "p").with("ALIBABA_CLOUD_OIDC_TOKEN_FILE", " ");
        assertThatThrownBy(chain::resolve).hasMessageContaining("OIDC: ALIBABA_CLOUD_OIDC_TOKEN_FILE is not set");
        assertThat(asked).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"file:///etc/passwd", "localhost:80", "http:", "http:///x", "http://a b/", "ftp://h/x"})
    void aUriThatIsNotOneOfAServerIsRefusedWithoutShowingIt(String uri) {
        home.with("ALIBABA_CLOUD_CREDENTIALS_URI", uri).with("ALIBABA_CLOUD_ECS_METADATA_DISABLED", "true");
        assertThatThrownBy(chain::resolve)
                .hasMessageContaining(
                        "credentials URI: ALIBABA_CLOUD_CREDENTIALS_URI is not a URI as in http://localhost:8080/key]")
                .message()
                .doesNotContain(uri + " ");
        assertThat(asked).isEmpty();
    }

    @Test
    void aUriIsShownWithoutWhatMayBeSecretInIt() {
        assertThat(new Identity.Served(URI.create("http://user:pw@localhost:80/key?token=x#y")))
                .hasToString("credentials URI [http://localhost:80/key]");
    }

    @Test
    void anAccessKeyThatWasRotatedIsUsedAtTheNextQuestion() {
        String text = "[default]\nenable=true\ntype=access_key\naccess_key_id=%s\naccess_key_secret=s";
        for (String id : List.of("first", "other", "third")) {
            home.ini(text.formatted(id));
            assertThat(chain.resolve()).isEqualTo(AccessKey.of(id, "s"));
        }
        home.with("ALIBABA_CLOUD_ACCESS_KEY_ID", "env").with("ALIBABA_CLOUD_ACCESS_KEY_SECRET", "s1");
        assertThat(chain.resolve()).isEqualTo(AccessKey.of("env", "s1"));
        home.with("ALIBABA_CLOUD_ACCESS_KEY_SECRET", "s2");
        assertThat(chain.resolve()).isEqualTo(AccessKey.of("env", "s2"));
    }

    @Test
    void theChainOfTheProcessIsOneForAll() {
        assertThat(CredentialsProvider.defaultChain())
                .isSameAs(CredentialsProvider.defaultChain())
                .hasToString("CredentialsProviderChain[providers=[CredentialsProvider[system properties],"
                        + " CredentialsProvider[environment], CredentialsProvider[OIDC], CredentialsProvider[CLI profile],"
                        + " CredentialsProvider[credentials file], CredentialsProvider[ECS RAM role],"
                        + " CredentialsProvider[credentials URI]]]");
    }
}
