package io.apsaramqtt.openapi;

/** The rights that a principal needs to read what it was granted, as a policy to attach to it. */
final class RamRights {

    private RamRights() {}

    static String policy(CallerIdentity identity) {
        String account = identity.accountId();
        String lists = identity instanceof CallerIdentity.RoleSession role
                ? statement("\"ram:ListPoliciesForRole\"", "\"acs:ram:*:" + account + ":role/" + role.role() + "\"")
                : statement(
                                "\"ram:ListPoliciesForUser\",\"ram:ListGroupsForUser\"",
                                "\"acs:ram:*:" + account + ":user/"
                                        + (identity instanceof CallerIdentity.RamUser user ? user.name() : "*") + "\"")
                        + ","
                        + statement("\"ram:ListPoliciesForGroup\"", "\"acs:ram:*:" + account + ":group/*\"");
        return "{\"Version\":\"1\",\"Statement\":["
                + lists
                + ","
                + statement(
                        "\"ram:GetPolicy\",\"ram:GetPolicyVersion\"",
                        "\"acs:ram:*:" + account + ":policy/*\",\"acs:ram:*:system:policy/*\"")
                + ","
                + statement(
                        "\"ram:GetDefaultDomain\",\"ram:ListPolicyAttachments\","
                                + "\"resourcemanager:GetResourceDirectory\"",
                        "\"*\"")
                + "]}";
    }

    private static String statement(String actions, String resources) {
        return "{\"Effect\":\"Allow\",\"Action\":[" + actions + "],\"Resource\":[" + resources + "]}";
    }
}
