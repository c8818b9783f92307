package io.apsaramqtt.spring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import io.apsaramqtt.credentials.AccessKey;
import io.apsaramqtt.credentials.CredentialsException;
import io.apsaramqtt.credentials.CredentialsProvider;
import io.apsaramqtt.openapi.RamPermissions;
import io.apsaramqtt.permission.source.PermissionSource;
import io.apsaramqtt.policy.Outcome;
import io.apsaramqtt.policy.Policy;
import io.apsaramqtt.spring.permission.DeclaredOperations;
import io.apsaramqtt.test.cloud.FakeAlibabaCloud;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.source.MutuallyExclusiveConfigurationPropertiesException;

class PermissionSettingsTest {

    private static final CredentialsProvider KEY = CredentialsProvider.of(AccessKey.of("LTAI5tRam", "secret"));

    private static MqttPermissionProperties properties(Map<String, String> values) {
        return Bound.properties(values).permissions();
    }

    private static Optional<PermissionSource> ram(Map<String, String> values) {
        return PermissionSettings.ram(properties(values), KEY);
    }

    @Test
    void ramIsAskedOnlyIfToldSo() {
        assertThat(ram(Map.of())).isEmpty();
        assertThat(ram(Map.of("apsara.mqtt.permissions.ram.enabled", "true")))
                .get()
                .usingRecursiveComparison()
                .isEqualTo(RamPermissions.of(KEY));
    }

    @Test
    void whatCannotBindTheAccountIsNotAskedFor() {
        assertThat(ram(Map.of(
                        "apsara.mqtt.permissions.ram.enabled", "true",
                        "apsara.mqtt.permissions.ram.control-policies", "false",
                        "apsara.mqtt.permissions.ram.resource-group-policies", "false")))
                .get()
                .usingRecursiveComparison()
                .isEqualTo(RamPermissions.of(KEY).withoutControlPolicies().withoutResourceGroupPolicies());
    }

    @Test
    void aServerIsAskedByItsUrl() {
        assertThat(ClientSettings.builder(Bound.properties(
                        Map.of("apsara.mqtt.permissions.url", "https://authorization.example.com/gateway"))))
                .extracting("settings.permissions")
                .hasSameClassAs(PermissionSource.http(URI.create("https://authorization.example.com/gateway")));
    }

    @Test
    void aUrlThatIsNoneIsAMistakeOfItsProperty() {
        Runners.one()
                .withPropertyValues("apsara.mqtt.permissions.url=file:policy.json")
                .run(context ->
                        assertThat(context).getFailure().rootCause().hasMessageContaining("is no address of a server"));
    }

    @ParameterizedTest
    @CsvSource({
        "policy-file, p.json, url, https://a.example.com",
        "policy-file, p.json, ram.enabled, true",
        "url, https://a.example.com, ram.enabled, true"
    })
    void twoSourcesAtOnceAreRefusedByTheNamesOfTheirProperties(String one, String first, String other, String second) {
        Runners.one()
                .withPropertyValues(
                        "apsara.mqtt.permissions." + one + "=" + first,
                        "apsara.mqtt.permissions." + other + "=" + second)
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .isInstanceOfSatisfying(
                                MutuallyExclusiveConfigurationPropertiesException.class,
                                e -> assertThat(e.getConfiguredNames())
                                        .containsExactlyInAnyOrder(
                                                "apsara.mqtt.permissions." + one, "apsara.mqtt.permissions." + other)));
    }

    @Test
    void theTextOfThePropertiesHidesWhatAUrlMayHideItself() {
        assertThat(Bound.properties(
                        Map.of("apsara.mqtt.permissions.url", "https://me:s3cret@a.example.com/x?key=s3cret")))
                .asString()
                .contains("a.example.com")
                .doesNotContain("s3cret");
    }

    @Test
    void aClientAsksRamWithItsOwnCredentials() {
        Runners.one()
                .withPropertyValues("apsara.mqtt.permissions.ram.enabled=true", "apsara.mqtt.publish-topics=a/b")
                .withBean(CredentialsProvider.class, () -> () -> {
                    throw CredentialsException.of("vault", "sealed");
                })
                .run(context -> assertThat(
                                context.getBean(DeclaredOperations.class).check())
                        .singleElement()
                        .satisfies(row -> {
                            assertThat(row.outcome()).isEqualTo(Outcome.UNKNOWN);
                            assertThat(row.explanation())
                                    .contains("cannot be asked without an AccessKey", "vault: sealed");
                        }));
    }

    @Test
    void anApplicationReadsItsPermissionsFromTheEndpointThatIsNamed() {
        AccessKey key = AccessKey.of("LTAI5tRamByProperty", "secret-in-ram");
        Policy alarms = Policy.parse("alarms", """
                {"Version":"1","Statement":[
                  {"Effect":"Allow","Action":"mq:PUB","Resource":"acs:mq:*:*:topic/post-cn-demo/alarms"}]}""");
        try (FakeAlibabaCloud cloud =
                FakeAlibabaCloud.builder().user("gateway", key, alarms).start()) {
            cloud.account().user("gateway").attach("AliyunRAMReadOnlyAccess");
            Runners.one()
                    .withPropertyValues(
                            "apsara.mqtt.instance-id=post-cn-demo",
                            "apsara.mqtt.permissions.ram.enabled=true",
                            "apsara.mqtt.permissions.ram.endpoint=" + cloud.endpoint(),
                            "apsara.mqtt.permissions.ram.control-policies=false",
                            "apsara.mqtt.permissions.ram.resource-group-policies=false",
                            "apsara.mqtt.publish-topics=alarms/1,billing/1")
                    .withBean(CredentialsProvider.class, () -> CredentialsProvider.of(key))
                    .run(context -> assertThat(
                                    context.getBean(DeclaredOperations.class).check())
                            .extracting(row -> row.outcome())
                            .containsExactly(Outcome.ALLOWED, Outcome.IMPLICIT_DENY));
            assertThat(cloud.requests().count("GetCallerIdentity")).isEqualTo(1);
        }
    }

    @Test
    void anEndpointThatRamIsNotAskedAtIsAMistakeOfItsProperty() {
        Runners.one()
                .withPropertyValues(
                        "apsara.mqtt.permissions.ram.enabled=true",
                        "apsara.mqtt.permissions.ram.endpoint=http://ram.example.com")
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .hasMessageContaining("would be spoken to without TLS"));
    }

    @Test
    void aSourceOfTheApplicationWinsOverTheProperties() {
        Runners.one()
                .withPropertyValues("apsara.mqtt.permissions.ram.enabled=true", "apsara.mqtt.publish-topics=a/b")
                .withBean(PermissionSource.class, () -> PermissionSource.fixed(Policy.parse("own", """
                                {"Version":"1","Statement":[]}""")))
                .run(context -> assertThat(
                                context.getBean(DeclaredOperations.class).check())
                        .singleElement()
                        .satisfies(row -> assertThat(row.outcome()).isEqualTo(Outcome.IMPLICIT_DENY)));
    }
}
