package io.apsaramqtt.advice;

import io.apsaramqtt.policy.PolicyOutline.Text;

/** One text of {@code Resource} or {@code NotResource}, {@code acs:<service>:<region>:<account>:<relative ID>}. */
record LintedResource(Text at) {

    static final String SERVICE = "mq";

    private static final String ANY = "*";
    private static final int FIELDS = 5;

    String text() {
        return at.text();
    }

    boolean isAny() {
        return ANY.equals(text());
    }

    /** Whether it has all five fields; the last may hold further colons. */
    boolean isWhole() {
        return fields().length == FIELDS;
    }

    /** Field 0 to 4, empty where there is none. */
    String field(int index) {
        String[] fields = fields();
        return index < fields.length ? fields[index] : "";
    }

    private String[] fields() {
        return text().split(":", FIELDS);
    }

    /** The relative ID; {@code *} for the resource {@code *}. */
    String relativeId() {
        return isAny() ? ANY : field(FIELDS - 1);
    }

    /** Whether it is, as a whole, a resource of MQ that can be judged. */
    boolean isOfService() {
        return isAny() || (isWhole() && !Placeholders.in(text()) && Wildcards.covers(field(1), SERVICE));
    }

    /** Whether every resource that {@code other} names is certainly named by this. */
    boolean covers(LintedResource other) {
        if (isAny()) {
            return true;
        }
        if (!isWhole() || !other.isWhole()) {
            // No page says whether a star runs over colons.
            return false;
        }
        for (int i = 0; i < FIELDS; i++) {
            if (!Wildcards.covers(field(i), other.field(i))) {
                return false;
            }
        }
        return true;
    }

    /** Whether, in some region and account, it names everything of MQ with this relative ID, which may hold wildcards. */
    boolean coversId(String relativeId) {
        return isOfService() && Wildcards.covers(relativeId(), relativeId);
    }
}
