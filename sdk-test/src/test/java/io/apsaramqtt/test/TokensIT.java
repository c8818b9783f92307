package io.apsaramqtt.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.apsaramqtt.authentication.SignedConnect;
import io.apsaramqtt.authentication.Token;
import io.apsaramqtt.authentication.TokenType;
import io.apsaramqtt.credentials.AccessKey;
import io.apsaramqtt.mqtt.MqttVersion;
import io.apsaramqtt.mqtt.Qos;
import io.apsaramqtt.test.cloud.mqtt.CredentialStore;
import io.apsaramqtt.test.event.BrokerEvent.ConnectAccepted;
import io.apsaramqtt.test.event.BrokerEvent.ConnectRefused;
import io.apsaramqtt.test.event.BrokerEvent.Disconnected;
import io.apsaramqtt.test.event.BrokerEvent.TokenUploaded;
import io.apsaramqtt.test.event.DisconnectedBy;
import io.apsaramqtt.test.event.RefusedConnect;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Token mode, with clients that nobody here wrote and passwords written by hand. */
class TokensIT {

    private static final Duration HOUR = Duration.ofHours(1);
    private static final AtomicInteger DEVICES = new AtomicInteger();
    private static final CredentialStore ELSEWHERE = new CredentialStore(Clock.systemUTC(), new SecureRandom());

    private static EmbeddedApsaraMqtt instance;

    private final String device = "token-" + DEVICES.incrementAndGet();

    @BeforeAll
    static void start() {
        instance = EmbeddedApsaraMqtt.builder()
                .instanceId("post-cn-tokens")
                .account(AccessKey.of("LTAI5tTokensAccount", "secret"))
                .issued(ELSEWHERE)
                .tokenNoticeLead(Duration.ofMillis(1_500))
                .start();
    }

    @AfterAll
    static void stop() {
        instance.close();
    }

    @BeforeEach
    void forgetEvents() {
        instance.events().clear();
    }

    private Device device(MqttVersion version, String password) {
        SignedConnect signed = new SignedConnect("Token|LTAI5tTokensAccount|post-cn-tokens", password, null);
        return Device.of(instance, version, instance.clientId(device), signed);
    }

    private RefusedConnect refusal(MqttVersion version, String password) {
        assertThat(Device.failureOf(device(version, password).connecting())).isNotNull();
        return instance.events().await(ConnectRefused.class).reason();
    }

    private static Token token(TokenType type, String... resources) {
        return instance.issueToken(type, HOUR, resources);
    }

    @ParameterizedTest
    @EnumSource
    void aTokenOfEachTypeLetsInAndItsResourcesAreEnforced(MqttVersion version) {
        String password = "W|" + token(TokenType.W, "status").value() + "|R|"
                + token(TokenType.R, "alarms/#").value();
        try (Device client = device(version, password).connect()) {
            client.publish("status", "on");
            client.subscribe("alarms/#");
            assertThat(instance.events().of(ConnectAccepted.class))
                    .singleElement()
                    .satisfies(event -> assertThat(event.accessKeyId()).isEqualTo("LTAI5t****unt"));
            assertThat(Device.failureOf(client.publishing("alarms/a", Qos.AT_LEAST_ONCE, false, new byte[0])))
                    .isNotNull();
            client.awaitClosed();
        }
    }

    @ParameterizedTest
    @EnumSource
    void aDeniedOperationIsSaidWhyBeforeTheConnectionIsClosed(MqttVersion version) {
        try (Device client =
                device(version, "R|" + token(TokenType.R, "alarms/#").value()).connect()) {
            assertThat(Device.failureOf(client.publishing("alarms/a", Qos.AT_LEAST_ONCE, false, new byte[0])))
                    .isNotNull();
            client.awaitClosed();
            assertThat(client.received()).extracting(Device.Received::topic).containsExactly("$SYS/tokenInvalidNotice");
            assertThat(client.received().get(0).text()).isEqualTo("{\"code\":5,\"type\":\"R\"}");
        }
        instance.events().clear();
        try (Device client =
                device(version, "RW|" + token(TokenType.RW, "alarms/#").value()).connect()) {
            assertThat(Device.failureOf(client.publishing("billing", Qos.EXACTLY_ONCE, false, new byte[0])))
                    .isNotNull();
            client.awaitClosed();
            assertThat(client.received().get(0).text()).isEqualTo("{\"code\":4,\"type\":\"RW\"}");
        }
    }

    @ParameterizedTest
    @EnumSource
    void aDeniedSubscribeIsSaidWhyBeforeTheConnectionIsClosed(MqttVersion version) {
        try (Device client =
                device(version, "W|" + token(TokenType.W, "alarms/#").value()).connect()) {
            assertThat(Device.failureOf(client.subscribing("alarms/#", Qos.AT_LEAST_ONCE)))
                    .isNotNull();
            client.awaitClosed();
            assertThat(client.received().get(0).text()).isEqualTo("{\"code\":5,\"type\":\"W\"}");
        }
    }

    @ParameterizedTest
    @EnumSource
    void passwordsThatAreNoTokensAreRefused(MqttVersion version) {
        Token good = token(TokenType.R, "alarms/#");
        Token revoked = token(TokenType.R, "alarms/#");
        instance.revokeToken(revoked);
        Token expired = token(TokenType.R, "alarms/#");
        instance.expireToken(expired);
        for (String password : List.of(
                "",
                "R",
                good.value(),
                "R|forged",
                "W|" + good.value(),
                "R,W|" + good.value(),
                "R|" + good.value() + "|R|" + good.value(),
                "R|" + good.value() + "|W|forged",
                "R|" + revoked.value(),
                "R|" + expired.value())) {
            instance.events().clear();
            assertThat(refusal(version, password)).as(password).isEqualTo(RefusedConnect.INVALID_TOKEN);
        }
    }

    @ParameterizedTest
    @EnumSource
    void anUploadedTokenReplacesTheOneOfTheConnection(MqttVersion version) {
        Token first = token(TokenType.RW, "alarms/#");
        Token second = token(TokenType.RW, "billing/#");
        try (Device client = device(version, "RW|" + first.value()).connect()) {
            client.publish("$SYS/uploadToken", "{\"token\":\"" + second.value() + "\",\"type\":\"RW\"}");
            assertThat(instance.events().of(TokenUploaded.class)).hasSize(1);
            instance.revokeToken(first);
            client.publish("billing/a", "x");
            assertThat(client.isConnected()).isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource
    void aForgedUploadClosesTheConnection(MqttVersion version) {
        for (String upload : List.of("{\"token\":\"forged\",\"type\":\"RW\"}", "x", "{\"type\":\"RW\"}")) {
            try (Device client = device(
                            version, "RW|" + token(TokenType.RW, "alarms/#").value())
                    .connect()) {
                byte[] payload = upload.getBytes(StandardCharsets.UTF_8);
                assertThat(Device.failureOf(client.publishing("$SYS/uploadToken", Qos.AT_LEAST_ONCE, false, payload)))
                        .isNotNull();
                client.awaitClosed();
                assertThat(client.received().get(0).text()).isEqualTo("{\"code\":1,\"type\":\"RW\"}");
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void aTokenThatExpiresIsAnnouncedAndThenEndsTheConnection(MqttVersion version) {
        Token token = instance.issueToken(TokenType.RW, Duration.ofSeconds(3), "alarms/#");
        try (Device client = device(version, "RW|" + token.value()).connect()) {
            client.awaitClosed();
            assertThat(client.received())
                    .extracting(Device.Received::text)
                    .containsExactly(
                            "{\"expireTime\":" + token.expiresAt().toEpochMilli() + ",\"type\":\"RW\"}",
                            "{\"code\":2,\"type\":\"RW\"}");
            assertThat(Instant.now()).isAfter(token.expiresAt());
            instance.events().await(Disconnected.class, event -> event.by() == DisconnectedBy.BROKER);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aRevokedTokenEndsTheConnection(MqttVersion version) {
        Token token = token(TokenType.RW, "alarms/#");
        try (Device client = device(version, "RW|" + token.value()).connect()) {
            instance.revokeToken(token);
            client.awaitClosed();
            assertThat(client.received().get(0).text()).isEqualTo("{\"code\":3,\"type\":\"RW\"}");
        }
    }

    @ParameterizedTest
    @CsvSource({"V3_1_1, 8", "V5, 8", "V3_1_1, -1", "V5, -1"})
    void aTokenThatIsRefusedWithACodeEndsTheConnectionAndMakesNoOther(MqttVersion version, int code) {
        Token token = token(TokenType.RW, "alarms/#");
        try (Device client = device(version, "RW|" + token.value()).connect()) {
            instance.refuseToken(token, code);
            client.awaitClosed();
            assertThat(client.received().get(0).text()).isEqualTo("{\"code\":" + code + ",\"type\":\"RW\"}");
        }
        assertThat(refusal(version, "RW|" + token.value())).isEqualTo(RefusedConnect.INVALID_TOKEN);
    }

    @ParameterizedTest
    @EnumSource
    void tokensThatACloudHandedOutAreAccepted(MqttVersion version) {
        String token = ELSEWHERE.issueToken(
                "post-cn-tokens",
                List.of("alarms/#"),
                TokenType.RW,
                Instant.now().plus(HOUR));
        try (Device client = device(version, "RW|" + token).connect()) {
            client.publish("alarms/a", "x");
        }
        String other = ELSEWHERE.issueToken(
                "post-cn-another",
                List.of("alarms/#"),
                TokenType.RW,
                Instant.now().plus(HOUR));
        assertThat(refusal(version, "RW|" + other)).isEqualTo(RefusedConnect.INVALID_TOKEN);
    }

    @Test
    @EnabledIf("hasMosquitto")
    void mosquittoPubConnectsWithAToken() throws Exception {
        Token token = token(TokenType.W, "alarms/#");
        for (String topic : List.of("alarms/a", "billing")) {
            Process process = new ProcessBuilder(
                            "mosquitto_pub",
                            "-h",
                            "127.0.0.1",
                            "-p",
                            String.valueOf(instance.port()),
                            "-i",
                            instance.clientId(device).value(),
                            "-u",
                            "Token|LTAI5tTokensAccount|post-cn-tokens",
                            "-P",
                            "W|" + token.value(),
                            "-q",
                            "1",
                            "-t",
                            topic,
                            "-m",
                            "x")
                    .redirectErrorStream(true)
                    .start();
            assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
            await().until(() -> instance.events().of(Disconnected.class).size() == (topic.equals("billing") ? 2 : 1));
            assertThat(process.exitValue() == 0).as(topic).isEqualTo(topic.equals("alarms/a"));
        }
    }

    static boolean hasMosquitto() {
        try {
            return new ProcessBuilder("mosquitto_pub", "--help")
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    >= 0;
        } catch (java.io.IOException e) {
            return false;
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
