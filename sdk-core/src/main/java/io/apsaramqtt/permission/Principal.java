package io.apsaramqtt.permission;

/**
 * Whose permissions they are, in words, as far as it is known.
 *
 * <p>Immutable.
 *
 * @param text such as {@code RAM user sensor-gateway}
 */
public record Principal(String text) {

    private static final Principal UNKNOWN = new Principal("not known by name");

    /** The RAM user with this name. */
    public static Principal ramUser(String name) {
        return new Principal("RAM user " + name);
    }

    /** A session of the RAM role with this name. */
    public static Principal roleSession(String roleName, String sessionName) {
        return new Principal("RAM role " + roleName + ", session " + sessionName);
    }

    /** The Alibaba Cloud account with this ID itself. */
    public static Principal account(String accountId) {
        return new Principal("Alibaba Cloud account " + accountId);
    }

    /** A principal of which nothing is known but its AccessKey. */
    public static Principal unknown() {
        return UNKNOWN;
    }

    /** The principal in words. */
    @Override
    public String toString() {
        return text;
    }
}
