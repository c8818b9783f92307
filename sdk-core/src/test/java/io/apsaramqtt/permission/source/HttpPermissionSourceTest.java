package io.apsaramqtt.permission.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.apsaramqtt.credentials.CredentialsException;
import io.apsaramqtt.http.BoundedHttp;
import io.apsaramqtt.permission.EffectivePermissions;
import io.apsaramqtt.permission.Grants;
import io.apsaramqtt.policy.PolicySet;
import io.apsaramqtt.time.ManualClock;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpPermissionSourceTest {

    private static final String POLICIES = "{\"policies\": [{\"name\": \"AliyunMQPubOnlyAccess\"}]}";

    private final ManualClock clock = new ManualClock();
    private final List<Map<String, List<String>>> requests = Collections.synchronizedList(new ArrayList<>());
    private final HttpServer server = server();
    private volatile int status = 200;
    private volatile String body = POLICIES;
    private volatile @Nullable String etag = "\"v1\"";

    @BeforeEach
    void start() {
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private HttpServer server() {
        try {
            HttpServer created = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            created.createContext("/permissions", this::handle);
            return created;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            requests.add(Map.copyOf(exchange.getRequestHeaders()));
            String tag = etag;
            if (tag != null) {
                exchange.getResponseHeaders().set("ETag", tag);
            }
            if (tag != null && tag.equals(exchange.getRequestHeaders().getFirst("If-None-Match"))) {
                exchange.sendResponseHeaders(304, -1);
                return;
            }
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    private URI uri() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/permissions?key=hidden");
    }

    private PermissionSource source(Supplier<Map<String, String>> headers) {
        return new HttpPermissionSource(
                uri(),
                headers,
                new BoundedHttp(BoundedHttp.client(), Duration.ofSeconds(30), HttpPermissionSource.MAX_BYTES),
                clock);
    }

    @Test
    void whatTheServerAnswersAreThePermissions() {
        EffectivePermissions read = source(Map::of).load();
        assertThat(document(read)).isEqualTo(PolicySet.parse("x", POLICIES).document());
        assertThat(read.readAt()).isEqualTo(clock.instant());
        assertThat(read.source())
                .isEqualTo("http://127.0.0.1:" + server.getAddress().getPort() + "/permissions");
        assertThat(requests.get(0)).containsEntry("Accept", List.of("application/json"));
    }

    @Test
    void aPolicyDocumentAloneIsTakenToo() {
        body = "{\"Version\":\"1\",\"Statement\":[]}";
        assertThat(((Grants.Policies) source(Map::of).load().grants())
                        .layers()
                        .account()
                        .policies())
                .hasSize(1);
    }

    @Test
    void whatHasNotChangedIsNotReadAgainButIsFreshAgain() {
        PermissionSource source = source(Map::of);
        EffectivePermissions first = source.load();
        body = "unread";
        clock.advance(Duration.ofMinutes(5));
        EffectivePermissions second = source.load();
        assertThat(second.grants()).isSameAs(first.grants());
        assertThat(second.readAt()).isEqualTo(clock.instant());
        assertThat(requests.get(0)).doesNotContainKey("If-none-match");
        assertThat(requests.get(1)).containsEntry("If-none-match", List.of("\"v1\""));
    }

    @Test
    void whatHasChangedIsReadAndItsTagIsSentFromThenOn() {
        PermissionSource source = source(Map::of);
        source.load();
        etag = "\"v2\"";
        body = "{\"policies\": []}";
        assertThat(((Grants.Policies) source.load().grants()).layers().account().policies())
                .isEmpty();
        source.load();
        assertThat(requests.get(2)).containsEntry("If-none-match", List.of("\"v2\""));
    }

    @Test
    void aServerWithoutTagsIsReadEachTime() {
        etag = null;
        PermissionSource source = source(Map::of);
        source.load();
        source.load();
        assertThat(requests).hasSize(2).noneMatch(request -> request.containsKey("If-none-match"));
    }

    @Test
    void theHeadersAreAskedForAtEachRequest() {
        List<String> tokens = new ArrayList<>(List.of("Bearer 1", "Bearer 2"));
        PermissionSource source = source(() -> Map.of("Authorization", tokens.remove(0)));
        source.load();
        source.load();
        assertThat(requests)
                .extracting(request -> request.get("Authorization"))
                .containsExactly(List.of("Bearer 1"), List.of("Bearer 2"));
    }

    @ParameterizedTest
    @CsvSource({
        "401, check the headers that authorize the request",
        "403, check the headers that authorize the request",
        "404, check the path",
        "302, redirects are not followed",
        "304, though nothing was given before",
        "500, HTTP 500",
        "204, HTTP 204"
    })
    void anyOtherStatusIsATemporaryFailure(int answered, String said) {
        status = answered;
        body = "";
        PermissionSourceException failure = failure(source(Map::of));
        assertThat(failure)
                .hasMessageContaining("answered with HTTP " + answered)
                .hasMessageContaining(said);
        assertThat(failure.getMessage()).doesNotContain("hidden");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{\"policies\": [",
                "{\"policies\": [], \"policies\": []}",
                "{\"Version\":\"2\",\"Statement\":[]}",
                "<html></html>"
            })
    void aBodyThatHoldsNoPoliciesIsATemporaryFailureAndIsNotRemembered(String answered) {
        PermissionSource source = source(Map::of);
        source.load();
        etag = "\"broken\"";
        body = answered;
        assertThat(failure(source)).hasMessageContaining("gave no policies: Policy [http://127.0.0.1:");
        body = POLICIES;
        assertThat(source.load().grants()).isInstanceOf(Grants.Policies.class);
        assertThat(requests.get(2)).containsEntry("If-none-match", List.of("\"v1\""));
    }

    @Test
    void aBodyThatIsTooLongIsRefused() {
        body = " ".repeat(10_000_000);
        assertThat(failure(source(Map::of))).hasMessageContaining("more than the 1000000 bytes");
    }

    @Test
    void aServerThatIsDownIsATemporaryFailure() {
        server.stop(0);
        assertThat(failure(source(Map::of))).hasMessageContaining("cannot be reached");
    }

    @Test
    void headersThatCannotBeMadeAreATemporaryFailureThatDoesNotShowThem() {
        assertThat(failure(source(() -> Map.of("Authorization", "Bearer secret\n")))
                        .getMessage())
                .contains("its headers cannot be made (IllegalArgumentException)")
                .doesNotContain("secret");
        assertThat(failure(source(() -> {
                    throw CredentialsException.of("environment", "is empty");
                })))
                .hasMessageContaining("No AccessKey found");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ftp://example.com/p", "example.com/p", "https:p", "/p"})
    void whatIsNoAddressOfAServerIsRefused(String address) {
        assertThatThrownBy(() -> PermissionSource.http(URI.create(address)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("is no address of a server");
    }

    @Test
    void theFactorySharesOneAnswer() {
        PermissionSource source = PermissionSource.http(uri());
        EffectivePermissions first = source.load(Instant.EPOCH);
        assertThat(source.load(Instant.EPOCH)).isSameAs(first);
        assertThat(requests).hasSize(1);
    }

    @Test
    void theFactoryBoundsAnAnswerInTimeAndLength() {
        assertThat(PermissionSource.http(uri()))
                .extracting("source.http.timeout", "source.http.maxBytes")
                .containsExactly(Duration.ofSeconds(10), 1_000_000);
    }

    private static PermissionSourceException failure(PermissionSource source) {
        PermissionSourceException failure = catchThrowableOfType(PermissionSourceException.class, source::load);
        assertThat(failure.isTemporary()).isTrue();
        return failure;
    }

    private static String document(EffectivePermissions permissions) {
        return ((Grants.Policies) permissions.grants()).layers().account().document();
    }
}
