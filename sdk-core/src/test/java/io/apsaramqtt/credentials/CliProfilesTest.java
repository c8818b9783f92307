package io.apsaramqtt.credentials;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.apsaramqtt.credentials.CredentialsException.Attempt;
import io.apsaramqtt.credentials.Identity.Role;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CliProfilesTest {

    private static final Role ROLE =
            new Role("acs:ram::1:role/r", "apsara-mqtt", Optional.empty(), Optional.empty(), false, Optional.empty());
    private static final Identity KEY = new Identity.Key(AccessKey.of("LTAI5tExampleQx9", Home.SECRET));
    private static final String AK_MEMBERS =
            "\"access_key_id\":\"LTAI5tExampleQx9\",\"access_key_secret\":\"" + Home.SECRET + "\"";
    private static final String AK = profile("default", "AK", AK_MEMBERS);

    @TempDir
    Path directory;

    private Home home;

    @BeforeEach
    void home() {
        home = new Home(directory);
    }

    private static String profile(String name, String mode, String more) {
        return "{\"name\":\"" + name + "\",\"mode\":\"" + mode + "\"" + (more.isEmpty() ? "" : "," + more) + "}";
    }

    private static String configuration(String... profiles) {
        return "{\"current\":\"default\",\"profiles\":[" + String.join(",", profiles) + "],\"meta_path\":\"\"}";
    }

    private Identity chosen(String text) {
        home.cli(text);
        return CliProfiles.chosen(home.surroundings());
    }

    private String fault(String text) {
        return attempt(text).reason();
    }

    private Attempt attempt(String text) {
        CredentialsException e = catchThrowableOfType(CredentialsException.class, () -> chosen(text));
        assertThat(e).as(text).isNotNull();
        assertThat(e.attempts()).hasSize(1);
        assertThat(e.getMessage()).doesNotContain(Home.SECRET);
        assertThat(e).hasNoCause();
        return e.attempts().get(0);
    }

    private String file() {
        return "file [" + directory.resolve(".aliyun/config.json") + "] ";
    }

    @Test
    void theCurrentProfileIsChosenUnlessAVariableNamesAnother() {
        String text = configuration(AK, profile("other", "EcsRamRole", "\"ram_role_name\":\"r\""));
        assertThat(chosen(text)).isEqualTo(KEY);
        home.with("ALIBABA_CLOUD_PROFILE", "other");
        assertThat(chosen(text)).isEqualTo(new Identity.InstanceRole("r", false));
    }

    @Test
    void aSwitchTurnsItOff() {
        home.with("ALIBABA_CLOUD_CLI_PROFILE_DISABLED", "true");
        assertThat(attempt(configuration(AK)))
                .isEqualTo(new Attempt("CLI profile", "ALIBABA_CLOUD_CLI_PROFILE_DISABLED is true"));
        home.with("ALIBABA_CLOUD_CLI_PROFILE_DISABLED", "false");
        assertThat(chosen(configuration(AK))).isEqualTo(KEY);
    }

    @Test
    void aNamedProfileOfANamedFileAsksNoVariable() {
        Path file =
                home.cli(configuration(AK, profile("x", "AK", "\"access_key_id\":\"i\",\"access_key_secret\":\"s\"")));
        assertThat(CredentialsProvider.profile(file, "x").resolve()).isEqualTo(AccessKey.of("i", "s"));
    }

    @Test
    void aStsTokenIsATemporaryAccessKey() {
        assertThat(chosen(configuration(profile("default", "StsToken", AK_MEMBERS + ",\"sts_token\":\"t\""))))
                .isEqualTo(new Identity.Key(AccessKey.temporary("LTAI5tExampleQx9", Home.SECRET, "t")));
        assertThat(fault(configuration(profile("default", "StsToken", AK_MEMBERS + ",\"sts_token\":\"\""))))
                .isEqualTo(file() + "profile [default]: sts_token is empty");
    }

    @Test
    void aRoleIsDescribedByTheProfileAndThenByVariables() {
        String bare = profile(
                "default", "RamRoleArn", AK_MEMBERS + ",\"ram_role_arn\":\"acs:ram::1:role/r\",\"expired_seconds\":0");
        assertThat(chosen(configuration(bare))).isEqualTo(new Identity.AssumedRole(KEY, ROLE, Optional.empty()));
        home.with("ALIBABA_CLOUD_ROLE_SESSION_NAME", "from-env")
                .with("ALIBABA_CLOUD_STS_REGION", "cn-beijing")
                .with("ALIBABA_CLOUD_VPC_ENDPOINT_ENABLED", "true");
        assertThat(chosen(configuration(bare)))
                .isEqualTo(new Identity.AssumedRole(
                        KEY,
                        new Role(
                                "acs:ram::1:role/r",
                                "from-env",
                                Optional.empty(),
                                Optional.of("cn-beijing"),
                                true,
                                Optional.empty()),
                        Optional.empty()));
        assertThat(
                        chosen(
                                configuration(
                                        profile(
                                                "default",
                                                "RamRoleArn",
                                                AK_MEMBERS
                                                        + ",\"ram_role_arn\":\"acs:ram::1:role/r\",\"expired_seconds\":900,\"sts_region\":\"cn-hangzhou\""
                                                        + ",\"enable_vpc\":false,\"policy\":\"{}\",\"external_id\":\"e\",\"ram_session_name\":\"n\""))))
                .isEqualTo(new Identity.AssumedRole(
                        KEY,
                        new Role(
                                "acs:ram::1:role/r",
                                "n",
                                Optional.of(900),
                                Optional.of("cn-hangzhou"),
                                false,
                                Optional.of("{}")),
                        Optional.of("e")));
    }

    @Test
    void aChainOfRolesIsFollowedToItsEnd() {
        String chain = configuration(
                profile(
                        "default",
                        "ChainableRamRoleArn",
                        "\"source_profile\":\"b\",\"ram_role_arn\":\"acs:ram::1:role/r\""),
                profile("b", "ChainableRamRoleArn", "\"source_profile\":\"c\",\"ram_role_arn\":\"acs:ram::1:role/r\""),
                profile("c", "AK", AK_MEMBERS));
        assertThat(chosen(chain))
                .isEqualTo(new Identity.AssumedRole(
                        new Identity.AssumedRole(KEY, ROLE, Optional.empty()), ROLE, Optional.empty()));
    }

    @Test
    void aCircleOfProfilesIsNamedAsTheCircleItIs() {
        String circle = configuration(
                profile("default", "ChainableRamRoleArn", "\"source_profile\":\"b\",\"ram_role_arn\":\"r\""),
                profile("b", "ChainableRamRoleArn", "\"source_profile\":\"c\",\"ram_role_arn\":\"r\""),
                profile("c", "ChainableRamRoleArn", "\"source_profile\":\"b\",\"ram_role_arn\":\"r\""));
        assertThat(fault(circle))
                .isEqualTo(file() + "profile [b]: source_profile goes in a circle: default -> b -> c -> b");
        assertThat(fault(configuration(profile(
                        "default", "ChainableRamRoleArn", "\"source_profile\":\"default\",\"ram_role_arn\":\"r\""))))
                .endsWith("goes in a circle: default -> default");
        assertThat(fault(configuration(profile(
                        "default", "ChainableRamRoleArn", "\"source_profile\":\"gone\",\"ram_role_arn\":\"r\""))))
                .isEqualTo(file() + "has no profile [gone]; it has [default]");
    }

    @Test
    void anOidcTokenStandsInAFile() {
        String text = configuration(profile(
                "default",
                "OIDC",
                "\"ram_role_arn\":\"acs:ram::1:role/r\",\"oidc_provider_arn\":\"p\",\"oidc_token_file\":\"/t\""));
        assertThat(chosen(text)).isEqualTo(new Identity.OidcRole(ROLE, "p", "/t"));
    }

    @Test
    void theRoleOfAnInstanceMayBeNamedByAVariable() {
        String text = configuration(profile("default", "EcsRamRole", ""));
        assertThat(chosen(text)).isEqualTo(new Identity.InstanceRole("", false));
        home.with("ALIBABA_CLOUD_ECS_METADATA", "named").with("ALIBABA_CLOUD_IMDSV1_DISABLED", "true");
        assertThat(chosen(text)).isEqualTo(new Identity.InstanceRole("named", true));
        home.with("ALIBABA_CLOUD_ECS_METADATA_DISABLED", "true");
        assertThat(fault(text))
                .isEqualTo(file() + "profile [default]: mode [EcsRamRole] needs the metadata service, and"
                        + " ALIBABA_CLOUD_ECS_METADATA_DISABLED is true");
    }

    @Test
    void aModeThatNobodyKnowsIsNamedWithWhatIsAllowed() {
        assertThat(fault(configuration(profile("default", "Ak", AK_MEMBERS))))
                .isEqualTo(file() + "profile [default]: mode [Ak] is unknown; allowed are AK, StsToken, RamRoleArn,"
                        + " ChainableRamRoleArn, EcsRamRole and OIDC");
        assertThat(fault(configuration("{\"name\":\"default\"," + AK_MEMBERS + "}")))
                .isEqualTo(file() + "profile [default]: mode is missing; it is needed");
    }

    @ParameterizedTest
    @ValueSource(strings = {"CloudSSO", "OAuth", "External", "CredentialsURI", "RsaKeyPair", "RamRoleArnWithRoleName"})
    void aModeOfTheCliAloneIsNamedAsThat(String mode) {
        assertThat(fault(configuration(profile("default", mode, AK_MEMBERS))))
                .isEqualTo(file() + "profile [default]: mode [" + mode
                        + "] is read by the CLI only, neither by this SDK nor"
                        + " by com.aliyun:credentials-java 1.0.3; allowed are AK, StsToken, RamRoleArn, ChainableRamRoleArn,"
                        + " EcsRamRole and OIDC");
    }

    @Test
    void aMissingCurrentProfileIsNamed() {
        assertThat(fault("{\"profiles\":[" + AK + "]}"))
                .isEqualTo(file()
                        + "names no current profile; set \"current\", or ALIBABA_CLOUD_PROFILE, to one of [default]");
        assertThat(fault("{\"current\":\" \",\"profiles\":[" + AK + "]}")).contains("names no current profile");
        assertThat(fault("{\"current\":null,\"profiles\":[" + AK + "]}")).contains("names no current profile");
        assertThat(fault("{\"current\":\"gone\",\"profiles\":[" + AK + "]}"))
                .isEqualTo(file() + "has no profile [gone]; it has [default]");
        assertThat(fault("{\"current\":\"gone\"}")).isEqualTo(file() + "has no profile [gone]; it has []");
        assertThat(fault(configuration(AK, AK)))
                .isEqualTo(file() + "has 2 profiles [default]; their names must differ");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "\"access_key_id\":5 | access_key_id in line 1 must be a string, not a number",
                "\"access_key_id\":true | access_key_id in line 1 must be a string, not true or false",
                "\"access_key_id\":{\"a\":[1]} | access_key_id in line 1 must be a string, not an object",
                "\"access_key_id\":[\"i\"] | access_key_id in line 1 must be a string, not an array",
                "\"access_key_id\":null | access_key_id is missing; it is needed",
                "\"access_key_id\":\" \" | access_key_id is empty",
                "\"access_key_id\":\"i\",\"access_key_secret\":\"\" | access_key_secret is empty",
            })
    void aSettingOfTheWrongTypeOrWithoutValueIsNamed(String member, String reason) {
        assertThat(fault(configuration(profile("default", "AK", member))))
                .isEqualTo(file() + "profile [default]: " + reason);
    }

    @ParameterizedTest
    @CsvSource({
        "\"x\",must be a number; not a string",
        "899,[899] is less than 900; the shortest session",
        "-1,[-1] is less than 900; the shortest session",
        "1.5,must be a whole number of seconds",
        "99999999999,must be a whole number of seconds"
    })
    void aLifeThatIsNoneIsRefused(String seconds, String reason) {
        assertThat(fault(configuration(profile(
                        "default",
                        "RamRoleArn",
                        AK_MEMBERS + ",\"ram_role_arn\":\"r\",\"expired_seconds\":" + seconds))))
                .contains("expired_seconds")
                .contains(reason.replace(';', ','));
    }

    @Test
    void aMistakeInAnotherProfileHarmsNobody() {
        assertThat(chosen(configuration(AK, profile("other", "Ak", "\"access_key_id\":5"))))
                .isEqualTo(KEY);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "[] | line 1: the document must be an object, not an array",
                "5 | line 1: the document must be an object, not a number",
                "{\"profiles\":{}} | line 1: profiles must be an array, not an object",
                "{\"profiles\":[5]} | line 1: a profile must be an object, not a number",
                "{\"current\":5} | line 1: current must be a string, not a number",
                "{\"profiles\":[{\"mode\":\"AK\"}]} | has a profile without a name, in line 1",
                "{\"profiles\":[{\"name\":5}]} | has a profile without a name, in line 1",
                "{\"current\":\"a\",\"current\":\"b\"} | has [current] twice in one object, the second time in line 1",
                "{\"a\":1,\"a\":2} | has a member twice in one object, the second time in line 1",
                "{} {} | goes on after the end of its object, in line 1",
            })
    void aFileOfAnotherShapeIsNamed(String text, String reason) {
        assertThat(fault(text)).isEqualTo(file() + reason);
    }

    @Test
    void aRepeatedMemberIsNamedByItsLine() {
        String twice = configuration(
                "{\"name\":\"default\",\n\"mode\":\"AK\"," + AK_MEMBERS + ",\n\"access_key_secret\":\"x\"}");
        assertThat(fault(twice))
                .isEqualTo(file() + "has [access_key_secret] twice in one object, the second time in line 3");
        assertThat(fault(configuration("{\"name\":\"default\",\"" + Home.SECRET + "\":1,\"" + Home.SECRET + "\":1}")))
                .isEqualTo(file() + "has a member twice in one object, the second time in line 1");
    }

    @Test
    void aFileCutAnywhereIsSaidToBe() {
        String whole = configuration(AK);
        for (int end = 1; end < whole.length(); end++) {
            assertThat(fault(whole.substring(0, end)))
                    .isEqualTo(file() + "is not valid JSON, or is cut off, in line 1");
        }
        assertThat(fault("")).isEqualTo(file() + "is empty");
        assertThat(fault(" \n")).isEqualTo(file() + "is empty");
    }

    @Test
    void whatTheParserStumbledOnIsNotRepeated() {
        // Jackson's own message quotes the token.
        assertThat(fault("{\"current\":\"default\",\n\"profiles\":[{\"access_key_secret\":" + Home.SECRET + "}]}"))
                .isEqualTo(file() + "is not valid JSON, or is cut off, in line 2");
        assertThat(fault("[".repeat(2000))).contains("must be an object");
        assertThat(fault("{\"a\":" + "[".repeat(2000))).contains("is not valid JSON");
    }
}
