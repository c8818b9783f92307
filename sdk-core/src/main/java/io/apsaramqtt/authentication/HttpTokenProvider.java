package io.apsaramqtt.authentication;

import io.apsaramqtt.mqtt.ClientId;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tokens from an application server of your own, asked over HTTP: the server has the AccessKey, the device has none (service
 * page "Token authentication").
 *
 * <pre>{@code
 * HttpTokenProvider.of(URI.create("https://devices.example.com/tokens"))
 *         .withAuthorization(() -> "Bearer " + deviceSecret)
 *         .withDirectory(Path.of("/var/lib/sensor"))
 * }</pre>
 *
 * <p>It sends {@code POST} with {@code {"clientId":"GID_demo@@@device-1","renew":false}}; {@code renew} is true where the tokens
 * in use are about to expire or were refused, and the server must not give the same ones. It takes status 200 and
 *
 * <pre>{@code
 * {"accessKeyId":"LTAI...","tokens":[{"token":"...","type":"RW","expireTime":1764500000000,"resources":["alarms/#"]}]}
 * }</pre>
 *
 * <p>{@code type} is R, W or RW, {@code expireTime} in milliseconds since 1970, {@code resources} is left out where it is not
 * known. Other members are passed over. An answer has at most 1 MB; redirects are not followed; a question is not repeated
 * here, that is up to the client.
 *
 * <p>In a directory the last good tokens are kept, and taken while all of them are valid where the server gives no answer, or
 * none that can be read: also after a restart. They are not taken where the server refuses the device with status 401 or 403.
 *
 * <p>Immutable; thread-safe. Blocks as long as a question takes, by default up to 10 s.
 */
public final class HttpTokenProvider implements TokenProvider {

    private static final Logger log = LoggerFactory.getLogger(HttpTokenProvider.class);

    private final ApplicationServer server;
    private final Optional<KeptTokens> kept;
    private final Clock clock;

    HttpTokenProvider(ApplicationServer server, Optional<KeptTokens> kept, Clock clock) {
        this.server = server;
        this.kept = kept;
        this.clock = clock;
    }

    /**
     * Tokens from the server at {@code address}, such as {@code https://devices.example.com/tokens}.
     *
     * @throws IllegalArgumentException for an address that is not https and not of this machine
     */
    public static HttpTokenProvider of(URI address) {
        return new HttpTokenProvider(ApplicationServer.at(address), Optional.empty(), Clock.systemUTC());
    }

    /**
     * The same with the header {@code Authorization}, such as {@code Bearer ...}; by default none is sent.
     *
     * @param header asked at each question; may block; thread-safe
     */
    public HttpTokenProvider withAuthorization(Supplier<String> header) {
        return with(new ApplicationServer(server.address(), Optional.of(header), server.client(), server.timeout()));
    }

    /**
     * The same with the last good tokens kept in a directory, which is made if it is absent: one file for each client ID,
     * readable by its owner alone where the file system knows owners. By default none are kept.
     */
    public HttpTokenProvider withDirectory(Path directory) {
        return new HttpTokenProvider(server, Optional.of(new KeptTokens(directory)), clock);
    }

    /**
     * The same with another time for a whole question, from looking up the host to the last byte; by default 10 s.
     *
     * @throws IllegalArgumentException if it is not positive
     */
    public HttpTokenProvider withTimeout(Duration timeout) {
        return with(new ApplicationServer(server.address(), server.authorization(), server.client(), timeout));
    }

    /**
     * The same over a client of your own, which brings its TLS, proxy and connect time-out; by default one of HTTP/1.1 that
     * gives up a connection after 5 s.
     */
    public HttpTokenProvider withHttpClient(HttpClient client) {
        return with(new ApplicationServer(server.address(), server.authorization(), client, server.timeout()));
    }

    private HttpTokenProvider with(ApplicationServer other) {
        return new HttpTokenProvider(other, kept, clock);
    }

    /**
     * Asks the server; what is kept is taken in its place as said above.
     *
     * @throws AuthenticationException if neither has valid tokens
     */
    @Override
    public Tokens tokens(ClientId clientId) {
        return given(clientId, false, others -> true);
    }

    /**
     * Asks the server for others. What is kept is taken only if it is not {@code present}.
     *
     * @throws AuthenticationException if neither has valid tokens
     */
    @Override
    public Tokens renew(ClientId clientId, Tokens present) {
        return given(clientId, true, others -> !others.equals(present));
    }

    private Tokens given(ClientId clientId, boolean renew, Predicate<Tokens> wanted) {
        try {
            Tokens given = requireValid(clientId, server.ask(clientId, renew));
            kept.ifPresent(files -> files.write(clientId, given));
            return given;
        } catch (UnansweredException e) {
            return instead(clientId, e, wanted);
        }
    }

    private Tokens requireValid(ClientId clientId, Tokens given) {
        Instant now = clock.instant();
        if (isExpired(given, now)) {
            throw new UnansweredException(
                    server.problem(
                            clientId,
                            "gave tokens that expired at " + given.expiresAt() + ", and it is " + now
                                    + " here; check the clocks of both"),
                    null);
        }
        return given;
    }

    private Tokens instead(ClientId clientId, UnansweredException failure, Predicate<Tokens> wanted) {
        Optional<Tokens> last = kept.flatMap(files -> files.read(clientId)).filter(wanted);
        Instant now = clock.instant();
        Optional<Tokens> valid = last.filter(tokens -> !isExpired(tokens, now));
        valid.ifPresent(tokens -> log.warn(
                "{}. The tokens kept by the last answer are taken, they expire at {}",
                failure.getMessage(),
                tokens.expiresAt()));
        return valid.orElseThrow(() -> new AuthenticationException(
                failure.getMessage()
                        + last.map(tokens -> "; those kept by the last answer expired at " + tokens.expiresAt())
                                .orElse(""),
                failure));
    }

    private static boolean isExpired(Tokens tokens, Instant now) {
        return !now.isBefore(tokens.expiresAt());
    }

    /** Where it asks and what it keeps; nothing of the header or the tokens. */
    @Override
    public String toString() {
        return "HttpTokenProvider[" + server + kept.map(files -> ", " + files).orElse("") + "]";
    }
}
