package io.apsaramqtt.client;

import io.apsaramqtt.client.connection.Endpoint;
import io.apsaramqtt.client.session.Session;
import io.apsaramqtt.mqtt.ClientId;
import io.apsaramqtt.mqtt.MqttVersion;
import io.apsaramqtt.permission.Permissions;
import io.apsaramqtt.permission.source.PermissionCache;
import java.time.Duration;

/** What a client is made of. Immutable. */
record ClientParts(
        ClientId clientId,
        Endpoint endpoint,
        MqttVersion mqttVersion,
        Permissions permissions,
        PermissionCache cache,
        Session session,
        OperationsInMode operations,
        Duration operationTimeout) {

    /** Ends what outlives a connection, after the last one was ended; blocks up to {@code limit}. */
    void release(Duration limit) {
        operations.requests().close();
        session.release(limit);
        cache.close();
    }
}
