package io.apsaramqtt.test.cloud.account;

/**
 * Who made a policy. Immutable.
 */
public enum PolicyType {
    /** The account. */
    CUSTOM("Custom"),
    /** Alibaba Cloud. */
    SYSTEM("System");

    private final String wireName;

    PolicyType(String wireName) {
        this.wireName = wireName;
    }

    /** The name on the wire: {@code Custom}. */
    public String wireName() {
        return wireName;
    }
}
