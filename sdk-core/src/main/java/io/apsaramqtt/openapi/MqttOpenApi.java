package io.apsaramqtt.openapi;

import io.apsaramqtt.authentication.DeviceCredential;
import io.apsaramqtt.authentication.Token;
import io.apsaramqtt.authentication.TokenProvider;
import io.apsaramqtt.authentication.TokenType;
import io.apsaramqtt.authentication.Tokens;
import io.apsaramqtt.credentials.AccessKey;
import io.apsaramqtt.credentials.CredentialsProvider;
import io.apsaramqtt.mqtt.ClientId;
import io.apsaramqtt.mqtt.ServiceRuleException;
import io.apsaramqtt.mqtt.TopicFilter;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.function.IntFunction;

/**
 * The OpenAPI of ApsaraMQ for MQTT ({@code onsmqtt}, 2020-04-20) for one instance: tokens, device credentials, and by
 * {@link #call} everything else. For servers of your own; a device must not hold an AccessKey that may call it.
 *
 * <p>Every call resolves the credentials anew, blocks up to 10 s an attempt, and throws {@link OpenApiException} if it fails.
 * What was throttled or never reached the service is tried again, four times in all; so is what timed out or failed in the
 * service, where doing it twice harms nothing.
 *
 * <p>Every attempt waits for its turn on the thread that calls, so that the limits of the service are kept: RevokeToken goes out 5
 * times a second at most, all other calls of a Java runtime together 100 times, which is the limit of ApplyToken and of QueryToken
 * each. Other programs of the account are not known here.
 *
 * <p>Immutable; thread-safe.
 */
public final class MqttOpenApi {

    private static final String VERSION = "2020-04-20";
    private static final String REVOCATION = "RevokeToken";
    private static final int CALLS_PER_SECOND = 100;
    private static final int REVOCATIONS_PER_SECOND = 5;

    private final URI endpoint;
    private final String instanceId;
    private final CredentialsProvider credentials;
    private final OpenApiCaller caller;

    MqttOpenApi(URI endpoint, String instanceId, CredentialsProvider credentials, OpenApiCaller caller) {
        this.endpoint = RamEndpoints.requireEndpoint(endpoint);
        this.instanceId = instanceId;
        this.credentials = credentials;
        this.caller = caller;
    }

    /** Made when first asked for. */
    private static final class OfThisJvm {
        static final OpenApiCaller CALLER = RamReadings.caller(paces(RamReadings::pace), Clock.systemUTC());
    }

    /** Whose turn a call waits for, by the paces that {@code ofRate} makes: revocations must not make the others wait. */
    static Function<OpenApiCall, Pace> paces(IntFunction<Pace> ofRate) {
        Pace revocations = ofRate.apply(REVOCATIONS_PER_SECOND);
        Pace others = ofRate.apply(CALLS_PER_SECOND);
        return call -> call.action().equals(REVOCATION) ? revocations : others;
    }

    /**
     * The API at {@code onsmqtt.<region>.aliyuncs.com}.
     *
     * @param regionId such as {@code cn-hangzhou}
     * @param instanceId such as {@code post-cn-x}
     * @param credentials of whoever calls; temporary ones are taken
     * @throws IllegalArgumentException if a part is blank or no region
     */
    public static MqttOpenApi of(String regionId, String instanceId, CredentialsProvider credentials) {
        if (!regionId.matches("[a-z0-9-]+")) {
            throw new IllegalArgumentException(
                    "Region ID [" + regionId + "] is none; take it from the instance's page, as in cn-hangzhou");
        }
        if (instanceId.isBlank()) {
            throw new IllegalArgumentException(
                    "Instance ID is empty; take it from the instance's page in the console, as in post-cn-x");
        }
        return new MqttOpenApi(
                URI.create("https://onsmqtt." + regionId + ".aliyuncs.com"), instanceId, credentials, OfThisJvm.CALLER);
    }

    /**
     * The same at another endpoint, such as {@code https://onsmqtt-vpc.cn-hangzhou.aliyuncs.com}.
     *
     * @throws IllegalArgumentException for a URI that has a path, or that is not https and not of this machine
     */
    public MqttOpenApi withEndpoint(URI other) {
        return new MqttOpenApi(other, instanceId, credentials, caller);
    }

    /**
     * Applies for a token (page "ApplyToken"). The caller needs {@code mq:MqttInstanceAccess} on the instance and
     * {@code mq:ApplyToken} on each topic. The service takes 100 of these a second for an account.
     *
     * @param type what it permits
     * @param resources the topics that it is for: 1 to 100
     * @param life from now on, 60 seconds to 30 days; counted by the clock of this machine
     * @return a token that carries its expiry and resources
     * @throws ServiceRuleException if the service would not take resources or life
     */
    public Token applyToken(TokenType type, Collection<TopicFilter> resources, Duration life) {
        return TokenApplication.of(type, resources, life).apply(caller, this::request, credentials.resolve());
    }

    /**
     * Where a client in token mode gets its tokens without a server in between: for applications on servers, whose temporary
     * credentials cannot sign a connection. Applies anew whenever it is asked.
     *
     * @param type what the tokens permit
     * @param resources the topics that they are for: 1 to 100
     * @param life 60 seconds to 30 days
     * @throws ServiceRuleException if the service would not take resources or life
     */
    public TokenProvider tokenProvider(TokenType type, Collection<TopicFilter> resources, Duration life) {
        TokenApplication application = TokenApplication.of(type, resources, life);
        return clientId -> {
            AccessKey accessKey = credentials.resolve();
            return Tokens.of(accessKey.id(), application.apply(caller, this::request, accessKey));
        };
    }

    /** Whether the service still takes the token (page "QueryToken"); 100 a second for an account. */
    public boolean queryToken(Token token) {
        return called(
                "QueryToken",
                Map.of("Token", token.value()),
                true,
                answer -> answer.get("TokenStatus").requireText().equals("true"));
    }

    /**
     * Makes the token invalid before it expires (page "RevokeToken"); 5 a second for an account. Of many at once each waits 200
     * ms longer than the one before.
     */
    public void revokeToken(Token token) {
        called(REVOCATION, Map.of("Token", token.value()), true, Json::place);
    }

    /**
     * Registers a client ID and gives its credential (page "RegisterDeviceCredential"). If the answer is lost, the credential is
     * registered all the same: {@link #getDeviceCredential} gives it.
     */
    public DeviceCredential registerDeviceCredential(ClientId clientId) {
        return deviceCredential("RegisterDeviceCredential", clientId, false);
    }

    /** The credential that a client ID is registered with (page "GetDeviceCredential"). */
    public DeviceCredential getDeviceCredential(ClientId clientId) {
        return deviceCredential("GetDeviceCredential", clientId, true);
    }

    /** Gives a client ID a new secret, with which it must connect from then on (page "RefreshDeviceCredential"). */
    public DeviceCredential refreshDeviceCredential(ClientId clientId) {
        return deviceCredential("RefreshDeviceCredential", clientId, false);
    }

    /** Takes the registration of a client ID back (page "UnRegisterDeviceCredential"). */
    public void unregisterDeviceCredential(ClientId clientId) {
        called("UnRegisterDeviceCredential", Map.of("ClientId", clientId.value()), false, Json::place);
    }

    /**
     * Makes any call of the API for this instance. It is tried again only where it was certainly not carried out.
     *
     * @param action such as {@code ListGroupId}
     * @param parameters beside {@code InstanceId}, which is added where it is absent
     * @return the answer, a JSON object
     */
    public String call(String action, Map<String, String> parameters) {
        return caller.callForText(request(action, parameters, false), credentials.resolve());
    }

    private DeviceCredential deviceCredential(String action, ClientId clientId, boolean repeatable) {
        return called(action, Map.of("ClientId", clientId.value()), repeatable, answer -> {
            Json credential = answer.get("DeviceCredential");
            return DeviceCredential.of(
                    credential.get("DeviceAccessKeyId").requireText(),
                    credential.get("DeviceAccessKeySecret").requireText());
        });
    }

    private <T> T called(String action, Map<String, String> parameters, boolean repeatable, Function<Json, T> reader) {
        return caller.call(request(action, parameters, repeatable), credentials.resolve(), reader);
    }

    private OpenApiCall request(String action, Map<String, String> parameters, boolean repeatable) {
        Map<String, String> all = new HashMap<>(parameters);
        all.putIfAbsent("InstanceId", instanceId);
        return new OpenApiCall(endpoint, VERSION, action, all, repeatable);
    }

    /** Endpoint and instance; nothing of the credentials. */
    @Override
    public String toString() {
        return "MqttOpenApi[" + endpoint + ", " + instanceId + "]";
    }
}
