package io.apsaramqtt.samples.tokenserver;

import static io.apsaramqtt.samples.tokenserver.Deployment.ACCOUNT;
import static io.apsaramqtt.samples.tokenserver.Deployment.CLIENT;
import static io.apsaramqtt.samples.tokenserver.Deployment.DEVICE_SECRET;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.apsaramqtt.authentication.AuthenticationException;
import io.apsaramqtt.authentication.HttpTokenProvider;
import io.apsaramqtt.authentication.Token;
import io.apsaramqtt.authentication.TokenType;
import io.apsaramqtt.authentication.Tokens;
import io.apsaramqtt.mqtt.ClientId;
import io.apsaramqtt.mqtt.TopicFilter;
import io.apsaramqtt.test.cloud.FakeAlibabaCloud;
import io.apsaramqtt.test.cloud.mqtt.IssuedToken;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;
import org.springframework.context.ConfigurableApplicationContext;

/** The server against a cloud that verifies its signatures, asked by the SDK's own device half. */
class TokenServerIT {

    private final ListAppender<ILoggingEvent> appender = new ListAppender<>();
    private final FakeAlibabaCloud cloud = Deployment.cloud();
    private ConfigurableApplicationContext server;

    @TempDir
    Path directory;

    @BeforeEach
    void start() {
        server = Deployment.start(cloud);
        appender.start();
        root().addAppender(appender);
    }

    @AfterEach
    void stop() {
        root().detachAppender(appender);
        Deployment.stop(server);
        cloud.close();
    }

    private static Logger root() {
        return (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    }

    private HttpTokenProvider device(String secret) {
        return Devices.asking(Deployment.port(server), secret);
    }

    @Test
    void aDeviceIsGivenATokenForItsTopics() {
        Tokens given = device(DEVICE_SECRET).tokens(CLIENT);
        assertThat(given.accessKeyId()).isEqualTo(ACCOUNT.id());
        Token token = given.ofType(TokenType.RW).orElseThrow();
        assertThat(token.resources()).contains(List.of(TopicFilter.of("alarms/#"), TopicFilter.of("state/device-1")));
        assertThat(cloud.issued().token(token.value()))
                .contains(new IssuedToken(
                        Deployment.INSTANCE,
                        List.of("alarms/#", "state/device-1"),
                        TokenType.RW,
                        token.expiresAt(),
                        false));
        assertThat(token.expiresAt()).isAfter(Instant.now().plusSeconds(3_000));
    }

    @Test
    void aDeviceKeepsItsTokenUntilItAsksForAnother() {
        HttpTokenProvider device = device(DEVICE_SECRET);
        Tokens first = device.tokens(CLIENT);
        assertThat(device.tokens(CLIENT)).isEqualTo(first);
        assertThat(cloud.requests().count("ApplyToken")).isEqualTo(1);
        Tokens second = device.renew(CLIENT, first);
        assertThat(second).isNotEqualTo(first);
        assertThat(device.tokens(CLIENT)).isEqualTo(second);
        assertThat(cloud.requests().count("ApplyToken")).isEqualTo(2);
    }

    @Test
    void whoeverIsNotTheDeviceIsRefusedWithAProblem() throws Exception {
        assertThatThrownBy(() -> device("another secret").tokens(CLIENT))
                .isInstanceOf(AuthenticationException.class)
                .hasMessageContaining("HTTP 401");
        assertThatThrownBy(() -> device(DEVICE_SECRET).tokens(ClientId.of("GID_demo", "device-2")))
                .isInstanceOf(AuthenticationException.class)
                .hasMessageContaining("HTTP 401");
        HttpResponse<String> refused = post("{\"clientId\":\"" + CLIENT + "\",\"renew\":false}", "Basic x");
        assertThat(refused.statusCode()).isEqualTo(401);
        assertThat(refused.headers().firstValue("WWW-Authenticate")).contains("Bearer");
        assertThat(refused.headers().firstValue("Content-Type")).contains("application/problem+json");
        assertThat(refused.body()).contains("\"detail\":\"The device is not known, or its secret is wrong\"");
        assertThat(cloud.requests().count("ApplyToken")).isZero();
    }

    @Test
    void aQuestionThatIsNoneIsAProblemToo() throws Exception {
        for (String question : List.of("{", "{\"renew\":true}", "[]")) {
            HttpResponse<String> answer = post(question, "Bearer " + DEVICE_SECRET);
            assertThat(answer.statusCode()).as(question).isEqualTo(400);
            assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
        }
    }

    @Test
    void whileAlibabaCloudGivesNoTokenTheDeviceTakesTheOneItKept() {
        HttpTokenProvider device = device(DEVICE_SECRET).withDirectory(directory);
        Tokens first = device.tokens(CLIENT);
        cloud.account().accessKeys().setEnabled(ACCOUNT.id(), false);
        assertThatThrownBy(() -> device.renew(CLIENT, first))
                .isInstanceOf(AuthenticationException.class)
                .hasMessageContaining("HTTP 503");
        server.close();
        assertThat(device(DEVICE_SECRET).withDirectory(directory).tokens(CLIENT))
                .isEqualTo(first);
    }

    @Test
    void noLogLineHoldsASecret() throws Exception {
        Tokens given = device(DEVICE_SECRET).tokens(CLIENT);
        post("{", "Bearer " + DEVICE_SECRET);
        cloud.account().accessKeys().setEnabled(ACCOUNT.id(), false);
        assertThatThrownBy(() -> device(DEVICE_SECRET).renew(CLIENT, given))
                .isInstanceOf(AuthenticationException.class);
        String token = given.tokens().get(0).value();
        assertThat(appender.list)
                .extracting(ILoggingEvent::getFormattedMessage)
                .anySatisfy(line -> assertThat(line).contains("Entry[RW, expires "))
                .anySatisfy(line -> assertThat(line).startsWith("No token was given: "))
                .allSatisfy(line -> assertThat(line)
                        .doesNotContain(DEVICE_SECRET, ACCOUNT.secret(), token, token.substring(0, 30)));
        assertThat(appender.list).extracting(ILoggingEvent::getLevel).contains(Level.DEBUG, Level.WARN);
    }

    private HttpResponse<String> post(String question, String authorization) throws Exception {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(Devices.tokensAt(Deployment.port(server)))
                                .header("Content-Type", "application/json")
                                .header("Authorization", authorization)
                                .POST(HttpRequest.BodyPublishers.ofString(question))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
    }
}
