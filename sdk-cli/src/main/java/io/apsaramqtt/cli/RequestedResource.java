package io.apsaramqtt.cli;

import io.apsaramqtt.policy.ResourceName;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The resource of a request as people write it. */
final class RequestedResource {

    /** What stands for a part of the name that nobody knows. */
    private static final String UNKNOWN_PART = "{unknown}";

    private static final int FIELDS = 5;

    private RequestedResource() {}

    /** The resource with this whole name; throws {@link IllegalArgumentException} if it is none. */
    static ResourceName of(String text) {
        if (text.contains(ResourceName.UNKNOWN)) {
            throw new IllegalArgumentException("Resource name [" + text.replace(ResourceName.UNKNOWN, "\\u0000")
                    + "] holds a NUL; write " + UNKNOWN_PART + " for what is not known");
        }
        return ResourceName.of(text.replace(UNKNOWN_PART, ResourceName.UNKNOWN));
    }

    /**
     * The resource with this whole name, as copied from a policy: a request never holds {@code *} for its region or account,
     * so it stands for these, or where they are null for unknown ones.
     */
    static ResourceName of(String text, @Nullable String region, @Nullable String account) {
        List<String> fields = List.of(text.split(":", FIELDS));
        if (fields.size() != FIELDS) {
            return of(text);
        }
        return of(String.join(
                ":",
                fields.get(0),
                fields.get(1),
                given(fields.get(2), region),
                given(fields.get(3), account),
                fields.get(4)));
    }

    private static String given(String field, @Nullable String known) {
        if (!field.equals("*")) {
            return field;
        }
        return known == null ? UNKNOWN_PART : known;
    }
}
