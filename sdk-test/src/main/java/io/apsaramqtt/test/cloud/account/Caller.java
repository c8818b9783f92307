package io.apsaramqtt.test.cloud.account;

import java.util.Optional;

/**
 * Who signed a request.
 *
 * <p>Immutable.
 *
 * @param type what it is
 * @param accountId the account that it belongs to
 * @param name name of the user or role; the account ID for the account itself
 * @param id ID of the user or role; the account ID for the account itself
 * @param session the session of a role
 */
public record Caller(IdentityType type, String accountId, String name, String id, Optional<String> session) {

    static Caller account(String accountId) {
        return new Caller(IdentityType.ACCOUNT, accountId, accountId, accountId, Optional.empty());
    }

    static Caller user(String accountId, User user) {
        return new Caller(IdentityType.RAM_USER, accountId, user.name(), user.id(), Optional.empty());
    }

    static Caller session(String accountId, Role role, String session) {
        return new Caller(IdentityType.ASSUMED_ROLE_USER, accountId, role.name(), role.id(), Optional.of(session));
    }

    /** Such as {@code acs:ram::1234567890123456:user/alice}. */
    public String arn() {
        return "acs:ram::" + accountId + ":"
                + switch (type) {
                    case ACCOUNT -> "root";
                    case RAM_USER -> "user/" + name;
                    case ASSUMED_ROLE_USER -> "assumed-role/" + name + "/" + session.orElseThrow();
                };
    }

    /** The ID; of a session {@code <role ID>:<session>}. */
    public String principalId() {
        return session.map(each -> id + ":" + each).orElse(id);
    }

    /** The ARN. */
    @Override
    public String toString() {
        return arn();
    }
}
