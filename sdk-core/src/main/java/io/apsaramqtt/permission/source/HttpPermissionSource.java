package io.apsaramqtt.permission.source;

import io.apsaramqtt.ApsaraMqttException;
import io.apsaramqtt.http.BoundedHttp;
import io.apsaramqtt.http.HttpAnswer;
import io.apsaramqtt.http.HttpFailure;
import io.apsaramqtt.permission.EffectivePermissions;
import io.apsaramqtt.permission.Grants;
import io.apsaramqtt.permission.Principal;
import io.apsaramqtt.policy.MalformedPolicyException;
import io.apsaramqtt.policy.PolicyLayers;
import io.apsaramqtt.policy.PolicySet;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Policies from a server, asked each time whether they are still those it gave last. Read by one thread at a time. */
final class HttpPermissionSource implements PermissionSource {

    static final Duration TIMEOUT = Duration.ofSeconds(10);
    static final int MAX_BYTES = 1_000_000;
    private static final int NOT_MODIFIED = 304;

    private final URI uri;
    private final Supplier<Map<String, String>> headers;
    private final BoundedHttp http;
    private final Clock clock;
    private volatile @Nullable Answer last;

    private record Answer(String etag, Grants grants) {}

    HttpPermissionSource(URI uri, Supplier<Map<String, String>> headers, BoundedHttp http, Clock clock) {
        String scheme = String.valueOf(uri.getScheme());
        if (uri.getHost() == null || !(scheme.equalsIgnoreCase("https") || scheme.equalsIgnoreCase("http"))) {
            throw new IllegalArgumentException("Permission source [" + nameOf(uri)
                    + "] is no address of a server; write one like https://authorization.example.com/permissions");
        }
        this.uri = uri;
        this.headers = headers;
        this.http = http;
        this.clock = clock;
    }

    /** The address without what may be a password or a key in it. */
    static String nameOf(URI uri) {
        return uri.getScheme() + "://" + uri.getHost() + (uri.getPort() < 0 ? "" : ":" + uri.getPort())
                + (uri.getRawPath() == null ? "" : uri.getRawPath());
    }

    @Override
    public EffectivePermissions load() {
        Answer known = last;
        Instant now = clock.instant();
        HttpAnswer answer = ask(known);
        Grants grants = known != null && answer.status() == NOT_MODIFIED ? known.grants() : read(answer);
        return new EffectivePermissions(Principal.unknown(), grants, now, nameOf(uri));
    }

    private HttpAnswer ask(@Nullable Answer known) {
        HttpRequest request;
        try {
            HttpRequest.Builder asking = HttpRequest.newBuilder(uri).header("Accept", "application/json");
            headers.get().forEach(asking::setHeader);
            if (known != null) {
                asking.setHeader("If-None-Match", known.etag());
            }
            request = asking.build();
        } catch (ApsaraMqttException e) {
            throw failed("was not asked: " + e.getMessage(), e);
        } catch (RuntimeException e) {
            // The text of such a failure may hold the header itself.
            throw failed(
                    "was not asked: its headers cannot be made (" + e.getClass().getSimpleName() + ")", null);
        }
        try {
            return http.send(request);
        } catch (HttpFailure e) {
            throw failed("failed: " + e.getMessage(), e);
        }
    }

    private Grants read(HttpAnswer answer) {
        if (answer.status() != 200) {
            throw failed("answered with HTTP " + answer.status() + advice(answer.status()), null);
        }
        try {
            Grants grants = new Grants.Policies(PolicyLayers.of(PolicySet.parse(nameOf(uri), answer.body())));
            Optional<String> etag = answer.header("etag");
            last = etag.map(tag -> new Answer(tag, grants)).orElse(null);
            return grants;
        } catch (MalformedPolicyException e) {
            throw failed("gave no policies: " + e.getMessage(), e);
        }
    }

    private static String advice(int status) {
        return switch (status) {
            case 401, 403 -> "; check the headers that authorize the request";
            case 404 -> "; check the path";
            case 301, 302, 303, 307, 308 -> "; redirects are not followed, write the address they lead to";
            case NOT_MODIFIED -> " though nothing was given before";
            default -> "";
        };
    }

    private PermissionSourceException failed(String problem, @Nullable Throwable cause) {
        return PermissionSourceException.temporary(nameOf(uri), problem, cause);
    }
}
