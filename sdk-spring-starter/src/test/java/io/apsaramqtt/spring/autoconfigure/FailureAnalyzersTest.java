package io.apsaramqtt.spring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import io.apsaramqtt.client.connection.ConnectFailedException;
import io.apsaramqtt.client.connection.ConnectFailedException.Reason;
import io.apsaramqtt.client.connection.Endpoint;
import io.apsaramqtt.credentials.CredentialsException;
import io.apsaramqtt.credentials.CredentialsProvider;
import io.apsaramqtt.permission.source.PermissionSource;
import io.apsaramqtt.permission.source.PermissionSourceException;
import io.apsaramqtt.policy.Policy;
import io.apsaramqtt.spring.MqttListener;
import io.apsaramqtt.spring.permission.PublishesTo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.core.io.support.SpringFactoriesLoader;

class FailureAnalyzersTest {

    private static final Endpoint ENDPOINT = Endpoint.parse("post-cn-x.mqtt.aliyuncs.com");

    /** As Spring Boot does: the first that knows it. */
    private static FailureAnalysis analysis(Throwable failure) {
        List<FailureAnalyzer> analyzers = SpringFactoriesLoader.forDefaultResourceLocation()
                .load(FailureAnalyzer.class, (type, name, problem) -> {
                    // Those of Spring Boot that need an environment.
                });
        return analyzers.stream()
                .filter(each -> each.getClass().getName().startsWith("io.apsaramqtt"))
                .map(each -> (@Nullable FailureAnalysis) each.analyze(failure))
                .filter(Objects::nonNull)
                .findFirst()
                .orElseThrow();
    }

    private static FailureAnalysis analysis(ApplicationContextRunner runner) {
        FailureAnalysis[] found = new FailureAnalysis[1];
        runner.run(context -> found[0] = analysis(Objects.requireNonNull(context.getStartupFailure(), "started")));
        return found[0];
    }

    @Test
    void missingCredentialsTellEveryAttempt() {
        FailureAnalysis analysis = analysis(Runners.one()
                .withPropertyValues("apsara.mqtt.connect-on-start=required")
                .withBean(
                        CredentialsProvider.class,
                        () -> CredentialsProvider.chain(
                                () -> {
                                    throw CredentialsException.of("vault", "sealed");
                                },
                                () -> {
                                    throw CredentialsException.of("file", "not there");
                                })));
        assertThat(analysis.getDescription().lines())
                .containsSubsequence("    - vault: sealed", "    - file: not there");
        assertThat(analysis.getAction())
                .contains("ALIBABA_CLOUD_ACCESS_KEY_ID", "apsara.mqtt.credentials.access-key-secret");
    }

    @Test
    void credentialsThatKeepAConnectionFromBeingSignedAreToldBeforeTheConnection() {
        assertThat(analysis(new ConnectFailedException(
                                ENDPOINT,
                                Reason.NOT_SIGNED,
                                null,
                                "could not be made",
                                CredentialsException.of("vault", "sealed")))
                        .getDescription())
                .contains("vault: sealed");
    }

    private static ApplicationContextRunner connecting(Path policyFile) {
        return Runners.one()
                .withPropertyValues(
                        "apsara.mqtt.connect-on-start=required", "apsara.mqtt.permissions.policy-file=" + policyFile);
    }

    @Test
    void aPolicyFileThatIsNotThereIsNamedWithItsProperty(@TempDir Path folder) {
        Path missing = folder.resolve("policy.json");
        FailureAnalysis analysis = analysis(connecting(missing));
        assertThat(analysis.getDescription())
                .startsWith("The permissions cannot be read. Permission source [" + missing
                        + "] does not exist (looked in " + folder + ")");
        assertThat(analysis.getAction())
                .startsWith("Make [" + missing + "] readable for the application, or name another.")
                .contains("apsara.mqtt.permissions.policy-file", "apsara.mqtt.clients.<name>", "PermissionSource");
        assertThat(analysis.getCause()).isInstanceOf(PermissionSourceException.class);
    }

    @Test
    void aPolicyFileThatIsNoneTellsLineAndProblem(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("policy.json"), """
                {"Version": "1",
                 "Statement": [{"Effect": "Maybe"}]}""");
        FailureAnalysis analysis = analysis(connecting(file));
        assertThat(analysis.getDescription())
                .startsWith("The permissions are no RAM policy. Policy [policy.json], line 2, column ")
                .contains("Maybe");
        assertThat(analysis.getAction())
                .startsWith("Mend line 2 of [policy.json]: 'apsara-mqtt lint'")
                .contains("apsara.mqtt.permissions.policy-file", "apsara.mqtt.clients.<name>", "PermissionSource");
    }

    @Test
    void permissionsOfABeanThatAreNoneAreToldToo() {
        FailureAnalysis analysis = analysis(
                Runners.one().withBean(PermissionSource.class, () -> PermissionSource.fixed(Policy.parse("p", "[]"))));
        assertThat(analysis.getDescription()).startsWith("The permissions are no RAM policy. Policy [p], line 1");
    }

    @ParameterizedTest
    @CsvSource({
        "UNKNOWN_HOST, , Check the host of apsara.mqtt.endpoint [ssl://post-cn-x.mqtt.aliyuncs.com:8883], 'optional'",
        "UNREACHABLE, , Check host and port of apsara.mqtt.endpoint [ssl://post-cn-x, 'optional'",
        "TIMEOUT, , apsara.mqtt.connect-timeout, 'optional'",
        "TLS, , apsara.mqtt.ssl.bundle, tcp://",
        "CLOSED_BY_BROKER, , group must be created, port that expects TLS",
        "REFUSED, 2, apsara.mqtt.group-id, apsara.mqtt.device-id",
        "REFUSED, 133, apsara.mqtt.group-id, apsara.mqtt.device-id",
        "REFUSED, 5, AccessKey ID and secret, apsara.mqtt.instance-id",
        "NOT_SIGNED, , AccessKey ID and secret, apsara.mqtt.instance-id",
        "PROTOCOL, 1, apsara.mqtt.mqtt-version, 3.1.1 or 5",
        "OTHER, , apsara.mqtt.endpoint, 'optional'"
    })
    void aFailedConnectionTellsWhatToCheckForItsReason(
            Reason reason, @Nullable Integer code, String first, String second) {
        ConnectFailedException failure =
                new ConnectFailedException(ENDPOINT, reason, code, "failed: probable cause", null);
        FailureAnalysis analysis = analysis(new IllegalStateException(failure));
        assertThat(analysis.getDescription())
                .isEqualTo("Connection to [ssl://post-cn-x.mqtt.aliyuncs.com:8883] failed: probable cause.");
        assertThat(analysis.getAction()).contains(first.replace("'", ""), second.replace("'", ""));
        assertThat(analysis.getCause()).isSameAs(failure);
    }

    @ParameterizedTest
    @CsvSource({
        "apsara.mqtt.device-id=a.b, Client ID [GID_demo@@@a.b] is not <GroupID>@@@<DeviceID>",
        "apsara.mqtt.device-id=0123456789012345678901234567890123456789012345678901234567890123456789, has 81 characters",
        "apsara.mqtt.group-id=, Property [apsara.mqtt.group-id]"
    })
    void aBadClientIdTellsWhatIsAllowedAndWhichPropertiesMakeIt(String mistake, String description) {
        FailureAnalysis analysis = analysis(Runners.one().withPropertyValues(mistake));
        assertThat(analysis.getDescription()).contains(description);
        assertThat(analysis.getAction())
                .contains(
                        "<GroupID>@@@<DeviceID>",
                        "64 characters",
                        "apsara.mqtt.group-id",
                        "apsara.mqtt.device-id-from");
    }

    @Test
    void anyOtherPropertyIsNamed() {
        FailureAnalysis analysis = analysis(Runners.one().withPropertyValues("apsara.mqtt.window=0"));
        assertThat(analysis.getDescription()).contains("Property [apsara.mqtt.window]", "it must be at least 1");
        assertThat(analysis.getAction()).startsWith("Set the property [apsara.mqtt.window]");
    }

    @Test
    void aPropertyNeverShowsASecret() {
        FailureAnalysis analysis = analysis(Runners.one()
                .withPropertyValues(
                        "apsara.mqtt.credentials.access-key-id=", "apsara.mqtt.credentials.access-key-secret=s3cret"));
        assertThat(analysis.getDescription() + analysis.getAction())
                .contains("apsara.mqtt.credentials.access-key-id")
                .doesNotContain("s3cret");
    }

    @Test
    void anInvalidListenerIsNamed() {
        FailureAnalysis analysis = analysis(Runners.one().withBean(BadListener.class));
        assertThat(analysis.getDescription()).startsWith("Listener [" + BadListener.class.getName() + ".on(String)]");
        assertThat(analysis.getAction()).startsWith("Change the method [" + BadListener.class.getName());
    }

    @Test
    void anInvalidDeclarationIsNamed() {
        FailureAnalysis analysis = analysis(Runners.one().withBean(BadDeclaration.class));
        assertThat(analysis.getDescription()).startsWith("@PublishesTo of [" + BadDeclaration.class.getName() + "]");
        assertThat(analysis.getAction()).startsWith("Change the @PublishesTo of [" + BadDeclaration.class.getName());
    }

    @Test
    void aDenialAtTheStartTellsTheVerdictAndThePolicyToPaste() {
        FailureAnalysis analysis = analysis(Runners.one()
                .withPropertyValues(
                        Runners.policyFile("p", """
                                {"Version":"1","Statement":[]}"""),
                        "apsara.mqtt.publish-topics=a/b",
                        "apsara.mqtt.permissions.startup=fail"));
        assertThat(analysis.getDescription())
                .startsWith("Not permitted: publish to 'a/b' (mq:PUB on topic/post-cn-x/a)")
                .contains("outcome    implicit deny", "to allow   {\"Effect\":\"Allow\"", "apsara.mqtt.publish-topics");
        assertThat(analysis.getAction())
                .contains("\"Version\": \"1\"", "\"acs:mq:*:*:topic/post-cn-x/a\"")
                .doesNotContain("wins over any Allow")
                .endsWith("set apsara.mqtt.permissions.startup to 'warn'.");
    }

    @Test
    void aDenyThatNoGrantOvercomesIsToldToo() {
        FailureAnalysis analysis = analysis(Runners.one()
                .withPropertyValues(
                        Runners.policyFile("p", """
                                {"Version":"1","Statement":[
                                  {"Effect":"Deny","Action":"mq:PUB","Resource":"acs:mq:*:*:topic/post-cn-x/a"}]}"""),
                        "apsara.mqtt.publish-topics=a/b",
                        "apsara.mqtt.permissions.startup=fail"));
        assertThat(analysis.getDescription()).contains("to permit  change or detach policy \"p\", statement 1");
        assertThat(analysis.getAction()).contains("wins over any Allow");
    }

    static class BadListener {

        @MqttListener(topics = "a/#/b")
        void on(String ignored) {}
    }

    @PublishesTo("a/#")
    static class BadDeclaration {}
}
