package io.apsaramqtt.client.session;

/** Reason codes of MQTT 5 (section 2.4) and return codes of 3.1.1 (section 3.2.2.3) that decide what a session does. */
final class ReasonCodes {

    static final int NOT_AUTHORIZED = 0x87;
    static final int KEEP_ALIVE_TIMEOUT = 0x8D;
    static final int SESSION_TAKEN_OVER = 0x8E;
    static final int PACKET_IDENTIFIER_NOT_FOUND = 0x92;
    static final int PACKET_TOO_LARGE = 0x95;

    private static final int FAILURE = 0x80;
    private static final int IMPLEMENTATION_SPECIFIC = 0x83;
    private static final int BAD_CREDENTIALS = 0x86;
    private static final int UNAVAILABLE = 0x88;
    private static final int BUSY = 0x89;
    private static final int BANNED = 0x8A;
    private static final int SHUTTING_DOWN = 0x8B;
    private static final int BAD_METHOD = 0x8C;
    private static final int RATE_TOO_HIGH = 0x96;
    private static final int QUOTA_EXCEEDED = 0x97;
    private static final int ADMINISTRATIVE = 0x98;
    private static final int USE_ANOTHER_SERVER = 0x9C;
    private static final int SERVER_MOVED = 0x9D;
    private static final int CONNECTION_RATE_EXCEEDED = 0x9F;
    private static final int CONNECT_TIME_OVER = 0xA0;
    private static final int V3_BAD_CREDENTIALS = 4;
    private static final int V3_NOT_AUTHORIZED = 5;

    private ReasonCodes() {}

    /** Whether a CONNACK says that it does not like who connects: other credentials may help. */
    static boolean refusesCredentials(int code) {
        return switch (code) {
            case V3_BAD_CREDENTIALS, V3_NOT_AUTHORIZED, BAD_CREDENTIALS, NOT_AUTHORIZED, BANNED, BAD_METHOD -> true;
            default -> false;
        };
    }

    /** Whether a CONNACK refuses for now only, or does not say what for: the same connection may be accepted later. */
    static boolean passes(int code) {
        return switch (code) {
            case FAILURE,
                    IMPLEMENTATION_SPECIFIC,
                    UNAVAILABLE,
                    BUSY,
                    QUOTA_EXCEEDED,
                    USE_ANOTHER_SERVER,
                    CONNECTION_RATE_EXCEEDED -> true;
            default -> false;
        };
    }

    /** Whether a DISCONNECT leaves it open, or says, that an operation was its cause; else it names another. */
    static boolean accusesAnOperation(int code) {
        return switch (code) {
            case BUSY,
                    SHUTTING_DOWN,
                    KEEP_ALIVE_TIMEOUT,
                    SESSION_TAKEN_OVER,
                    RATE_TOO_HIGH,
                    QUOTA_EXCEEDED,
                    ADMINISTRATIVE,
                    USE_ANOTHER_SERVER,
                    SERVER_MOVED,
                    CONNECTION_RATE_EXCEEDED,
                    CONNECT_TIME_OVER -> false;
            default -> true;
        };
    }

    /** Whether a refused operation was refused for want of permission. */
    static boolean refusesPermission(int code) {
        return code == FAILURE || code == NOT_AUTHORIZED;
    }
}
