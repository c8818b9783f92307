package io.apsaramqtt.client;

import io.apsaramqtt.mqtt.MqttVersion;
import io.apsaramqtt.mqtt.Profile;
import io.apsaramqtt.permission.PermissionMode;
import io.apsaramqtt.permission.source.CacheTimes;
import io.apsaramqtt.resource.Dialect;
import java.time.Duration;

/** What a client does where it is not told: the one place; docs/settings.md shows the same. */
final class ClientDefaults {

    static final MqttVersion MQTT_VERSION = MqttVersion.V3_1_1;
    static final Profile PROFILE = Profile.APSARAMQ;
    static final PermissionMode PERMISSION_MODE = PermissionMode.ENFORCE;
    static final Dialect DIALECT = Dialect.AUTO;
    static final Duration KEEP_ALIVE = Duration.ofSeconds(90);
    static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);
    static final Duration OPERATION_TIMEOUT = Duration.ofSeconds(5);
    static final Duration DELIVERY_TIMEOUT = Duration.ofSeconds(30);
    /** As long as the service keeps offline messages. */
    static final Duration SESSION_EXPIRY = Duration.ofDays(3);

    static final CacheTimes PERMISSION_TIMES = CacheTimes.standard();
    static final int WINDOW = 100;
    static final int LISTENER_THREADS = 4;

    private ClientDefaults() {}
}
