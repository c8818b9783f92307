package io.apsaramqtt.samples.tokenserver;

import static io.apsaramqtt.samples.tokenserver.Deployment.CLIENT;
import static io.apsaramqtt.samples.tokenserver.Deployment.DEVICE_SECRET;
import static io.apsaramqtt.samples.tokenserver.Deployment.READER;
import static io.apsaramqtt.samples.tokenserver.Deployment.READER_SECRET;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.apsaramqtt.client.ApsaraMqttClient;
import io.apsaramqtt.mqtt.MqttVersion;
import io.apsaramqtt.permission.PermissionDeniedException;
import io.apsaramqtt.test.EmbeddedApsaraMqtt;
import io.apsaramqtt.test.cloud.FakeAlibabaCloud;
import io.apsaramqtt.test.event.BrokerEvent.ConnectAccepted;
import io.apsaramqtt.test.event.BrokerEvent.Disconnected;
import io.apsaramqtt.test.event.DisconnectedBy;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.context.ConfigurableApplicationContext;

/** Devices that connect with the tokens of the server to a broker that knows what the cloud has issued. */
class DeviceConnectionIT {

    private static FakeAlibabaCloud cloud;
    private static ConfigurableApplicationContext server;
    private static EmbeddedApsaraMqtt broker;

    @BeforeAll
    static void start() {
        cloud = Deployment.cloud();
        server = Deployment.start(cloud);
        broker = Devices.broker(cloud, Deployment.INSTANCE);
    }

    @AfterAll
    static void stop() {
        broker.close();
        Deployment.stop(server);
        cloud.close();
    }

    @BeforeEach
    void forgetEvents() {
        broker.events().clear();
    }

    private static ApsaraMqttClient writer(MqttVersion version) {
        return Devices.connected(broker, version, CLIENT, Devices.asking(Deployment.port(server), DEVICE_SECRET));
    }

    private static ApsaraMqttClient reader(MqttVersion version) {
        return Devices.connected(broker, version, READER, Devices.asking(Deployment.port(server), READER_SECRET));
    }

    @ParameterizedTest
    @EnumSource
    void oneDeviceReceivesWhatAnotherPublishesByTheTokensOfTheServer(MqttVersion version) throws Exception {
        BlockingQueue<String> received = new LinkedBlockingQueue<>();
        try (ApsaraMqttClient reader = reader(version);
                ApsaraMqttClient writer = writer(version)) {
            reader.subscribe("alarms/#", message -> received.add(message.topic() + " " + message.text()));
            writer.publish("alarms/device-1", "hot");
            writer.publish("state/device-1", "on");
            writer.publish("alarms/device-1", "cold");
            assertThat(received.poll(30, TimeUnit.SECONDS)).isEqualTo("alarms/device-1 hot");
            assertThat(received.poll(30, TimeUnit.SECONDS)).isEqualTo("alarms/device-1 cold");
            assertThat(broker.events().of(ConnectAccepted.class)).hasSize(2);
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatTheServerDidNotGrantIsDeniedBeforeItIsSentAndTheConnectionStays(MqttVersion version) {
        try (ApsaraMqttClient reader = reader(version);
                ApsaraMqttClient writer = writer(version)) {
            assertThatThrownBy(() -> writer.publish("billing/invoice-1", "x"))
                    .isInstanceOf(PermissionDeniedException.class);
            assertThatThrownBy(() -> writer.publish("state/device-2", "x"))
                    .isInstanceOf(PermissionDeniedException.class);
            assertThatThrownBy(() -> writer.subscribe("state/#", message -> {}))
                    .isInstanceOf(PermissionDeniedException.class);
            assertThatThrownBy(() -> reader.publish("alarms/reader-1", "x"))
                    .isInstanceOf(PermissionDeniedException.class);
            assertThat(writer.isConnected()).isTrue();
            assertThat(reader.isConnected()).isTrue();
            writer.publish("alarms/device-1", "hot");
            // The end that a client of the test before this one made may be told late.
            assertThat(broker.events().of(Disconnected.class)).allMatch(event -> event.by() == DisconnectedBy.CLIENT);
            assertThat(broker.events().of(ConnectAccepted.class)).hasSize(2);
        }
    }
}
