package io.apsaramqtt.test.cloud.signature;

import io.apsaramqtt.test.cloud.wire.CloudErrorException;
import io.apsaramqtt.test.cloud.wire.Parameters;
import io.apsaramqtt.test.cloud.wire.Parameters.Parameter;
import io.apsaramqtt.test.cloud.wire.PercentEncoding;
import io.apsaramqtt.test.cloud.wire.WireRequest;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A request signed by ACS3-HMAC-SHA256. Immutable. */
final class Acs3Request implements SignedRequest {

    static final String ALGORITHM = "ACS3-HMAC-SHA256";
    private static final String CONTENT_HASH = "x-acs-content-sha256";

    private final WireRequest request;
    private final Acs3Authorization authorization;

    Acs3Request(WireRequest request, String authorization) {
        this.request = request;
        this.authorization = Acs3Authorization.parse(authorization);
    }

    @Override
    public SignatureClaim claim() {
        return new SignatureClaim(
                SignatureScheme.ACS3,
                header("x-acs-action", "Action"),
                header("x-acs-version", "Version"),
                authorization.accessKeyId(),
                request.header("x-acs-security-token"),
                header("x-acs-date", "Timestamp"),
                header("x-acs-signature-nonce", "SignatureNonce"),
                request.parameters());
    }

    private String header(String name, String parameter) {
        return request.header(name).orElseThrow(() -> CloudErrorException.missing(parameter));
    }

    @Override
    public void verify(String secret) {
        requireSorted();
        requireAllSigned();
        requireHashOfBody();
        String stringToSign = ALGORITHM + "\n" + Digests.sha256Hex(canonical().getBytes(StandardCharsets.UTF_8));
        String expected = HexFormat.of().formatHex(Digests.hmac("HmacSHA256", secret, stringToSign));
        if (!Digests.equal(expected, authorization.signature())) {
            // Only hashes: the canonical request itself may hold a security token.
            throw doesNotMatch("server StringToSign is [" + stringToSign + "]");
        }
    }

    private void requireSorted() {
        if (!authorization.signedHeaders().stream().sorted().toList().equals(authorization.signedHeaders())) {
            throw incomplete("SignedHeaders must be sorted");
        }
    }

    private void requireAllSigned() {
        List<String> unsigned = Stream.concat(
                        Stream.of("host", CONTENT_HASH),
                        request.headers().keySet().stream()
                                .filter(name -> name.startsWith("x-acs-") || "content-type".equals(name)))
                .filter(name -> !authorization.signedHeaders().contains(name))
                .sorted()
                .toList();
        if (!unsigned.isEmpty()) {
            throw incomplete(
                    "the headers " + unsigned + " are not signed; host, content-type and every x-acs-* must be");
        }
    }

    private static CloudErrorException incomplete(String why) {
        return new CloudErrorException(
                400, "IncompleteSignature", "The request signature does not conform to Aliyun standards: " + why + ".");
    }

    private void requireHashOfBody() {
        String claimed = header(CONTENT_HASH, "ContentSha256");
        if (!Digests.equal(Digests.sha256Hex(request.body()), claimed.toLowerCase(Locale.ROOT))) {
            throw doesNotMatch("the header " + CONTENT_HASH + " is not the hash of the body");
        }
    }

    private static CloudErrorException doesNotMatch(String why) {
        return new CloudErrorException(
                400, "SignatureDoesNotMatch", "Specified signature does not match our calculation. " + why);
    }

    private String canonical() {
        return String.join(
                "\n",
                request.method(),
                canonicalPath(),
                canonicalQuery(request.query()),
                canonicalHeaders(),
                String.join(";", authorization.signedHeaders()),
                header(CONTENT_HASH, "ContentSha256"));
    }

    private String canonicalPath() {
        return Stream.of(request.path().split("/", -1))
                .map(segment -> PercentEncoding.encode(PercentEncoding.decode(segment.replace("+", "%2B"))))
                .collect(Collectors.joining("/"));
    }

    /** Sorted by name before encoding, as the official clients do it. */
    private static String canonicalQuery(Parameters query) {
        return query.all().stream()
                .sorted(Comparator.comparing(Parameter::name).thenComparing(Parameter::value))
                .map(each -> PercentEncoding.encode(each.name()) + "=" + PercentEncoding.encode(each.value()))
                .collect(Collectors.joining("&"));
    }

    /** Each line ends, the last one too. */
    private String canonicalHeaders() {
        return authorization.signedHeaders().stream()
                .map(name -> name + ":" + request.header(name).orElse("") + "\n")
                .collect(Collectors.joining());
    }
}
