package io.apsaramqtt.test.cloud.action;

import io.apsaramqtt.policy.Outcome;
import io.apsaramqtt.policy.ResourceName;
import io.apsaramqtt.test.cloud.account.Account;
import io.apsaramqtt.test.cloud.account.Caller;
import io.apsaramqtt.test.cloud.account.IdentityType;
import io.apsaramqtt.test.cloud.wire.CloudErrorException;
import java.util.Map;

/** Asks the caller's own policies. What they leave undecided passes, as it does at the broker. Immutable. */
final class Authorizer {

    private final Account account;

    Authorizer(Account account) {
        this.account = account;
    }

    Outcome outcome(Caller caller, String action, ResourceName resource) {
        return caller.type() == IdentityType.ACCOUNT
                ? Outcome.ALLOWED
                : account.decide(caller, action, resource).outcome();
    }

    /** Throws {@code NoPermission} unless the caller may do this in RAM, with the details that the cloud gives. */
    void requireRam(Caller caller, String operation, String owner, String relativeId) {
        require(caller, "ram", operation, owner, relativeId);
    }

    /** The same for another service: {@code code} is what its actions and resources begin with. */
    void require(Caller caller, String code, String operation, String owner, String relativeId) {
        String action = code + ":" + operation;
        Outcome outcome = outcome(caller, action, ResourceName.of(code, "", owner, relativeId));
        if (outcome.isDenied()) {
            throw new CloudErrorException(
                    403,
                    "NoPermission",
                    "You are not authorized to do this action. Resource: acs:" + code + ":*:" + owner + ":" + relativeId
                            + " Action: " + action,
                    Map.of("AccessDeniedDetail", detail(caller, action, outcome)));
        }
    }

    private static Map<String, Object> detail(Caller caller, String action, Outcome outcome) {
        return Map.of(
                "AuthAction",
                action,
                "AuthPrincipalType",
                caller.type() == IdentityType.RAM_USER ? "SubUser" : "AssumedRoleUser",
                "AuthPrincipalOwnerId",
                caller.accountId(),
                "AuthPrincipalDisplayName",
                caller.principalId(),
                "NoPermissionType",
                outcome == Outcome.EXPLICIT_DENY ? "ExplicitDeny" : "ImplicitDeny",
                "PolicyType",
                "AccountLevelIdentityBasedPolicy");
    }
}
