package io.apsaramqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.apsaramqtt.authentication.Authentication;
import io.apsaramqtt.authentication.DeviceCredential;
import io.apsaramqtt.authentication.SignMode;
import io.apsaramqtt.authentication.SignedConnect;
import io.apsaramqtt.authentication.Token;
import io.apsaramqtt.authentication.TokenType;
import io.apsaramqtt.authentication.Tokens;
import io.apsaramqtt.credentials.AccessKey;
import io.apsaramqtt.credentials.CredentialsProvider;
import io.apsaramqtt.mqtt.ClientId;
import io.apsaramqtt.mqtt.Message;
import io.apsaramqtt.mqtt.Profile;
import io.apsaramqtt.mqtt.ServiceRules;
import io.apsaramqtt.mqtt.TopicFilter;
import io.apsaramqtt.mqtt.TopicName;
import io.apsaramqtt.permission.EffectivePermissions;
import io.apsaramqtt.permission.PermissionScope;
import io.apsaramqtt.permission.Permissions;
import io.apsaramqtt.permission.source.CacheTimes;
import io.apsaramqtt.permission.source.PermissionCache;
import io.apsaramqtt.permission.source.PermissionSource;
import io.apsaramqtt.policy.PolicySet;
import io.apsaramqtt.resource.Dialect;
import io.apsaramqtt.resource.ServiceInstance;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** Looks for the secrets in everything that the core prints. */
class SecretsTest {

    private static final String SECRET = "kJ8sQz1SecretOfTheAccessKey";
    private static final String TOKEN = "CAISsecurityTokenOfTheSession";
    private static final String PASSWORD = "passwordOfAnotherBroker";
    private static final String PAYLOAD = "confidentialPayload";
    private static final ClientId CLIENT = ClientId.of("GID_demo", "device-1");

    private final AccessKey permanent = AccessKey.of("LTAI5tExampleQx9", SECRET);
    private final AccessKey temporary = AccessKey.temporary("STS.NExample123", SECRET, TOKEN);
    private final List<String> printed = new ArrayList<>();
    private final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    private final ListAppender<ILoggingEvent> appender = new ListAppender<>();
    private final Level level = root.getLevel();

    @BeforeEach
    void listen() {
        appender.start();
        root.addAppender(appender);
        root.setLevel(Level.TRACE);
    }

    @AfterEach
    void stopListening() {
        root.detachAppender(appender);
        root.setLevel(level);
    }

    @Test
    void noStringFormHoldsASecret() {
        SignedConnect signed = signature(permanent).sign(CLIENT);
        print(permanent, temporary);
        print(CredentialsProvider.of(permanent), CredentialsProvider.of(temporary));
        print(CredentialsProvider.chain(CredentialsProvider.of(permanent)), CredentialsProvider.environment());
        print(CredentialsProvider.systemProperties(), CredentialsProvider.defaultChain());
        print(CredentialsProvider.refreshing(CredentialsProvider.of(temporary)));
        print(AccessKey.temporary("STS.NExample123", SECRET, TOKEN, Instant.EPOCH));
        print(CredentialsProvider.profile(Path.of("config.json"), "p"), CredentialsProvider.profile());
        print(CredentialsProvider.credentialsFile(Path.of("c.ini"), "p"), CredentialsProvider.credentialsFile());
        print(signature(permanent), signed, Authentication.plain("user", PASSWORD));
        print(
                Authentication.plain("user", PASSWORD).sign(CLIENT),
                Authentication.anonymous().sign(CLIENT));
        print(Message.of("alarms", PAYLOAD), Message.of("alarms", PAYLOAD).withRetained(true));
        Token token = Token.of(TokenType.RW, TOKEN, Instant.EPOCH, List.of(TopicFilter.of("alarms/#")));
        print(token, Tokens.of("LTAI5tExampleQx9", token), DeviceCredential.of("DC.ExampleQx9", SECRET));
        Authentication tokens = Authentication.token(
                "post-cn-x", id -> Tokens.of("LTAI5tExampleQx9", Token.of(TokenType.RW, TOKEN, Instant.MAX)));
        print(tokens, tokens.sign(CLIENT), tokens.tokens(CLIENT).orElseThrow());
        Authentication device =
                Authentication.deviceCredential("post-cn-x", DeviceCredential.of("DC.ExampleQx9", SECRET));
        Authentication custom = Authentication.custom("sensor", PASSWORD, SignMode.ORIGIN);
        print(device, device.sign(CLIENT), custom, custom.sign(CLIENT));
        assertNothingLeaked(11 + 4 + 3 + 6 + 7, signed);
    }

    @Test
    void noExceptionHoldsASecret(@TempDir Path directory) throws Exception {
        SignedConnect signed = signature(permanent).sign(CLIENT);
        Path malformed = Files.writeString(directory.resolve("policy.json"), "{");
        printFailure(() -> AccessKey.of("", SECRET));
        printFailure(() -> AccessKey.temporary("", SECRET, TOKEN));
        printFailure(() -> AccessKey.temporary("LTAI5t", SECRET, " "));
        printFailure(() -> AccessKey.temporary("LTAI5t", " ", TOKEN));
        printFailure(() -> withProperties(
                Map.of("alibabacloud.accessKeySecret", SECRET, "alibabacloud.sessionToken", TOKEN),
                CredentialsProvider.chain(CredentialsProvider.systemProperties())::resolve));
        printFailure(() -> Token.of(TokenType.R, TOKEN + "|", Instant.EPOCH));
        printFailure(() -> DeviceCredential.of("", SECRET));
        printFailure(() -> Authentication.custom("a|b", PASSWORD, SignMode.ORIGIN));
        printFailure(() -> Authentication.token(
                        "post-cn-x", id -> Tokens.of("LTAI5tExampleQx9", Token.of(TokenType.RW, TOKEN, Instant.EPOCH)))
                .sign(CLIENT));
        printFailure(() -> signature(temporary).sign(CLIENT));
        printFailure(() -> signature(AccessKey.of("STS.NExample123", SECRET)).sign(CLIENT));
        printFailure(() -> ServiceRules.of(Profile.APSARAMQ)
                .requirePublishable(Message.of("alarms", PAYLOAD).withRetained(true)));
        printFailure(() -> ServiceRules.of(Profile.APSARAMQ).requirePublishable(Message.of("/alarms", PAYLOAD)));
        printFailure(() -> ServiceRules.of(Profile.APSARAMQ).requireWill(Message.of("alarms", PAYLOAD)));
        printFailure(() -> Message.of("alarms/#", PAYLOAD));
        printFailure(() -> PermissionSource.file(malformed).load());
        printFailure(() -> PermissionSource.file(directory.resolve("absent")).load());
        printFailure(() -> deniedFor(permanent).requirePublish(TopicName.of("alarms")));
        assertNothingLeaked(18, signed);
    }

    @Test
    void noMistakeInACredentialsFileShowsASecret(@TempDir Path directory) throws Exception {
        List<String> configurations = List.of(
                "{\"profiles\":[{\"name\":\"p\",\"mode\":\"AK\",\"access_key_id\":\"i\",\"access_key_secret\":"
                        + SECRET,
                "{\"profiles\":[{\"name\":\"p\",\"access_key_secret\":\"" + SECRET
                        + "\",\"access_key_secret\":\"x\"}]}",
                "{\"profiles\":[{\"name\":\"p\",\"" + SECRET + "\":1,\"" + SECRET + "\":1}]}",
                "{\"profiles\":[{\"name\":\"p\",\"mode\":\"StsToken\",\"access_key_id\":\"i\",\"access_key_secret\":\""
                        + SECRET + "\",\"sts_token\":[\"" + TOKEN + "\"]}]}",
                "{\"profiles\":[{\"name\":\"p\",\"mode\":\"StsToken\",\"access_key_id\":\"i\",\"sts_token\":\"" + TOKEN
                        + "\",\"access_key_secret\":{\"a\":\"" + SECRET + "\"}}]}");
        List<String> sections = List.of(
                SECRET + "=1",
                "[p]\n" + SECRET,
                "[p]\n" + SECRET + "=\n" + SECRET + "=\n",
                "[p]\nenable=true\ntype=access_key\n\taccess_key_secret=" + SECRET,
                "[p]\nenable=" + SECRET + "\n",
                "[p]\nenable=true\ntype=access_key\naccess_key_secret=" + SECRET + "\n");
        for (String text : configurations) {
            Path file = Files.writeString(directory.resolve("config.json"), text);
            printFailure(CredentialsProvider.profile(file, "p")::resolve);
        }
        for (String text : sections) {
            Path file = Files.writeString(directory.resolve("credentials.ini"), text);
            printFailure(CredentialsProvider.credentialsFile(file, "p")::resolve);
        }
        printFailure(CredentialsProvider.refreshing(
                () -> AccessKey.temporary("STS.NExample123", SECRET, TOKEN, Instant.EPOCH))::resolve);
        assertNothingLeaked(12, signature(permanent).sign(CLIENT));
    }

    @Test
    void noLogLineHoldsASecret(@TempDir Path directory) throws Exception {
        Path file = Files.writeString(directory.resolve("policy.json"), "{\"policies\": []}");
        PermissionCache cache = new PermissionCache(
                PermissionSource.file(file), CacheTimes.standard(), Runnable::run, Clock.systemUTC());
        cache.get();
        Files.writeString(file, "{");
        cache.invalidate();
        cache.get();
        SignedConnect signed = signature(permanent).sign(CLIENT);
        printFailure(() -> signature(temporary).sign(CLIENT));
        assertThat(appender.list)
                .extracting(ILoggingEvent::getFormattedMessage)
                .singleElement()
                .asString()
                .startsWith("Permissions not refreshed, the copy of policy.json stays in use: ")
                .contains("line 1, column 2");
        assertNothingLeaked(1, signed);
    }

    @Test
    void everyFieldThatHoldsASecretIsKnownHere() {
        assertThat(new ClassFileImporter()
                                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                                .importPackages("io.apsaramqtt")
                                .stream()
                                .flatMap(type -> type.getFields().stream())
                                .filter(field -> !field.getModifiers().contains(JavaModifier.SYNTHETIC))
                                .filter(field -> field.getName()
                                        .toLowerCase(Locale.ROOT)
                                        .matches(".*(secret|token|password|payload).*"))
                                .map(JavaField::getFullName)
                                .toList())
                .containsExactlyInAnyOrder(
                        "io.apsaramqtt.credentials.AccessKey.secret",
                        "io.apsaramqtt.credentials.AccessKey.securityToken",
                        "io.apsaramqtt.authentication.SignedConnect.password",
                        "io.apsaramqtt.authentication.Token.token",
                        "io.apsaramqtt.authentication.DeviceCredential.secret",
                        "io.apsaramqtt.authentication.CustomAuthentication.secret",
                        "io.apsaramqtt.mqtt.Message.payload",
                        // Each held masked by its own type.
                        "io.apsaramqtt.authentication.Tokens.tokens",
                        "io.apsaramqtt.authentication.ClientTokens$Held.tokens",
                        "io.apsaramqtt.authentication.SignedConnect.tokens",
                        // Held masked by their own type, whose only field is the first.
                        "io.apsaramqtt.tls.Password.password",
                        "io.apsaramqtt.tls.StoredKey.storePassword",
                        "io.apsaramqtt.tls.StoredKey.keyPassword",
                        "io.apsaramqtt.tls.TlsConfigurationException$Problem.PASSWORD_MISSING",
                        "io.apsaramqtt.tls.TlsConfigurationException$Problem.WRONG_PASSWORD",
                        // The path of a file.
                        "io.apsaramqtt.credentials.Identity$OidcRole.tokenFile",
                        // These two hold the names of variables, the third and fourth a limit and a rule.
                        "io.apsaramqtt.credentials.VariablesCredentialsProvider.secretName",
                        "io.apsaramqtt.credentials.VariablesCredentialsProvider.tokenName",
                        "io.apsaramqtt.mqtt.ServiceLimits.payloadBytes",
                        "io.apsaramqtt.mqtt.ServiceRuleException$Rule.PAYLOAD_SIZE",
                        // Rules of ApplyToken.
                        "io.apsaramqtt.mqtt.ServiceRuleException$Rule.TOKEN_RESOURCES",
                        "io.apsaramqtt.mqtt.ServiceRuleException$Rule.TOKEN_LIFE");
    }

    private static Authentication signature(AccessKey key) {
        return Authentication.signature("post-cn-x", CredentialsProvider.of(key));
    }

    private static Permissions deniedFor(AccessKey key) {
        EffectivePermissions nothing =
                EffectivePermissions.of(PolicySet.of(), Clock.systemUTC().instant(), "policy.json");
        return new Permissions(
                new PermissionScope(ServiceInstance.of("post-cn-x"), CLIENT.groupId(), Dialect.AUTO, false),
                () -> nothing,
                () -> Optional.of(key.maskedId()),
                Clock.systemUTC());
    }

    private static void withProperties(Map<String, String> properties, Runnable action) {
        properties.forEach(System::setProperty);
        try {
            action.run();
        } finally {
            properties.keySet().forEach(System::clearProperty);
        }
    }

    private void print(Object... things) {
        for (Object thing : things) {
            printed.add(String.valueOf(thing));
        }
    }

    private void printFailure(ThrowingCallable call) {
        Throwable failure = catchThrowable(call);
        assertThat(failure).isNotNull();
        StringWriter text = new StringWriter();
        failure.printStackTrace(new PrintWriter(text));
        printed.add(text.toString());
    }

    private void assertNothingLeaked(int count, SignedConnect signed) {
        assertThat(printed).hasSize(count);
        appender.list.forEach(event -> printed.add(event.getFormattedMessage()));
        assertThat(printed)
                .allSatisfy(text -> assertThat(text)
                        .doesNotContain(SECRET, TOKEN, PASSWORD, PAYLOAD)
                        .doesNotContain(signed.password().orElseThrow()));
    }
}
