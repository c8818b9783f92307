package io.apsaramqtt.interop;

import static org.assertj.core.api.Assertions.assertThat;

import com.aliyun.tea.TeaException;
import io.apsaramqtt.credentials.AccessKey;
import io.apsaramqtt.interop.OfficialClients.Call;
import io.apsaramqtt.test.cloud.CloudRequest;
import io.apsaramqtt.test.cloud.FakeAlibabaCloud;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the official client signs, the fake reads and verifies: whatever the parameters hold, in query and form. */
class OfficialSignaturesIT {

    private static final AccessKey ACCOUNT = AccessKey.of("LTAI5tInteropAccount", "account-secret");
    private static final AccessKey SESSION =
            AccessKey.temporary("STS.NInteropSession", "session-secret", "CAIS+token/with=all&it%may~hold*");

    private static FakeAlibabaCloud cloud;

    @BeforeAll
    static void start() {
        cloud = FakeAlibabaCloud.builder().account(ACCOUNT).start();
        cloud.account()
                .role("gateway")
                .addSession("edge-1", SESSION, Instant.now().plus(1, ChronoUnit.HOURS));
    }

    @AfterAll
    static void stop() {
        cloud.close();
    }

    @BeforeEach
    void clear() {
        cloud.requests().clear();
    }

    static List<Map<String, String>> parameters() {
        Map<String, String> numbered = new TreeMap<>();
        IntStream.rangeClosed(1, 12).forEach(i -> numbered.put("Topic." + i, "t" + i));
        return Stream.concat(
                        Stream.of(
                                        "",
                                        " ",
                                        "a b",
                                        "+",
                                        "a+b",
                                        "*",
                                        "~",
                                        "/",
                                        "a/b",
                                        "%",
                                        "%2F",
                                        "&=?#",
                                        "\"'<>",
                                        "-_.",
                                        ",;:@!$()[]")
                                .map(value -> Map.of("Value", value)),
                        Stream.of(
                                Map.of("Value", "温度/é/😀"),
                                Map.of("名", "x", "a中", "y", "a-b", "z", "aZ", "w"),
                                Map.of("b", "1", "B", "2", "a", "3", "A", "4", "_", "5", "0", "6"),
                                Map.of("Value", "line\nand\ttab"),
                                numbered,
                                Map.<String, String>of()))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("parameters")
    void acs3InTheQuery(Map<String, String> parameters) throws Exception {
        Call.query("2015-04-01", "GetCallerIdentity", parameters).byAcs3(cloud, ACCOUNT);

        assertArrived(parameters);
    }

    @ParameterizedTest
    @MethodSource("parameters")
    void acs3InTheForm(Map<String, String> parameters) throws Exception {
        Call.form("2015-04-01", "GetCallerIdentity", parameters).byAcs3(cloud, SESSION);

        assertArrived(parameters);
    }

    @ParameterizedTest
    @MethodSource("parameters")
    void rpcInTheQuery(Map<String, String> parameters) throws Exception {
        Call.query("2015-04-01", "GetCallerIdentity", parameters).byRpc(cloud, SESSION);

        assertArrived(parameters);
    }

    @ParameterizedTest
    @MethodSource("parameters")
    void rpcInTheForm(Map<String, String> parameters) throws Exception {
        Call.form("2015-04-01", "GetCallerIdentity", parameters).byRpc(cloud, ACCOUNT);

        assertArrived(parameters);
    }

    @ParameterizedTest
    @MethodSource("parameters")
    void theWrongSecretFitsNoneOfThem(Map<String, String> parameters) {
        AccessKey wrong = AccessKey.of(ACCOUNT.id(), "not-the-secret");
        Call call = new Call("2015-04-01", "GetCallerIdentity", parameters, parameters);

        Stream.of(
                        OfficialClients.errorOf(() -> call.byAcs3(cloud, wrong)),
                        OfficialClients.errorOf(() -> call.byRpc(cloud, wrong)))
                .map(TeaException::getCode)
                .forEach(code -> assertThat(code).isEqualTo("SignatureDoesNotMatch"));
    }

    /** The official client leaves out what is empty, in a form and in the older style. */
    private static void assertArrived(Map<String, String> parameters) {
        CloudRequest request = cloud.requests().all().get(0);
        Map<String, String> arrived = new TreeMap<>(request.parameters());
        arrived.values().removeIf(String::isEmpty);
        Map<String, String> sent = new TreeMap<>(parameters);
        sent.values().removeIf(String::isEmpty);
        assertThat(arrived).isEqualTo(sent);
        assertThat(request.status()).isEqualTo(200);
    }
}
