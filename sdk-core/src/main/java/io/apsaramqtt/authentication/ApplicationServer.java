package io.apsaramqtt.authentication;

import io.apsaramqtt.ApsaraMqttException;
import io.apsaramqtt.http.BoundedHttp;
import io.apsaramqtt.http.HttpAnswer;
import io.apsaramqtt.http.HttpFailure;
import io.apsaramqtt.mqtt.ClientId;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Asks an application server for tokens, once. */
record ApplicationServer(URI address, Optional<Supplier<String>> authorization, HttpClient client, Duration timeout) {

    /** Three tokens of a hundred long topics each are a tenth of it. */
    static final int MOST_BYTES = 1 << 20;

    /** Made when first asked for. */
    private static final class OfThisJvm {
        static final HttpClient CLIENT = BoundedHttp.client();
    }

    static ApplicationServer at(URI address) {
        return new ApplicationServer(address, Optional.empty(), OfThisJvm.CLIENT, Duration.ofSeconds(10));
    }

    ApplicationServer {
        String scheme = String.valueOf(address.getScheme()).toLowerCase(Locale.ROOT);
        if (address.getHost() == null || !(scheme.equals("https") || scheme.equals("http"))) {
            throw new IllegalArgumentException("Application server [" + nameOf(address)
                    + "] is no address of a server; write one like https://devices.example.com/tokens");
        }
        if (scheme.equals("http") && !isThisMachine(address.getHost())) {
            throw new IllegalArgumentException("Application server [" + nameOf(address)
                    + "] would send tokens without TLS, which is only done on this machine; write https");
        }
        if (address.getRawUserInfo() != null) {
            throw new IllegalArgumentException("Application server [" + nameOf(address)
                    + "] has a user in its address, which is not sent; pass what proves the device as authorization");
        }
        if (timeout.isNegative() || timeout.isZero()) {
            throw new IllegalArgumentException(
                    "Time-out [" + timeout + "] of the application server must be more than nothing, as in PT10S");
        }
    }

    private static boolean isThisMachine(String host) {
        // Only these: any other name would be looked up.
        boolean literal = host.equals("localhost") || host.startsWith("127.") || host.startsWith("[");
        try {
            return literal && InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }

    /** The address without what may be a password or a key in it. */
    private static String nameOf(URI address) {
        return address.getScheme() + "://" + address.getHost()
                + (address.getPort() < 0 ? "" : ":" + address.getPort())
                + (address.getRawPath() == null ? "" : address.getRawPath());
    }

    /**
     * Asks and waits.
     *
     * @throws AuthenticationException if the server refuses the client, or the thread was interrupted
     * @throws UnansweredException if there is no answer that could be read
     */
    Tokens ask(ClientId clientId, boolean renew) {
        HttpAnswer answer = send(clientId, request(clientId, renew));
        if (answer.status() == 401 || answer.status() == 403) {
            throw new AuthenticationException(problem(
                    clientId,
                    "answered with HTTP " + answer.status()
                            + "; check the authorization that is sent, and whether the server knows this client ID"));
        }
        if (answer.status() != 200) {
            throw unanswered(clientId, "answered with HTTP " + answer.status() + advice(answer.status()), null);
        }
        try {
            return TokensJson.read(clientId, answer.body());
        } catch (MalformedTokensException e) {
            throw unanswered(clientId, "gave an answer that " + e.getMessage(), null);
        }
    }

    private HttpRequest request(ClientId clientId, boolean renew) {
        try {
            HttpRequest.Builder asking = HttpRequest.newBuilder(address)
                    .header("Accept", "application/json")
                    .header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofString(TokensJson.question(clientId, renew)));
            authorization.ifPresent(header -> asking.header("Authorization", header.get()));
            return asking.build();
        } catch (ApsaraMqttException e) {
            throw unanswered(clientId, "was not asked: " + e.getMessage(), e);
        } catch (RuntimeException e) {
            // The text of such a failure may hold the header itself.
            throw unanswered(
                    clientId,
                    "was not asked: its authorization header cannot be made ("
                            + e.getClass().getSimpleName() + ")",
                    null);
        }
    }

    private HttpAnswer send(ClientId clientId, HttpRequest request) {
        try {
            return new BoundedHttp(client, timeout, MOST_BYTES).send(request);
        } catch (HttpFailure e) {
            if (e.kind() == HttpFailure.Kind.INTERRUPTED) {
                throw new AuthenticationException(failed(clientId) + e.getMessage(), e);
            }
            throw new UnansweredException(failed(clientId) + e.getMessage(), e);
        }
    }

    private static String advice(int status) {
        return switch (status) {
            case 404, 405 -> "; check the path";
            case 301, 302, 303, 307, 308 -> "; redirects are not followed, write the address they lead to";
            default -> status >= 500 ? "; see the log of the server" : "";
        };
    }

    private UnansweredException unanswered(ClientId clientId, String problem, @Nullable Throwable cause) {
        return new UnansweredException(problem(clientId, problem), cause);
    }

    String problem(ClientId clientId, String problem) {
        return failed(clientId) + "[" + nameOf(address) + "] " + problem;
    }

    private static String failed(ClientId clientId) {
        return "No tokens for client ID [" + clientId + "]: application server ";
    }

    /** The address alone. */
    @Override
    public String toString() {
        return nameOf(address);
    }
}
