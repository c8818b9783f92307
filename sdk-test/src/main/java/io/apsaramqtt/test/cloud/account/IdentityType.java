package io.apsaramqtt.test.cloud.account;

/**
 * Who calls, in the words of GetCallerIdentity (Alibaba Cloud page "GetCallerIdentity"). Immutable.
 */
public enum IdentityType {
    /** The account itself, which may do everything. */
    ACCOUNT("Account"),
    /** A RAM user. */
    RAM_USER("RAMUser"),
    /** A session of a RAM role. */
    ASSUMED_ROLE_USER("AssumedRoleUser");

    private final String wireName;

    IdentityType(String wireName) {
        this.wireName = wireName;
    }

    /** The name on the wire: {@code RAMUser}. */
    public String wireName() {
        return wireName;
    }
}
