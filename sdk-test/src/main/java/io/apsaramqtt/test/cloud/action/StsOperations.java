package io.apsaramqtt.test.cloud.action;

import io.apsaramqtt.test.cloud.account.Caller;
import io.apsaramqtt.test.cloud.account.IdentityType;
import io.apsaramqtt.test.cloud.signature.VerifiedRequest;
import java.util.LinkedHashMap;
import java.util.Map;

/** STS 2015-04-01: GetCallerIdentity, which needs no permission. Immutable. */
final class StsOperations {

    static final String VERSION = "2015-04-01";

    Map<String, CloudOperation> byName() {
        return Map.of("GetCallerIdentity", StsOperations::getCallerIdentity);
    }

    private static Map<String, Object> getCallerIdentity(VerifiedRequest request) {
        Caller caller = request.caller();
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("IdentityType", caller.type().wireName());
        answer.put("AccountId", caller.accountId());
        answer.put("PrincipalId", caller.principalId());
        answer.put("Arn", caller.arn());
        answer.put(caller.type() == IdentityType.ASSUMED_ROLE_USER ? "RoleId" : "UserId", caller.id());
        return answer;
    }
}
