package io.apsaramqtt.spring.actuate;

import io.apsaramqtt.client.ApsaraMqttClient;
import io.apsaramqtt.spring.MqttClients;
import java.util.LinkedHashMap;
import java.util.Map;

/** Makes the health contributor of all clients. Immutable. */
record HealthFactory(MqttClients clients, ConnectionHistory history, HealthTypes types) {

    /** An indicator for the only client; one for each under its name where clients have names. */
    Object contributor() {
        Map<String, Object> indicators = new LinkedHashMap<>();
        clients.all().forEach((name, client) -> indicators.put(name, indicator(name, client)));
        return indicators.size() == 1 && indicators.containsKey(MqttClients.DEFAULT)
                ? indicators.values().iterator().next()
                : types.composite(indicators);
    }

    private Object indicator(String name, ApsaraMqttClient client) {
        return types.indicator(() -> ClientHealth.of(client, history.of(name)));
    }
}
