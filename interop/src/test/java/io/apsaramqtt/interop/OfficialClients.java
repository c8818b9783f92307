package io.apsaramqtt.interop;

import com.aliyun.tea.TeaException;
import com.aliyun.teaopenapi.Client;
import com.aliyun.teaopenapi.models.Config;
import com.aliyun.teaopenapi.models.OpenApiRequest;
import com.aliyun.teaopenapi.models.Params;
import com.aliyun.teautil.models.RuntimeOptions;
import io.apsaramqtt.credentials.AccessKey;
import io.apsaramqtt.test.cloud.FakeAlibabaCloud;
import java.util.Map;
import java.util.Objects;
import org.assertj.core.api.Assertions;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** The official clients of Alibaba Cloud, led to the fake. */
final class OfficialClients {

    private OfficialClients() {}

    static Config config(FakeAlibabaCloud cloud, AccessKey accessKey) {
        Config config = new Config()
                .setEndpoint(cloud.host())
                .setProtocol("HTTP")
                .setAccessKeyId(accessKey.id())
                .setAccessKeySecret(accessKey.secret());
        accessKey.securityToken().ifPresent(config::setSecurityToken);
        return config;
    }

    static com.aliyun.ram20150501.Client ram(FakeAlibabaCloud cloud, AccessKey accessKey) throws Exception {
        return new com.aliyun.ram20150501.Client(config(cloud, accessKey));
    }

    static com.aliyun.sts20150401.Client sts(FakeAlibabaCloud cloud, AccessKey accessKey) throws Exception {
        return new com.aliyun.sts20150401.Client(config(cloud, accessKey));
    }

    /** An operation called by name, with its parameters in the query, the form, or both. */
    record Call(String version, String action, Map<String, String> query, Map<String, String> form) {

        static Call query(String version, String action, Map<String, String> parameters) {
            return new Call(version, action, parameters, Map.of());
        }

        static Call form(String version, String action, Map<String, String> parameters) {
            return new Call(version, action, Map.of(), parameters);
        }

        private Params params() {
            return new Params()
                    .setAction(action)
                    .setVersion(version)
                    .setProtocol("HTTP")
                    .setPathname("/")
                    .setMethod("POST")
                    .setAuthType("AK")
                    .setStyle("RPC")
                    .setReqBodyType("formData")
                    .setBodyType("json");
        }

        private OpenApiRequest request() {
            OpenApiRequest request = new OpenApiRequest().setQuery(query);
            return form.isEmpty() ? request : request.setBody(form);
        }

        /** The body of the answer; signed by ACS3-HMAC-SHA256. */
        Map<?, ?> byAcs3(FakeAlibabaCloud cloud, AccessKey accessKey) throws Exception {
            return call(config(cloud, accessKey));
        }

        /** The body of the answer; signed in the older RPC style. */
        Map<?, ?> byRpc(FakeAlibabaCloud cloud, AccessKey accessKey) throws Exception {
            return call(config(cloud, accessKey).setSignatureAlgorithm("v2"));
        }

        private Map<?, ?> call(Config config) throws Exception {
            return member(new Client(config).callApi(params(), request(), new RuntimeOptions()), "body");
        }
    }

    /** A member of an answer that is an object itself. */
    static Map<?, ?> member(Map<?, ?> answer, String name) {
        return (Map<?, ?>) Objects.requireNonNull(answer.get(name));
    }

    /** The error that the official client makes of an answer. */
    static TeaException errorOf(ThrowingCallable call) {
        return Assertions.catchThrowableOfType(TeaException.class, call);
    }
}
