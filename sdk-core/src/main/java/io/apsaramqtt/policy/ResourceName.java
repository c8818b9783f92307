package io.apsaramqtt.policy;

import org.jspecify.annotations.Nullable;

/**
 * The name of a resource in a request: {@code acs:<service>:<region>:<account>:<relative ID>}. The region, the account and
 * parts of the relative ID may be unknown; a pattern that would have to match there <em>may</em> match.
 *
 * <p>Immutable.
 */
public final class ResourceName {

    /** Stands for one or more characters of a relative ID that nobody here knows, such as a store instance ID. */
    public static final String UNKNOWN = "\u0000";

    static final int FIELDS = 5;

    private static final int SERVICE = 1;

    private final String text;
    private final String[] fields;

    private ResourceName(String text) {
        this.text = text;
        this.fields = split(text);
    }

    /**
     * The resource {@code relativeId} of {@code service}.
     *
     * @param region region ID, null if unknown
     * @param account account ID, null if unknown
     * @param relativeId the rest, as the service defines it; may hold {@link #UNKNOWN}
     */
    public static ResourceName of(
            String service, @Nullable String region, @Nullable String account, String relativeId) {
        return new ResourceName("acs:" + service + ":" + (region == null ? UNKNOWN : region) + ":"
                + (account == null ? UNKNOWN : account) + ":" + relativeId);
    }

    /** The resource with this whole name; throws {@link IllegalArgumentException} unless it has five fields. */
    public static ResourceName of(String text) {
        ResourceName name = new ResourceName(text);
        if (name.fields.length != FIELDS || !text.startsWith("acs:")) {
            throw new IllegalArgumentException(
                    "Resource name [" + text + "] is not of the form acs:<service>:<region>:<account>:<relative ID>");
        }
        return name;
    }

    /** The part after the account, as in {@code topic/post-cn-x/alarms}; an unknown part reads {@code *}. */
    public String relativeId() {
        return shown(fields[FIELDS - 1]);
    }

    /** The whole name with {@code *} for what is unknown: what a policy would have to name. */
    @Override
    public String toString() {
        return shown(text);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ResourceName that && text.equals(that.text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    String text() {
        return text;
    }

    String service() {
        return fields[SERVICE];
    }

    /** Whether the relative ID itself holds a colon. */
    boolean hasFurtherColons() {
        return fields[FIELDS - 1].indexOf(':') >= 0;
    }

    /** Whether the relative ID holds a part that nobody here knows. */
    boolean hasUnknownRelativeId() {
        return fields[FIELDS - 1].contains(UNKNOWN);
    }

    /** The relative ID as it is, unknown parts and all. */
    String rawRelativeId() {
        return fields[FIELDS - 1];
    }

    String field(int index) {
        return fields[index];
    }

    /** Splits at the first four colons: the relative ID may hold more. */
    static String[] split(String text) {
        return text.split(":", FIELDS);
    }

    private static String shown(String part) {
        return part.replace(UNKNOWN, "*");
    }
}
