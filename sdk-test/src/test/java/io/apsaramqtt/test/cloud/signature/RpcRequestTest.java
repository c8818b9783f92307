package io.apsaramqtt.test.cloud.signature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.apsaramqtt.test.cloud.wire.CloudErrorException;
import io.apsaramqtt.test.cloud.wire.WireRequest;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The example of the page "Request structure and signature (RPC)", and what becomes of it when one thing is changed. */
class RpcRequestTest {

    private static final String SECRET = "testsecret";
    private static final String UNSIGNED = "Timestamp=2016-02-23T12%3A46%3A24Z&Format=XML&AccessKeyId=testid"
            + "&Action=DescribeRegions&SignatureMethod=HMAC-SHA1"
            + "&SignatureNonce=3ee8c1b8-83d3-44af-a94f-4e0ad82fd6cf&Version=2014-05-26&SignatureVersion=1.0";
    private static final String SIGNED = UNSIGNED + "&Signature=OLeaidS1JvxuMvnyHOwuJ%2BuX5qY%3D";
    private static final Map<String, String> FORM = Map.of("Content-Type", "application/x-www-form-urlencoded");

    @Test
    void theExampleOfThePageIsVerified() {
        assertThatCode(() -> query("GET", SIGNED).verify(SECRET)).doesNotThrowAnyException();
    }

    @Test
    void theFormCountsAsTheQueryDoes() {
        WireRequest wire = new WireRequest("GET", "/", "", FORM, SIGNED.getBytes(StandardCharsets.UTF_8));

        assertThatCode(() -> new RpcRequest(wire).verify(SECRET)).doesNotThrowAnyException();
    }

    @Test
    void anotherSecretOrMethodDoesNotMatch() {
        assertRefused("SignatureDoesNotMatch", () -> query("GET", SIGNED).verify("testsecreT"));
        assertRefused("SignatureDoesNotMatch", () -> query("POST", SIGNED).verify(SECRET));
    }

    @ParameterizedTest
    @CsvSource({
        "DescribeRegions,DescribeRegion",
        "2016-02-23,2016-02-24",
        "testid,testie",
        "3ee8c1b8,3ee8c1b9",
        "OLeaid,OLeaie",
        "Format=XML,Format=xml"
    })
    void anythingThatIsAlteredDoesNotMatch(String old, String other) {
        assertThat(SIGNED).contains(old);
        assertRefused(
                "SignatureDoesNotMatch",
                () -> query("GET", SIGNED.replace(old, other)).verify(SECRET));
    }

    @Test
    void aParameterThatIsAddedDoesNotMatch() {
        assertRefused(
                "SignatureDoesNotMatch", () -> query("GET", SIGNED + "&Extra=1").verify(SECRET));
    }

    @Test
    void aParameterInAnAlteredFormDoesNotMatch() {
        WireRequest wire = new WireRequest("GET", "/", SIGNED, FORM, "Extra=1".getBytes(StandardCharsets.UTF_8));

        assertRefused("SignatureDoesNotMatch", () -> new RpcRequest(wire).verify(SECRET));
    }

    @ParameterizedTest
    @CsvSource({
        "Format=XML,Format=XML,InvalidFormat",
        "HMAC-SHA1,HMAC-SHA256,InvalidSignatureMethod",
        "SignatureVersion=1.0,SignatureVersion=2.0,InvalidSignatureVersion",
        "AccessKeyId=testid,AccessKeyId=,MissingAccessKeyId",
        "Action=DescribeRegions,Action=,MissingAction"
    })
    void whatTheGatewayAsksForIsMissed(String old, String other, String code) {
        String json = old.startsWith("Format") ? SIGNED : SIGNED.replace("Format=XML", "Format=json");

        assertRefused(code, () -> query("GET", json.replace(old, other)).claim());
    }

    private static RpcRequest query(String method, String query) {
        return new RpcRequest(new WireRequest(method, "/", query, Map.of(), new byte[0]));
    }

    private static void assertRefused(String code, Runnable call) {
        assertThatExceptionOfType(CloudErrorException.class)
                .isThrownBy(call::run)
                .matches(error -> error.code().equals(code), code);
    }
}
