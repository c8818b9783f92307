package io.apsaramqtt.test.cloud.wire;

import io.apsaramqtt.ApsaraMqttException;
import java.util.Map;

/**
 * An error that the cloud answers with. Immutable.
 */
public final class CloudErrorException extends ApsaraMqttException {

    private final int status;
    private final String code;
    private final transient Map<String, Object> detail;

    /** An error without more than its message. */
    public CloudErrorException(int status, String code, String message) {
        this(status, code, message, Map.of());
    }

    /**
     * An error.
     *
     * @param status the HTTP status
     * @param code such as {@code NoPermission}
     * @param message what a person reads
     * @param detail further members of the body
     */
    public CloudErrorException(int status, String code, String message, Map<String, Object> detail) {
        super(message);
        this.status = status;
        this.code = code;
        this.detail = Map.copyOf(detail);
    }

    /** A parameter that the operation must have is not there. */
    public static CloudErrorException missing(String parameter) {
        return new CloudErrorException(400, "Missing" + parameter, parameter + " is mandatory for this action.");
    }

    /** The HTTP status. */
    public int status() {
        return status;
    }

    /** The error code. */
    public String code() {
        return code;
    }

    /** Further members of the body. */
    public Map<String, Object> detail() {
        return detail;
    }
}
