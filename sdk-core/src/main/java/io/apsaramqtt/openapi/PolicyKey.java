package io.apsaramqtt.openapi;

/** What names a policy: a system policy and one of the account may have the same name. */
record PolicyKey(String type, String name) {

    static PolicyKey read(Json policy) {
        return new PolicyKey(
                policy.get("PolicyType").requireText(), policy.get("PolicyName").requireText());
    }
}
