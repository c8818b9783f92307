package io.apsaramqtt.spring;

import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class MosquittoListenerV5IT extends ListenerContract {

    private static Mosquitto mosquitto;

    @BeforeAll
    static void start() {
        mosquitto = Mosquitto.start();
    }

    @AfterAll
    static void stop() {
        if (mosquitto != null) {
            mosquitto.close();
        }
    }

    @Override
    List<String> properties() {
        return List.of(
                "apsara.mqtt.endpoint=" + mosquitto.endpoint(),
                "apsara.mqtt.instance-id=post-cn-spring",
                "apsara.mqtt.profile=generic",
                "apsara.mqtt.credentials.access-key-id=LTAI5tAnyone",
                "apsara.mqtt.credentials.access-key-secret=any-secret");
    }

    @Override
    boolean isMqtt5() {
        return true;
    }

    @Override
    boolean deliversBesideUnacknowledged() {
        return true;
    }
}
