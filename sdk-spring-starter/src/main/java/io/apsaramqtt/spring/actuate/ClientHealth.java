package io.apsaramqtt.spring.actuate;

import io.apsaramqtt.client.ApsaraMqttClient;
import io.apsaramqtt.client.ClientStatistics;
import io.apsaramqtt.client.connection.ConnectionState;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How a client is, in Spring Boot's words but none of its types. Immutable.
 *
 * @param status {@code UP}, {@code DOWN}, {@code OUT_OF_SERVICE} or {@code UNKNOWN}
 * @param details why, without secrets
 */
record ClientHealth(String status, Map<String, Object> details) {

    static ClientHealth of(ApsaraMqttClient client, ConnectionHistory.Chapter last) {
        ConnectionState state = client.state();
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("state", state.name());
        details.put("endpoint", client.endpoint().toString());
        last.since().ifPresent(since -> details.put("since", since.toString()));
        last.lastFailure().ifPresent(failure -> {
            details.put("lastFailure", failure.text());
            details.put("lastFailureAt", failure.at().toString());
            if (!failure.causes().isEmpty()) {
                details.put(
                        "probableCauses",
                        failure.causes().stream().map(Enum::name).toList());
            }
        });
        return new ClientHealth(status(state, last.gaveUp(), client.statistics()), details);
    }

    static String status(ConnectionState state, boolean gaveUp, ClientStatistics counted) {
        return switch (state) {
            case CONNECTED -> "UP";
            case CONNECTING, RECONNECTING -> "DOWN";
            case DISCONNECTED -> gaveUp || hasNeverConnected(counted) ? "DOWN" : "UNKNOWN";
            case CLOSED -> "OUT_OF_SERVICE";
        };
    }

    /** It was asked to, and failed; otherwise the application does not want it connected now. */
    private static boolean hasNeverConnected(ClientStatistics counted) {
        return counted.connects() == 0 && counted.failedAttempts() + counted.losses() > 0;
    }
}
