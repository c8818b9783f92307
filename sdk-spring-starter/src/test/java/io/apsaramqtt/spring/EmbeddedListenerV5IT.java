package io.apsaramqtt.spring;

import io.apsaramqtt.credentials.AccessKey;
import io.apsaramqtt.test.EmbeddedApsaraMqtt;
import io.apsaramqtt.test.EmbeddedApsaraMqttExtension;
import java.util.List;
import org.junit.jupiter.api.extension.RegisterExtension;

class EmbeddedListenerV5IT extends ListenerContract {

    private static final AccessKey KEY = AccessKey.of("LTAI5tListener", "listener-secret");

    @RegisterExtension
    static final EmbeddedApsaraMqttExtension BROKER = EmbeddedApsaraMqttExtension.of(
            EmbeddedApsaraMqtt.builder().group("GID_spring").account(KEY));

    @Override
    List<String> properties() {
        return List.of(
                "apsara.mqtt.endpoint=" + BROKER.broker().endpoint(),
                "apsara.mqtt.instance-id=" + BROKER.broker().instanceId(),
                "apsara.mqtt.credentials.access-key-id=" + KEY.id(),
                "apsara.mqtt.credentials.access-key-secret=" + KEY.secret());
    }

    @Override
    boolean isMqtt5() {
        return true;
    }

    @Override
    boolean deliversBesideUnacknowledged() {
        return false;
    }
}
