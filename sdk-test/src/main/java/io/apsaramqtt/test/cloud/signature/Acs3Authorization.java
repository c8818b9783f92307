package io.apsaramqtt.test.cloud.signature;

import io.apsaramqtt.test.cloud.wire.CloudErrorException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The header {@code ACS3-HMAC-SHA256 Credential=<ID>,SignedHeaders=<name;name>,Signature=<hex>}.
 *
 * @param accessKeyId the AccessKey ID
 * @param signedHeaders the names of the signed headers, as they were sent
 * @param signature the signature, in hex
 */
record Acs3Authorization(String accessKeyId, List<String> signedHeaders, String signature) {

    private static final Pattern FORM = Pattern.compile(
            Acs3Request.ALGORITHM + " +Credential=([^,]+), *SignedHeaders=([^,]+), *Signature=([0-9a-f]{64})");

    static Acs3Authorization parse(String header) {
        Matcher matcher = FORM.matcher(header);
        if (!matcher.matches()) {
            throw new CloudErrorException(
                    400,
                    "IncompleteSignature",
                    "The request signature does not conform to Aliyun standards: the header Authorization must read "
                            + Acs3Request.ALGORITHM + " Credential=...,SignedHeaders=...,Signature=<64 hex digits>.");
        }
        return new Acs3Authorization(matcher.group(1), List.of(matcher.group(2).split(";")), matcher.group(3));
    }
}
