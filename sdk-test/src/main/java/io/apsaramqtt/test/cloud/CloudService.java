package io.apsaramqtt.test.cloud;

import io.apsaramqtt.test.cloud.CloudFault.Effect;
import io.apsaramqtt.test.cloud.account.Account;
import io.apsaramqtt.test.cloud.action.CloudOperations;
import io.apsaramqtt.test.cloud.mqtt.CredentialStore;
import io.apsaramqtt.test.cloud.signature.SignatureVerifier;
import io.apsaramqtt.test.cloud.signature.VerifiedRequest;
import io.apsaramqtt.test.cloud.wire.CloudErrorException;
import io.apsaramqtt.test.cloud.wire.WireRequest;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** Answers requests: who signed it, what goes wrong, the operation, the record of it. Thread-safe. */
final class CloudService {

    /** Parameters that are secrets, or make no difference between two requests. */
    private static final Set<String> NOT_RECORDED = Set.of(
            "Token",
            "SecurityToken",
            "Signature",
            "SignatureNonce",
            "SignatureMethod",
            "SignatureVersion",
            "AccessKeyId",
            "Timestamp",
            "Format",
            "Action",
            "Version");

    private final Clock clock;
    private final SignatureVerifier verifier;
    private final CloudOperations operations;
    private final Faults faults;
    private final CloudRequests requests;
    private final Map<String, Runnable> afterwards = new ConcurrentHashMap<>();

    CloudService(Account account, CredentialStore store, Clock clock, Faults faults, CloudRequests requests) {
        this.clock = clock;
        this.verifier = new SignatureVerifier(account.accessKeys(), clock);
        this.operations = new CloudOperations(account, store, clock);
        this.faults = faults;
        this.requests = requests;
    }

    void after(String action, Runnable change) {
        afterwards.put(action, change);
    }

    CloudAnswer answer(WireRequest wire) {
        Optional<VerifiedRequest> verified = Optional.empty();
        Optional<TakenFault> fault = Optional.empty();
        int status = 200;
        Optional<String> errorCode = Optional.empty();
        Map<String, Object> members;
        try {
            VerifiedRequest request = verifier.verify(wire);
            verified = Optional.of(request);
            fault = faults.take(request.action());
            if (fault.map(TakenFault::effect).orElse(null) instanceof Effect.Refusal error) {
                throw new CloudErrorException(error.status(), error.code(), error.message());
            }
            members = new LinkedHashMap<>(operations.answer(request));
        } catch (CloudErrorException e) {
            status = e.status();
            errorCode = Optional.of(e.code());
            members = new LinkedHashMap<>(e.detail());
            members.put("HostId", wire.header("host").orElse(""));
            members.put("Code", e.code());
            members.put("Message", e.getMessage());
        }
        members.put("RequestId", UUID.randomUUID().toString().toUpperCase(Locale.ROOT));
        String action = verified.map(VerifiedRequest::action).orElseGet(() -> claimedAction(wire));
        requests.add(new CloudRequest(
                clock.instant(),
                action,
                verified.map(request -> request.caller().arn()),
                verified.map(CloudService::recordable).orElse(Map.of()),
                status,
                errorCode));
        Optional.ofNullable(afterwards.remove(action)).ifPresent(Runnable::run);
        return new CloudAnswer(status, members, fault);
    }

    private static Map<String, String> recordable(VerifiedRequest request) {
        Map<String, String> parameters = request.parameters().asMap();
        parameters.keySet().removeAll(NOT_RECORDED);
        return parameters;
    }

    private static String claimedAction(WireRequest wire) {
        try {
            return wire.header("x-acs-action")
                    .or(() -> wire.parameters().find("Action"))
                    .orElse("");
        } catch (CloudErrorException e) {
            return "";
        }
    }
}
