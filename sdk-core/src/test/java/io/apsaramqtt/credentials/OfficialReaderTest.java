package io.apsaramqtt.credentials;

import static org.assertj.core.api.Assertions.assertThat;

import com.aliyun.credentials.models.CredentialModel;
import com.aliyun.credentials.provider.CLIProfileCredentialsProvider;
import com.aliyun.credentials.provider.ProfileCredentialsProvider;
import com.aliyun.credentials.utils.AuthUtils;
import java.lang.reflect.Field;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The same files read by the official library, which nobody here wrote. */
class OfficialReaderTest {

    @TempDir
    Path directory;

    private final String homeBefore = System.getProperty("user.home");
    private Home home;

    @BeforeEach
    void home() {
        home = new Home(directory);
        System.setProperty("user.home", directory.toString());
    }

    @AfterEach
    void restore() {
        System.setProperty("user.home", homeBefore);
        AuthUtils.setEnvironmentCredentialsFile(null);
        AuthUtils.setClientType(null);
    }

    private static AccessKey accessKey(CredentialModel model) {
        return model.getSecurityToken() == null
                ? AccessKey.of(model.getAccessKeyId(), model.getAccessKeySecret())
                : AccessKey.temporary(model.getAccessKeyId(), model.getAccessKeySecret(), model.getSecurityToken());
    }

    @ParameterizedTest
    @ValueSource(strings = {"ak", "sts", "unicode"})
    void profilesOfTheCliGiveTheSameAccessKey(String name) {
        Path file = home.cli("""
                {
                \t"current": "ak", "profiles": [
                  {"name": "ak", "mode": "AK", "access_key_id": "LTAI5tOne", "access_key_secret": "one==", "sts_token": "",
                   "ram_role_name": "", "expired_seconds": 0, "region_id": "cn-hangzhou", "retry_timeout": 0, "output_format": "json"},
                  {"name": "sts", "mode": "StsToken", "access_key_id": "STS.Two", "access_key_secret": "two",
                   "sts_token": "CAIS/+two="},
                  {"name": "unicode", "mode": "AK", "access_key_id": "LTAI\\u0035three", "access_key_secret": "\\"\\\\ü€😀"}
                ], "meta_path": ""}
                """);
        CLIProfileCredentialsProvider official =
                CLIProfileCredentialsProvider.builder().profileName(name).build();
        assertThat(CredentialsProvider.profile(file, name).resolve()).isEqualTo(accessKey(official.getCredentials()));
    }

    @Test
    void theCurrentProfileIsTheSame() {
        home.cli(
                "{\"current\":\"b\",\"profiles\":[{\"name\":\"a\",\"mode\":\"AK\",\"access_key_id\":\"a\",\"access_key_secret\":\"s\"},"
                        + "{\"name\":\"b\",\"mode\":\"AK\",\"access_key_id\":\"b\",\"access_key_secret\":\"s\"}]}");
        assertThat(DefaultChain.profile(home.surroundings(), RoleSessions.ofTheLibrary())
                        .resolve())
                .isEqualTo(accessKey(
                        CLIProfileCredentialsProvider.builder().build().getCredentials()))
                .isEqualTo(AccessKey.of("b", "s"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"default", "spaced", "commented", "odd"})
    void sectionsOfTheIniFileGiveTheSameAccessKey(String name) throws ReflectiveOperationException {
        Path file = home.ini("""
                # a comment
                ; another
                [default]
                enable = true
                type = access_key
                access_key_id = LTAI5tOne
                access_key_secret = one==

                  [ spaced ]\s\s
                enable=TRUE
                  type=access_key
                access_key_id    =   LTAI5tTwo\s\s
                access_key_secret=two
                [commented] # the third
                enable = true # yes
                type = access_key ; kind
                access_key_id = LTAI5tThree\t# id
                access_key_secret = th#r;ee
                [disabled]
                enable = false
                [odd]
                enable = true
                type = access_key
                access_key_id = [LTAI]
                access_key_secret = a = b = [c]
                """.replace("\n", name.equals("spaced") ? "\r\n" : "\n"));
        // It keeps the first file that it ever read.
        Field ini = ProfileCredentialsProvider.class.getDeclaredField("ini");
        ini.setAccessible(true);
        ini.set(null, null);
        AuthUtils.setEnvironmentCredentialsFile(file.toString());
        AuthUtils.setClientType(name);
        assertThat(CredentialsProvider.credentialsFile(file, name).resolve())
                .isEqualTo(accessKey(new ProfileCredentialsProvider().getCredentials()));
    }
}
