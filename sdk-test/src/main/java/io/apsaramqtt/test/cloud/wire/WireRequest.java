package io.apsaramqtt.test.cloud.wire;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * An HTTP request, before anybody knows what it asks for.
 *
 * <p>Immutable.
 */
public final class WireRequest {

    private static final String FORM = "application/x-www-form-urlencoded";

    private final String method;
    private final String path;
    private final String query;
    private final Map<String, String> headers;
    private final byte[] body;

    /**
     * A request.
     *
     * @param method such as {@code POST}
     * @param path the path, still encoded
     * @param query the query, still encoded; empty if there is none
     * @param headers the headers; case does not count in their names
     * @param body the body; empty if there is none
     */
    public WireRequest(String method, String path, String query, Map<String, String> headers, byte[] body) {
        this.method = method;
        this.path = path;
        this.query = query;
        Map<String, String> sorted = new TreeMap<>();
        headers.forEach((name, value) -> sorted.put(name.toLowerCase(Locale.ROOT), value.strip()));
        this.headers = sorted;
        this.body = body.clone();
    }

    /** The method. */
    public String method() {
        return method;
    }

    /** The path, still encoded. */
    public String path() {
        return path;
    }

    /** The parameters in the query. */
    public Parameters query() {
        return Parameters.parse(query);
    }

    /** The parameters in the query and, where the body is a form, in the body. */
    public Parameters parameters() {
        boolean form = header("content-type")
                .filter(type -> type.toLowerCase(Locale.ROOT).startsWith(FORM))
                .isPresent();
        return form ? query().and(Parameters.parse(new String(body, StandardCharsets.UTF_8))) : query();
    }

    /** A header; name in lower case. */
    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name));
    }

    /** All headers, sorted, names in lower case. */
    public Map<String, String> headers() {
        return Map.copyOf(headers);
    }

    /** The body. */
    public byte[] body() {
        return body.clone();
    }

    /** Method and path; the query may hold secrets. */
    @Override
    public String toString() {
        return "WireRequest[" + method + " " + path + "]";
    }
}
