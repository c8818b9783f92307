package io.apsaramqtt.test.cloud.signature;

import io.apsaramqtt.test.cloud.wire.CloudErrorException;
import io.apsaramqtt.test.cloud.wire.Parameters;
import io.apsaramqtt.test.cloud.wire.Parameters.Parameter;
import io.apsaramqtt.test.cloud.wire.PercentEncoding;
import io.apsaramqtt.test.cloud.wire.WireRequest;
import java.util.Base64;
import java.util.Comparator;
import java.util.stream.Collectors;

/** A request signed in the older RPC style: HMAC-SHA1 over all its parameters, in query and form alike. Immutable. */
final class RpcRequest implements SignedRequest {

    private static final String SIGNATURE = "Signature";

    private final WireRequest request;
    private final Parameters parameters;

    RpcRequest(WireRequest request) {
        this.request = request;
        this.parameters = request.parameters();
    }

    @Override
    public SignatureClaim claim() {
        require("SignatureMethod", "HMAC-SHA1");
        require("SignatureVersion", "1.0");
        // Without it the real gateway answers in XML.
        require("Format", "JSON");
        return new SignatureClaim(
                SignatureScheme.RPC,
                parameters.require("Action"),
                parameters.require("Version"),
                parameters.require("AccessKeyId"),
                parameters.find("SecurityToken"),
                parameters.require("Timestamp"),
                parameters.require("SignatureNonce"),
                parameters);
    }

    private void require(String name, String value) {
        String given = parameters.require(name);
        if (!given.equalsIgnoreCase(value)) {
            throw new CloudErrorException(
                    400, "Invalid" + name, "Specified " + name + " [" + given + "] is not valid; use " + value + ".");
        }
    }

    @Override
    public void verify(String secret) {
        String stringToSign =
                request.method() + "&" + PercentEncoding.encode("/") + "&" + PercentEncoding.encode(canonical());
        String expected = Base64.getEncoder().encodeToString(Digests.hmac("HmacSHA1", secret + "&", stringToSign));
        if (!Digests.equal(expected, parameters.require(SIGNATURE))) {
            throw new CloudErrorException(
                    400, "SignatureDoesNotMatch", "Specified signature is not matched with our calculation.");
        }
    }

    /** What is empty is not signed: the official clients send it all the same. */
    private String canonical() {
        return parameters.without(SIGNATURE).all().stream()
                .filter(each -> !each.value().isEmpty())
                .sorted(Comparator.comparing(Parameter::name).thenComparing(Parameter::value))
                .map(each -> PercentEncoding.encode(each.name()) + "=" + PercentEncoding.encode(each.value()))
                .collect(Collectors.joining("&"));
    }
}
