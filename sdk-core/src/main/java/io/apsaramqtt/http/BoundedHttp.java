package io.apsaramqtt.http;

import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;

/**
 * The JDK's HTTP client with an end to everything: the JDK's own time limit ends with the headers of the answer, and it knows
 * no limit for the length of a body.
 *
 * <p>Thread-safe. Blocks the caller, at most for the time limit.
 */
public final class BoundedHttp {

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);

    private final HttpClient client;
    private final Duration timeout;
    private final int maxBytes;

    /**
     * Exchanges over {@code client}.
     *
     * @param timeout for a whole exchange, from looking up the host to the last byte
     * @param maxBytes of an answer's body
     */
    public BoundedHttp(HttpClient client, Duration timeout, int maxBytes) {
        this.client = client;
        this.timeout = timeout;
        this.maxBytes = maxBytes;
    }

    /**
     * A client of HTTP/1.1 that follows no redirect, asks the proxy of the Java runtime, and gives up a connection after 5 s.
     */
    public static HttpClient client() {
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(CONNECT_TIMEOUT)
                .build();
    }

    /**
     * Sends a request and waits for the whole answer, whatever its status.
     *
     * @throws HttpFailure if there is none
     */
    public HttpAnswer send(HttpRequest request) {
        CompletableFuture<HttpResponse<byte[]>> exchange =
                client.sendAsync(request, headers -> new BoundedBody(maxBytes));
        try {
            HttpResponse<byte[]> response = exchange.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
            return new HttpAnswer(
                    response.statusCode(), response.headers(), new String(response.body(), StandardCharsets.UTF_8));
        } catch (TimeoutException e) {
            exchange.cancel(true);
            throw timedOut(request.uri(), e);
        } catch (InterruptedException e) {
            exchange.cancel(true);
            Thread.currentThread().interrupt();
            throw new HttpFailure(
                    HttpFailure.Kind.INTERRUPTED,
                    at(request.uri()) + " was not waited for: the thread was interrupted",
                    e);
        } catch (ExecutionException e) {
            throw failure(request.uri(), e.getCause() == null ? e : e.getCause());
        }
    }

    private HttpFailure failure(URI to, Throwable failure) {
        if (isCausedBy(failure, BoundedBody.TooLargeException.class)) {
            return new HttpFailure(
                    HttpFailure.Kind.TOO_LARGE,
                    at(to) + " answered with more than the " + maxBytes + " bytes that are read",
                    failure);
        }
        if (isCausedBy(failure, UnresolvedAddressException.class)) {
            return unreachable(to, "the name of the host is not known; check it, and the DNS of this machine", failure);
        }
        if (failure instanceof HttpConnectTimeoutException) {
            return unreachable(to, "no connection within the time for one; check routes and firewalls", failure);
        }
        if (failure instanceof ConnectException) {
            return unreachable(to, "the connection was refused; check host and port", failure);
        }
        if (isCausedBy(failure, SSLException.class)) {
            return unreachable(to, "no TLS: " + failure.getMessage(), failure);
        }
        if (failure instanceof HttpTimeoutException) {
            return timedOut(to, failure);
        }
        return new HttpFailure(
                HttpFailure.Kind.CUT, at(to) + " ended the connection: " + failure.getMessage(), failure);
    }

    private static HttpFailure unreachable(URI to, String problem, Throwable cause) {
        return new HttpFailure(HttpFailure.Kind.UNREACHABLE, at(to) + " cannot be reached: " + problem, cause);
    }

    private HttpFailure timedOut(URI to, Throwable cause) {
        return new HttpFailure(
                HttpFailure.Kind.TIMED_OUT, at(to) + " did not answer within " + timeout.toMillis() + " ms", cause);
    }

    /** The place alone: user information and a query may hold what is not to be logged. */
    private static String at(URI to) {
        String port = to.getPort() < 0 ? "" : ":" + to.getPort();
        return "[" + to.getScheme() + "://" + to.getHost() + port + to.getRawPath() + "]";
    }

    private static boolean isCausedBy(Throwable failure, Class<? extends Throwable> type) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (type.isInstance(cause)) {
                return true;
            }
        }
        return false;
    }
}
