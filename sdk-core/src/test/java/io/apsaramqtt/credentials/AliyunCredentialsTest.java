package io.apsaramqtt.credentials;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.apsaramqtt.credentials.LoopbackCloud.Answer;
import io.apsaramqtt.credentials.LoopbackCloud.Request;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The official library, with every host it asks answered on the loopback interface. */
@Timeout(60)
class AliyunCredentialsTest {

    private static final String TOKEN = "CAISsecurityTokenOfTheSession";
    private static final String KEY = "\"AccessKeyId\":\"STS.NExample123\",\"AccessKeySecret\":\"" + Home.SECRET
            + "\",\"SecurityToken\":\"" + TOKEN + "\",\"Expiration\":\"2099-01-01T00:00:00Z\"";
    private static final String SERVED = "{\"Code\":\"Success\"," + KEY + "}";
    private static final String ASSUMED = "{\"Credentials\":{" + KEY + "}}";
    private static final AccessKey TEMPORARY =
            AccessKey.temporary("STS.NExample123", Home.SECRET, TOKEN, Instant.parse("2099-01-01T00:00:00Z"));

    @TempDir
    static Path certificates;

    @TempDir
    Path directory;

    private Home home;
    private LoopbackCloud cloud;
    private volatile Answer answer = new Answer(200, SERVED);

    @BeforeEach
    void start() throws IOException {
        home = new Home(directory);
        cloud = new LoopbackCloud(certificates, request -> {
            if (request.target().startsWith("PUT")) {
                return new Answer(200, "metadata-token");
            }
            return request.target().endsWith("/security-credentials/") ? new Answer(200, "role-of-instance") : answer;
        });
    }

    @AfterEach
    void stop() throws IOException {
        cloud.close();
    }

    private CredentialsProvider chain() {
        return DefaultChain.of(home.surroundings(), RoleSessions::ofTheLibrary);
    }

    private String reason(CredentialsProvider provider, String source) {
        CredentialsException e = catchThrowableOfType(CredentialsException.class, provider::resolve);
        assertThat(e).hasNoCause();
        assertThat(e.getMessage()).doesNotContain(Home.SECRET, TOKEN);
        return e.attempts().stream()
                .filter(attempt -> attempt.source().equals(source))
                .findFirst()
                .orElseThrow()
                .reason();
    }

    @Test
    void aCredentialsUriIsAskedOnceForManyQuestions() {
        home.with("ALIBABA_CLOUD_CREDENTIALS_URI", "http://localhost:1/key?x=y")
                .with("ALIBABA_CLOUD_ECS_METADATA_DISABLED", "true");
        CredentialsProvider chain = chain();
        assertThat(chain.resolve()).isEqualTo(TEMPORARY);
        assertThat(chain.resolve()).isEqualTo(TEMPORARY);
        assertThat(cloud.requests).extracting(Request::target).containsExactly("GET http://localhost:1/key?x=y");
    }

    @Test
    void theMetadataServiceIsAskedForTheRoleAndThenForItsAccessKey() {
        assertThat(chain().resolve()).isEqualTo(TEMPORARY);
        String folder = "http://100.100.100.200/latest/meta-data/ram/security-credentials/";
        assertThat(cloud.requests)
                .containsExactly(
                        new Request("PUT http://100.100.100.200/latest/api/token", "", ""),
                        new Request("GET " + folder, "metadata-token", ""),
                        new Request("PUT http://100.100.100.200/latest/api/token", "", ""),
                        new Request("GET " + folder + "role-of-instance", "metadata-token", ""));
    }

    @Test
    void aNamedRoleOfTheInstanceIsAskedForAtOnce() {
        home.with("ALIBABA_CLOUD_ECS_METADATA", "named");
        assertThat(chain().resolve()).isEqualTo(TEMPORARY);
        assertThat(cloud.requests)
                .extracting(Request::target)
                .containsExactly(
                        "PUT http://100.100.100.200/latest/api/token",
                        "GET http://100.100.100.200/latest/meta-data/ram/security-credentials/named");
        answer = new Answer(404, "not found");
        assertThat(reason(chain(), "ECS RAM role"))
                .isEqualTo("RAM role [named] from the metadata service of ECS: this instance has no such role");
    }

    @Test
    void aRoleIsAssumedAtStsWithTheAccessKeyOfTheProfile() {
        home.cli(
                "{\"current\":\"a\",\"profiles\":[{\"name\":\"a\",\"mode\":\"RamRoleArn\",\"access_key_id\":\"LTAI5tPermanent\","
                        + "\"access_key_secret\":\"s\",\"ram_role_arn\":\"acs:ram::1:role/r\",\"expired_seconds\":1200,"
                        + "\"external_id\":\"e\",\"policy\":\"{}\"}]}");
        answer = new Answer(200, ASSUMED);
        assertThat(chain().resolve()).isEqualTo(TEMPORARY);
        assertThat(cloud.requests).hasSize(2);
        assertThat(cloud.requests.get(0).target()).startsWith("CONNECT sts.aliyuncs.com:443 ");
        assertThat(cloud.requests.get(1).target())
                .startsWith("GET /?")
                .contains(
                        "Action=AssumeRole",
                        "AccessKeyId=LTAI5tPermanent",
                        "RoleArn=acs%3Aram%3A%3A1%3Arole%2Fr",
                        "RoleSessionName=apsara-mqtt",
                        "DurationSeconds=1200",
                        "ExternalId=e",
                        "Policy=%7B%7D")
                .doesNotContain("SecurityToken");
    }

    @Test
    void aChainOfRolesIsAssumedOneAfterTheOther() {
        home.cli(
                "{\"current\":\"b\",\"profiles\":[{\"name\":\"b\",\"mode\":\"ChainableRamRoleArn\",\"source_profile\":\"a\","
                        + "\"ram_role_arn\":\"second\",\"sts_region\":\"cn-beijing\",\"enable_vpc\":true},{\"name\":\"a\","
                        + "\"mode\":\"RamRoleArn\",\"access_key_id\":\"LTAI5tPermanent\",\"access_key_secret\":\"s\","
                        + "\"ram_role_arn\":\"first\"}]}");
        answer = new Answer(200, ASSUMED);
        assertThat(chain().resolve()).isEqualTo(TEMPORARY);
        assertThat(cloud.requests).hasSize(4);
        assertThat(cloud.requests.get(1).target()).contains("RoleArn=first", "AccessKeyId=LTAI5tPermanent");
        assertThat(cloud.requests.get(2).target()).startsWith("CONNECT sts-vpc.cn-beijing.aliyuncs.com:443 ");
        assertThat(cloud.requests.get(3).target())
                .contains("RoleArn=second", "AccessKeyId=STS.NExample123", "SecurityToken=" + TOKEN);
    }

    @Test
    void anOidcTokenIsReadAnewAndExchangedAtSts() throws IOException {
        Path token = directory.resolve("token");
        home.with("ALIBABA_CLOUD_ROLE_ARN", "acs:ram::1:role/r")
                .with("ALIBABA_CLOUD_OIDC_PROVIDER_ARN", "acs:ram::1:oidc-provider/p")
                .with("ALIBABA_CLOUD_OIDC_TOKEN_FILE", token.toString())
                .with("ALIBABA_CLOUD_ECS_METADATA_DISABLED", "true");
        assertThat(reason(chain(), "OIDC")).isEqualTo("OIDC token file [" + token + "] cannot be read");
        Files.writeString(token, "the.oidc.token");
        answer = new Answer(200, ASSUMED);
        assertThat(chain().resolve()).isEqualTo(TEMPORARY);
        assertThat(cloud.requests.get(1).target()).startsWith("POST /?").contains("Action=AssumeRoleWithOIDC");
        assertThat(cloud.requests.get(1).body())
                .contains(
                        "OIDCToken=the.oidc.token",
                        "RoleArn=acs%3Aram%3A%3A1%3Arole%2Fr",
                        "OIDCProviderArn=acs%3Aram%3A%3A1%3Aoidc-provider%2Fp",
                        "RoleSessionName=apsara-mqtt");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "403 | {\"Code\":\"NoPermission\",\"Message\":\"no\"} | refused with HTTP status 403, NoPermission",
                "500 | oops | refused with HTTP status 500",
                "200 | {\"Code\":\"Failed\"} | the answer holds no AccessKey (CredentialException)",
                "200 | SERVED-CUT | the answer holds no AccessKey (CredentialException)",
                "200 | {\"Code\":\"Success\",\"AccessKeyId\":5} | the answer holds no AccessKey (CredentialException)",
                "200 | null | the answer holds no AccessKey (CredentialException)",
            })
    void whatAServerAnswersInsteadIsToldWithoutRepeatingIt(int status, String body, String reason) {
        home.with("ALIBABA_CLOUD_CREDENTIALS_URI", "http://user:pw@localhost:1/key?x=y")
                .with("ALIBABA_CLOUD_ECS_METADATA_DISABLED", "true");
        answer = new Answer(status, body.replace("SERVED-CUT", SERVED.substring(0, SERVED.length() - 5)));
        assertThat(reason(chain(), "credentials URI")).isEqualTo("credentials URI [http://localhost:1/key]: " + reason);
    }

    @Test
    void anAnswerWithoutATokenOrWithAStrangeExpiryIsNone() {
        home.with("ALIBABA_CLOUD_CREDENTIALS_URI", "http://localhost:1/key")
                .with("ALIBABA_CLOUD_ECS_METADATA_DISABLED", "true");
        answer = new Answer(200, SERVED.replace(TOKEN, ""));
        assertThat(reason(chain(), "credentials URI")).contains("the answer holds no AccessKey");
        answer = new Answer(200, SERVED.replace("2099", "soon"));
        assertThat(reason(chain(), "credentials URI")).contains("the answer holds no AccessKey");
        answer = new Answer(200, SERVED.replace("2099", "1999"));
        assertThat(reason(chain(), "refreshing")).contains("expired at 1999-01-01T00:00:00Z");
    }

    @Test
    void aNetworkThatDoesNotAnswerIsNamedAtEachPlace() {
        cloud.cut();
        home.with("ALIBABA_CLOUD_CREDENTIALS_URI", "http://localhost:1/key");
        String noAnswer =
                ": no usable answer; check the network, and whether this program runs where the service can be reached";
        assertThat(reason(chain(), "credentials URI")).isEqualTo("credentials URI [http://localhost:1/key]" + noAnswer);
        assertThat(reason(chain(), "ECS RAM role")).isEqualTo("RAM role from the metadata service of ECS" + noAnswer);
        home.ini("[default]\nenable=true\ntype=ram_role_arn\nrole_arn=r\naccess_key_id=i\naccess_key_secret=s");
        assertThat(reason(chain(), "credentials file")).isEqualTo("AssumeRole of [r] at STS" + noAnswer);
    }
}
