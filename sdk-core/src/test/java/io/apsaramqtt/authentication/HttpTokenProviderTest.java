package io.apsaramqtt.authentication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.apsaramqtt.credentials.CredentialsException;
import io.apsaramqtt.mqtt.ClientId;
import io.apsaramqtt.mqtt.TopicFilter;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

class HttpTokenProviderTest {

    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final Instant LATER = NOW.plusSeconds(3_600);
    private static final ClientId CLIENT = ClientId.of("GID_demo", "device-1");
    private static final String SECRET = "device-secret-of-tests";
    private static final String FIRST = "FirstTokenOfTests+/=";
    private static final String SECOND = "SecondTokenOfTests+/=";

    private final List<String> questions = Collections.synchronizedList(new ArrayList<>());
    private final List<String> authorizations = Collections.synchronizedList(new ArrayList<>());
    private final CountDownLatch hanging = new CountDownLatch(1);
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HttpServer server = server();
    private final Logger logger = (Logger) LoggerFactory.getLogger("io.apsaramqtt.authentication");
    private final ListAppender<ILoggingEvent> appender = new ListAppender<>();
    private volatile int status = 200;
    private volatile String body = answer(FIRST, LATER);
    private volatile boolean hangs;

    @TempDir
    Path directory;

    @BeforeEach
    void start() {
        server.setExecutor(threads);
        server.start();
        appender.start();
        logger.addAppender(appender);
    }

    @AfterEach
    void stop() {
        logger.detachAppender(appender);
        hanging.countDown();
        server.stop(0);
        threads.shutdownNow();
    }

    private HttpServer server() {
        try {
            HttpServer created = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            created.createContext("/tokens", this::handle);
            return created;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            questions.add(exchange.getRequestMethod() + " "
                    + new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            authorizations.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
            if (hangs) {
                hanging.await();
            }
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static String answer(String token, Instant expiresAt) {
        return "{\"accessKeyId\":\"LTAI5tExampleQx9\",\"issued\":{\"by\":[\"demo\"]},\"tokens\":[{\"token\":\"" + token
                + "\",\"type\":\"RW\",\"expireTime\":" + expiresAt.toEpochMilli() + ",\"resources\":[\"alarms/#\"]}]}";
    }

    private static Tokens expected(String token, Instant expiresAt) {
        return Tokens.of(
                "LTAI5tExampleQx9", Token.of(TokenType.RW, token, expiresAt, List.of(TopicFilter.of("alarms/#"))));
    }

    private HttpTokenProvider provider() {
        return at(NOW);
    }

    private HttpTokenProvider at(Instant time) {
        URI address = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/tokens?key=hidden");
        return new HttpTokenProvider(ApplicationServer.at(address), Optional.empty(), Clock.fixed(time, ZoneOffset.UTC))
                .withAuthorization(() -> "Bearer " + SECRET);
    }

    private String failure(HttpTokenProvider provider) {
        return catchThrowableOfType(AuthenticationException.class, () -> provider.tokens(CLIENT))
                .getMessage();
    }

    @Test
    void theServerIsAskedWithTheClientIdAndTheAuthorizationHeader() {
        assertThat(provider().tokens(CLIENT)).isEqualTo(expected(FIRST, LATER));
        assertThat(questions).containsExactly("POST {\"clientId\":\"GID_demo@@@device-1\",\"renew\":false}");
        assertThat(authorizations).containsExactly("Bearer " + SECRET);
    }

    @Test
    void otherTokensAreAskedForAsSuch() {
        HttpTokenProvider provider = provider();
        Tokens first = provider.tokens(CLIENT);
        body = answer(SECOND, LATER);
        assertThat(provider.renew(CLIENT, first)).isEqualTo(expected(SECOND, LATER));
        assertThat(questions.get(1)).isEqualTo("POST {\"clientId\":\"GID_demo@@@device-1\",\"renew\":true}");
    }

    @Test
    void noHeaderIsSentUnlessOneIsGiven() {
        new HttpTokenProvider(
                        ApplicationServer.at(URI.create(
                                "http://127.0.0.1:" + server.getAddress().getPort() + "/tokens")),
                        Optional.empty(),
                        Clock.fixed(NOW, ZoneOffset.UTC))
                .withHttpClient(HttpClient.newHttpClient())
                .tokens(CLIENT);
        assertThat(authorizations).containsExactly("null");
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 403})
    void aRefusalIsFinalWhateverIsKept(int refused) {
        provider().withDirectory(directory).tokens(CLIENT);
        status = refused;
        assertThat(failure(provider().withDirectory(directory)))
                .isEqualTo("No tokens for client ID [GID_demo@@@device-1]: application server [http://127.0.0.1:"
                        + server.getAddress().getPort() + "/tokens] answered with HTTP " + refused
                        + "; check the authorization that is sent, and whether the server knows this client ID");
    }

    @ParameterizedTest
    @ValueSource(ints = {204, 302, 404, 429, 500, 503})
    void anyOtherStatusIsToldAndHasKeptTokensTaken(int other) {
        Tokens first = provider().withDirectory(directory).tokens(CLIENT);
        status = other;
        body = other == 204 ? "" : answer(SECOND, LATER);
        assertThat(failure(provider())).contains("answered with HTTP " + other);
        assertThat(provider().withDirectory(directory).tokens(CLIENT)).isEqualTo(first);
        assertThat(appender.list)
                .singleElement()
                .satisfies(event -> assertThat(event.getFormattedMessage())
                        .contains("HTTP " + other)
                        .endsWith(". The tokens kept by the last answer are taken, they expire at " + LATER));
    }

    @ParameterizedTest
    @CsvSource({
        "302, '; redirects are not followed, write the address they lead to'",
        "404, '; check the path'",
        "429, ''",
        "500, '; see the log of the server'"
    })
    void aStatusIsToldWithWhatToDo(int other, String advice) {
        status = other;
        assertThat(failure(provider())).endsWith("answered with HTTP " + other + advice);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "nonsense",
                "{\"accessKeyId\":\"a\",\"tokens\":[{\"token\":\"FirstTokenOfTests",
                "{\"accessKeyId\":\"a\",\"tokens\":[FirstTokenOfTests]}",
                "{\"accessKeyId\":\"a\",\"accessKeyId\":\"a\",\"tokens\":[]}",
                "{\"FirstTokenOfTests\":1,\"FirstTokenOfTests\":1}",
                "{\"accessKeyId\":\"a\"}",
                "{\"accessKeyId\":null}",
                "{\"accessKeyId\":\"a\",\"tokens\":[]}",
                "{\"accessKeyId\":\"a\",\"tokens\":{}}",
                "{\"accessKeyId\":\"a\",\"tokens\":[{\"token\":\"t\",\"type\":\"FirstTokenOfTests\",\"expireTime\":1}]}",
                "{\"accessKeyId\":\"a\",\"tokens\":[{\"token\":\"t\",\"type\":\"R\",\"expireTime\":\"2772368400000\"}]}",
                "{\"accessKeyId\":\"a\",\"tokens\":[{\"token\":\"t\",\"type\":\"R\",\"expireTime\":99999999999999999999}]}",
                "{\"accessKeyId\":\"a\",\"tokens\":[{\"token\":\"FirstTokenOfTests|\",\"type\":\"R\",\"expireTime\":2772368400000}]}",
                "{\"accessKeyId\":\"a\",\"tokens\":[{\"token\":\"t\",\"type\":\"R\",\"expireTime\":2772368400000,\"resources\":[]}]}",
                "{\"accessKeyId\":\"a\",\"tokens\":[{\"token\":\"t\",\"type\":\"R\",\"expireTime\":2772368400000,\"resources\":[\"a#FirstTokenOfTests\"]}]}",
                "{\"accessKeyId\":\"a\",\"tokens\":[{\"token\":\"t\",\"type\":\"R\",\"expireTime\":2772368400000}]} {}",
                "{\"clientId\":\"GID_demo@@@device-2\",\"accessKeyId\":\"a\",\"tokens\":[{\"token\":\"t\",\"type\":\"R\",\"expireTime\":2772368400000}]}"
            })
    void anAnswerThatHoldsNoTokensIsToldWithoutAWordOfIt(String malformed) {
        body = malformed;
        assertThat(failure(provider())).contains("gave an answer that ").doesNotContain("FirstTokenOfTests");
    }

    @Test
    void tokensWhoseTopicsAreNotKnownStaySo() {
        body = "{\"accessKeyId\":\"a\",\"tokens\":[{\"token\":\"t\",\"type\":\"R\",\"expireTime\":2772368400000},"
                + "{\"token\":\"u\",\"type\":\"W\",\"expireTime\":2772368400000,\"resources\":null}]}";
        Tokens given = provider().withDirectory(directory).tokens(CLIENT);
        assertThat(given.tokens())
                .hasSize(2)
                .allMatch(token -> token.resources().isEmpty());
        server.stop(0);
        assertThat(provider().withDirectory(directory).tokens(CLIENT)).isEqualTo(given);
    }

    @Test
    void aHugeAnswerIsNotRead() {
        body = " ".repeat(ApplicationServer.MOST_BYTES) + answer(FIRST, LATER);
        assertThat(failure(provider())).contains("more than the 1048576 bytes that are read");
    }

    @Test
    void aServerThatHangsIsNotWaitedForLongerThanSaid() {
        Tokens first = provider().withDirectory(directory).tokens(CLIENT);
        hangs = true;
        assertThat(failure(provider().withTimeout(Duration.ofMillis(200)))).contains("did not answer within 200 ms");
        assertThat(provider()
                        .withTimeout(Duration.ofMillis(200))
                        .withDirectory(directory)
                        .tokens(CLIENT))
                .isEqualTo(first);
    }

    @Test
    void tokensThatExpiredAreNotTakenFromTheServer() {
        body = answer(FIRST, NOW);
        assertThat(failure(provider().withDirectory(directory)))
                .contains("gave tokens that expired at " + NOW + ", and it is " + NOW + " here");
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void tokensThatAreKeptAreTakenAfterARestartWhileTheyAreValid() {
        Tokens first = provider().withDirectory(directory).tokens(CLIENT);
        server.stop(0);
        assertThat(at(LATER.minusMillis(1)).withDirectory(directory).tokens(CLIENT))
                .isEqualTo(first);
        assertThat(failure(at(LATER).withDirectory(directory)))
                .contains("the connection was refused")
                .endsWith("; those kept by the last answer expired at " + LATER);
        assertThat(failure(provider())).contains("the connection was refused");
    }

    @Test
    void tokensInUseAreNotTakenForOthers() {
        HttpTokenProvider provider = provider().withDirectory(directory);
        Tokens first = provider.tokens(CLIENT);
        server.stop(0);
        assertThatThrownBy(() -> provider.renew(CLIENT, first)).isInstanceOf(AuthenticationException.class);
        assertThat(provider.renew(CLIENT, expected(SECOND, LATER))).isEqualTo(first);
    }

    @Test
    void eachClientHasAFileOfItsOwnThatItsOwnerAloneCanRead() throws IOException {
        Path absent = directory.resolve("state");
        HttpTokenProvider provider = provider().withDirectory(absent);
        provider.tokens(CLIENT);
        provider.tokens(ClientId.of("../../" + "x".repeat(300)));
        Files.setPosixFilePermissions(file(absent), PosixFilePermissions.fromString("rw-rw-rw-"));
        body = answer(SECOND, LATER);
        provider.tokens(CLIENT);
        try (Stream<Path> files = Files.list(absent)) {
            assertThat(files.toList()).hasSize(2).allSatisfy(file -> {
                assertThat(file.getFileName().toString()).matches("apsara-mqtt-tokens-[0-9a-f]{64}\\.json");
                assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                        .isEqualTo("rw-------");
            });
        }
    }

    @Test
    void whatAnInterruptedRunLeftIsReplaced() throws IOException {
        Path left =
                Files.writeString(file(directory).resolveSibling(file(directory).getFileName() + ".tmp"), "half");
        Tokens first = provider().withDirectory(directory).tokens(CLIENT);
        assertThat(left).doesNotExist();
        server.stop(0);
        assertThat(provider().withDirectory(directory).tokens(CLIENT)).isEqualTo(first);
    }

    @Test
    void aCorruptFileCountsAsNoneAndCostsOneWarning() throws IOException {
        HttpTokenProvider provider = provider().withDirectory(directory);
        Tokens first = provider.tokens(CLIENT);
        Files.writeString(file(directory), answer(FIRST, LATER).substring(0, 70));
        status = 500;
        assertThat(failure(provider)).contains("HTTP 500");
        assertThat(failure(provider)).contains("HTTP 500");
        assertThat(appender.list)
                .singleElement()
                .satisfies(event -> assertThat(event.getFormattedMessage())
                        .startsWith("File of tokens [" + file(directory) + "] is not read: it is not valid JSON")
                        .doesNotContain("FirstToken"));
        status = 200;
        assertThat(provider.tokens(CLIENT)).isEqualTo(first);
        status = 500;
        assertThat(provider.tokens(CLIENT)).isEqualTo(first);
    }

    @Test
    void aFileThatIsCorruptOnceMoreCostsAnotherWarning() throws IOException {
        HttpTokenProvider provider = provider().withDirectory(directory);
        status = 500;
        Files.writeString(file(directory), "{");
        assertThat(failure(provider)).contains("HTTP 500");
        Files.writeString(file(directory), answer(FIRST, LATER));
        assertThat(provider.tokens(CLIENT)).isEqualTo(expected(FIRST, LATER));
        Files.writeString(file(directory), "{");
        assertThat(failure(provider)).contains("HTTP 500");
        assertThat(appender.list)
                .filteredOn(event -> event.getFormattedMessage().contains("is not read: "))
                .hasSize(2);
    }

    @Test
    void theFileOfAnotherClientIsNotTaken() throws IOException {
        HttpTokenProvider provider = provider().withDirectory(directory);
        ClientId other = ClientId.of("GID_demo", "device-2");
        provider.tokens(other);
        Files.move(new KeptTokens(directory).file(other), file(directory));
        status = 500;
        assertThat(failure(provider)).contains("HTTP 500");
    }

    @Test
    void aDirectoryThatCannotBeWrittenCostsAWarningOnly() throws IOException {
        Path occupied = Files.writeString(directory.resolve("occupied"), "");
        HttpTokenProvider provider = provider().withDirectory(occupied);
        assertThat(provider.tokens(CLIENT)).isEqualTo(expected(FIRST, LATER));
        assertThat(provider.tokens(CLIENT)).isEqualTo(expected(FIRST, LATER));
        assertThat(appender.list)
                .singleElement()
                .satisfies(event -> assertThat(event.getFormattedMessage())
                        .contains("cannot be written, the next start may not have them"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"http://devices.example.com/tokens", "ftp://localhost/tokens", "tokens", "https:///tokens?k=v"})
    void anAddressThatTokensCouldLeakFromIsRefused(String address) {
        assertThatThrownBy(() -> HttpTokenProvider.of(URI.create(address)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("https")
                .hasMessageNotContaining("k=v");
    }

    @Test
    void aPasswordInTheAddressIsRefusedWithoutIt() {
        assertThatThrownBy(() -> HttpTokenProvider.of(URI.create("https://device-1:hidden@devices.example.com/tokens")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("has a user in its address")
                .hasMessageNotContaining("hidden");
    }

    @Test
    void aTimeoutOfNothingIsRefused() {
        assertThatThrownBy(() -> provider().withTimeout(Duration.ZERO)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aHeaderThatCannotBeHadIsToldWithoutIt() {
        assertThat(failure(provider().withAuthorization(() -> SECRET + "\n")))
                .contains("its authorization header cannot be made (IllegalArgumentException)");
        assertThat(failure(provider().withAuthorization(() -> {
                    throw CredentialsException.of("vault", "is sealed");
                })))
                .contains("was not asked: ", "is sealed");
        assertThat(questions).isEmpty();
    }

    @Test
    void noFailureAndNoLogLineHoldsASecret() {
        HttpTokenProvider provider = provider().withDirectory(directory);
        List<String> printed = new ArrayList<>(
                List.of(provider.toString(), provider.tokens(CLIENT).toString()));
        body = answer(FIRST, LATER).replace("]}]}", "]}");
        printed.add(provider.tokens(CLIENT).toString());
        printed.add(printed(provider()));
        status = 401;
        printed.add(printed(provider));
        hangs = true;
        printed.add(printed(provider().withTimeout(Duration.ofMillis(100))));
        printed.add(printed(provider().withAuthorization(() -> SECRET + "\r\n")));
        appender.list.forEach(event -> printed.add(event.getFormattedMessage()));
        assertThat(printed)
                .hasSize(8)
                .allSatisfy(text -> assertThat(text).doesNotContain(SECRET, FIRST, "FirstToken", "hidden"));
    }

    private static String printed(HttpTokenProvider provider) {
        StringWriter text = new StringWriter();
        catchThrowable(() -> provider.tokens(CLIENT)).printStackTrace(new PrintWriter(text));
        return text.toString();
    }

    private static Path file(Path directory) {
        return new KeptTokens(directory).file(CLIENT);
    }
}
