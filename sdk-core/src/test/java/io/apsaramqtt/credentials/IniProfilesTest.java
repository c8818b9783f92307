package io.apsaramqtt.credentials;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.apsaramqtt.credentials.Identity.Role;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IniProfilesTest {

    private static final Identity KEY = new Identity.Key(AccessKey.of("LTAI5tExampleQx9", Home.SECRET));
    private static final String HEAD = "[default]\nenable = true\n";
    private static final String KEY_LINES =
            "access_key_id = LTAI5tExampleQx9\naccess_key_secret = " + Home.SECRET + "\n";
    private static final String AK = HEAD + "type = access_key\n" + KEY_LINES;

    @TempDir
    Path directory;

    private Home home;

    @BeforeEach
    void home() {
        home = new Home(directory);
    }

    private Identity chosen(String text) {
        home.ini(text);
        return IniProfiles.chosen(home.surroundings());
    }

    private String fault(String text) {
        CredentialsException e = catchThrowableOfType(CredentialsException.class, () -> chosen(text));
        assertThat(e).as(text).isNotNull();
        assertThat(e.getMessage()).doesNotContain(Home.SECRET);
        assertThat(e).hasNoCause();
        assertThat(e.attempts())
                .singleElement()
                .satisfies(attempt -> assertThat(attempt.source()).isEqualTo("credentials file"));
        return e.attempts().get(0).reason();
    }

    private String file() {
        return "file [" + directory.resolve(".alibabacloud/credentials.ini") + "] ";
    }

    @Test
    void theDefaultSectionIsChosenUnlessAVariableNamesAnother() {
        String text = AK + "[other]\nenable=true\ntype=ecs_ram_role\nrole_name=r\n";
        assertThat(chosen(text)).isEqualTo(KEY);
        home.with("ALIBABA_CLOUD_PROFILE", "other");
        assertThat(chosen(text)).isEqualTo(new Identity.InstanceRole("r", false));
    }

    @Test
    void aVariableNamesAnotherFile() {
        home.with("ALIBABA_CLOUD_CREDENTIALS_FILE", home.write("elsewhere", AK).toString());
        assertThat(IniProfiles.chosen(home.surroundings())).isEqualTo(KEY);
        home.with("ALIBABA_CLOUD_CREDENTIALS_FILE", "a\0b");
        CredentialsException e =
                catchThrowableOfType(CredentialsException.class, () -> IniProfiles.chosen(home.surroundings()));
        assertThat(e.attempts())
                .singleElement()
                .hasToString("Attempt[source=credentials file, reason=ALIBABA_CLOUD_CREDENTIALS_FILE is not a path]");
    }

    @Test
    void aNamedSectionOfANamedFileAsksNoVariable() {
        Path file = home.ini(AK.replace("default", "x"));
        assertThat(CredentialsProvider.credentialsFile(file, "x").resolve())
                .isEqualTo(AccessKey.of("LTAI5tExampleQx9", Home.SECRET));
    }

    @Test
    void commentsBlanksAndLineEndsOfAnySystemAreReadOver() {
        assertThat(chosen("# a comment\r\n; another\r\n\r\n  [ default ]  # the one\r\n enable=true ; yes\r\n\ttype\r\n"
                                .replace("\ttype\r\n", "")
                        + "type  =  access_key\t# kind\r\naccess_key_id=LTAI5tExampleQx9\r\naccess_key_secret="
                        + Home.SECRET + "\r\n"))
                .isEqualTo(KEY);
        assertThat(chosen(AK.replace("\n", "\r"))).isEqualTo(KEY);
        assertThat(chosen("\uFEFF" + AK)).isEqualTo(KEY);
    }

    @Test
    void aValueMayHoldTheCharactersOfACommentAndAnEqualsSign() {
        assertThat(chosen(HEAD + "type=access_key\naccess_key_id=i\naccess_key_secret=a#b;c=d=="))
                .isEqualTo(new Identity.Key(AccessKey.of("i", "a#b;c=d==")));
    }

    @Test
    void aRoleIsDescribedByTheSection() {
        Role role = new Role("acs:ram::1:role/r", "n", Optional.empty(), Optional.empty(), false, Optional.of("{}"));
        assertThat(chosen(HEAD + "type=ram_role_arn\n" + KEY_LINES
                        + "role_arn=acs:ram::1:role/r\nrole_session_name=n\npolicy={}"))
                .isEqualTo(new Identity.AssumedRole(KEY, role, Optional.empty()));
        assertThat(chosen(HEAD + "type=oidc_role_arn\nrole_arn=acs:ram::1:role/r\nrole_session_name=n\npolicy={}\n"
                        + "oidc_provider_arn=p\noidc_token_file_path=/t"))
                .isEqualTo(new Identity.OidcRole(role, "p", "/t"));
    }

    @Test
    void aSwitchTurnsTheMetadataServiceOff() {
        home.with("ALIBABA_CLOUD_ECS_METADATA_DISABLED", "TRUE");
        assertThat(fault(HEAD + "type=ecs_ram_role\nrole_name=r"))
                .isEqualTo(file() + "section [default]: type [ecs_ram_role] needs the metadata service, and"
                        + " ALIBABA_CLOUD_ECS_METADATA_DISABLED is true");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "enable=false | enable is false",
                "enable=yes | enable must be true or false",
                "enable= | enable is empty",
                "type=access_key | enable is missing; it is needed",
                "enable=true | type is missing; it is needed",
                "enable=true;type=rsa_key_pair | type [rsa_key_pair] is deprecated and not supported; allowed are access_key,"
                        + " ram_role_arn, ecs_ram_role and oidc_role_arn",
                "enable=true;type=acess_key | type [acess_key] is unknown; allowed are access_key, ram_role_arn, ecs_ram_role"
                        + " and oidc_role_arn",
                "enable=true;type=access_key | access_key_id is missing; it is needed",
                "enable=true;type=access_key;access_key_id=i;access_key_secret= | access_key_secret is empty",
                "enable=true;type=ecs_ram_role | role_name is missing; it is needed",
                "enable=true;type=oidc_role_arn;role_arn=r | oidc_provider_arn is missing; it is needed",
            })
    void whatASectionLacksIsNamed(String settings, String reason) {
        assertThat(fault("[default]\n" + settings.replace(';', '\n')))
                .isEqualTo(file() + "section [default]: " + reason);
    }

    @Test
    void aMissingSectionIsNamedWithThoseThatExist() {
        assertThat(fault(AK.replace("default", "a") + "[b]\n"))
                .isEqualTo(file()
                        + "has no section [default]; it has [a, b]. The section is named by ALIBABA_CLOUD_PROFILE,"
                        + " else it is [default]");
        assertThat(fault("")).contains("it has []");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "type=access_key | line 1 stands before the first section, such as [default]",
                "[default];kJ8sQz1SecretOfTheAccessKey | line 2 is no setting; write it as in type = access_key",
                "[default];=x | line 2 is no setting; write it as in type = access_key",
                "[default | line 1 is no section; write it as in [default]",
                "[ ] | line 1 is no section; write it as in [default]",
                "[default] type=x | line 1 is no section; write it as in [default]",
                "[a];[b];[a] | line 3 begins section [a] a second time",
                "[a];kJ8sQz1SecretOfTheAccessKey=;kJ8sQz1SecretOfTheAccessKey=x | line 3 sets what was set before in its section",
                "[a];x=1;\ty=2 | line 3 begins with a tab; write it without",
            })
    void aLineThatTheOfficialSdksWouldGuessAtIsRefused(String text, String reason) {
        assertThat(fault(text.replace(';', '\n'))).isEqualTo(file() + "is not a credentials file: " + reason);
    }
}
