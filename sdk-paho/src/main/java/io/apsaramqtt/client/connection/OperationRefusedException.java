package io.apsaramqtt.client.connection;

import io.apsaramqtt.ApsaraMqttException;
import io.apsaramqtt.permission.Operation;
import org.jspecify.annotations.Nullable;

/**
 * The broker refused a publish or subscribe: a SUBACK, PUBACK or PUBREC with a code of 0x80 or above.
 *
 * <p>Immutable.
 */
public final class OperationRefusedException extends ApsaraMqttException {

    private final Operation operation;
    private final String topic;
    private final int reasonCode;

    /** The broker refused to {@code operation topic} with {@code reasonCode} and perhaps a {@code reason}. */
    public OperationRefusedException(Operation operation, String topic, int reasonCode, @Nullable String reason) {
        super("The broker refused to " + operation + " '" + topic + "' with reason code 0x"
                + Integer.toHexString(reasonCode) + describe(reasonCode)
                + (reason == null || reason.isEmpty() ? "" : ", saying \"" + reason + "\""));
        this.operation = operation;
        this.topic = topic;
        this.reasonCode = reasonCode;
    }

    private static String describe(int code) {
        return switch (code) {
            case 0x80 -> " (failure; on MQTT 3.1.1 usually: not permitted)";
            case 0x83 -> " (implementation specific)";
            case 0x87 -> " (not authorized)";
            case 0x8F -> " (topic filter invalid)";
            case 0x90 -> " (topic name invalid)";
            case 0x97 -> " (quota exceeded)";
            case 0x99 -> " (payload format invalid)";
            case 0x9E -> " (shared subscriptions not supported)";
            case 0xA2 -> " (wildcard subscriptions not supported)";
            default -> "";
        };
    }

    /** What was refused. */
    public Operation operation() {
        return operation;
    }

    /** The topic name or topic filter. */
    public String topic() {
        return topic;
    }

    /** The code, 0x80 or above (MQTT 5 section 2.4). */
    public int reasonCode() {
        return reasonCode;
    }
}
