package io.apsaramqtt.artemis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.apsaramqtt.mosquitto.CommandLine;
import io.apsaramqtt.mosquitto.CommandLine.Result;
import io.apsaramqtt.mosquitto.MosquittoBroker;
import io.apsaramqtt.mosquitto.MosquittoBroker.User;
import io.apsaramqtt.mqtt.MqttVersion;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The embedded Artemis, as clients see it that share no code with it. */
class ArtemisBrokerIT {

    private static final User DEVICE = new User("device", "device-password");
    private static final String CLIENT_ID = "sleeper";

    private ArtemisBroker broker;

    @SuppressWarnings("NullAway.Init") // start() does it
    ArtemisBrokerIT() {}

    @BeforeEach
    void start() {
        MosquittoBroker.require("mosquitto_pub", "mosquitto_sub");
        broker = ArtemisBroker.start();
    }

    @AfterEach
    void stop() {
        broker.close();
    }

    private CommandLine nobody(MqttVersion version) {
        return new CommandLine(broker.port(), Optional.empty(), version);
    }

    private CommandLine user(String name, String password, MqttVersion version) {
        return new CommandLine(broker.port(), Optional.of(new User(name, password)), version);
    }

    private static void assertWentWell(Result result) {
        assertThat(result.exitCode()).as(result.output()).isZero();
    }

    @ParameterizedTest
    @EnumSource
    void aMessageWaitsInItsSessionUntilTheClientIsBack(MqttVersion version) {
        assertWentWell(nobody(version).subscribeAndLeave(CLIENT_ID, "alarms/+"));
        assertWentWell(nobody(version).publish("alarms/a", "queued"));
        assertThat(nobody(version).receive(CLIENT_ID, "alarms/+")).isEqualTo(new Result(0, "queued"));
    }

    @ParameterizedTest
    @EnumSource
    void aMessageWaitsInItsSessionWhileTheBrokerIsRestarted(MqttVersion version) {
        assertWentWell(nobody(version).subscribeAndLeave(CLIENT_ID, "alarms/+"));
        assertWentWell(nobody(version).publish("alarms/a", "queued"));
        broker.stop();
        broker.restart();
        assertThat(nobody(version).receive(CLIENT_ID, "alarms/+")).isEqualTo(new Result(0, "queued"));
    }

    @Test
    void nobodyListensOnThePortOfAStoppedBroker() {
        int port = broker.port();
        broker.stop();
        assertThatThrownBy(() -> new Socket(InetAddress.getLoopbackAddress(), port))
                .isInstanceOf(ConnectException.class);
        broker.restart();
        assertThat(broker.endpoint()).isEqualTo("tcp://127.0.0.1:" + port);
        assertWentWell(nobody(MqttVersion.V5).publish("alarms/a", "back"));
    }

    @ParameterizedTest
    @EnumSource
    void onlyKnownUsersWithTheirPasswordsConnect(MqttVersion version) {
        broker.security().user(DEVICE.name(), DEVICE.password());
        assertWentWell(user("device", "device-password", version).publish("alarms/a", "x"));
        assertThat(user("device", "wrong", version).publish("alarms/a", "x").output())
                .containsIgnoringCase("connection error");
        assertThat(user("stranger", "device-password", version)
                        .publish("alarms/a", "x")
                        .output())
                .containsIgnoringCase("connection error");
        assertThat(nobody(version).publish("alarms/a", "x").output()).containsIgnoringCase("connection error");
    }

    @ParameterizedTest
    @EnumSource
    void aDeniedSubscribeIsRefusedWithACode(MqttVersion version) {
        broker.security().denySubscribe("billing/#");
        String denied = "All subscription requests were denied.";
        assertThat(nobody(version).subscribeAndLeave(CLIENT_ID, "billing/+").output())
                .isEqualTo(denied);
        assertThat(nobody(version).subscribeAndLeave(CLIENT_ID, "alarms/#").output())
                .isEmpty();
        broker.security().allowAll();
        assertThat(nobody(version).subscribeAndLeave(CLIENT_ID, "billing/+").output())
                .isEmpty();
    }

    @Test
    void aDeniedPublishIsRefusedWithACodeInMqtt5() {
        broker.security().denyPublish("billing/a");
        assertThat(nobody(MqttVersion.V5).publish("billing/a", "x").output()).containsIgnoringCase("not authorized");
        assertWentWell(nobody(MqttVersion.V5).publish("billing/b", "x"));
    }

    @Test
    void aDeniedPublishCutsTheConnectionInMqtt311() {
        broker.security().denyPublish("billing/a");
        Result denied = nobody(MqttVersion.V3_1_1).publish("billing/a", "x");
        assertThat(denied.exitCode()).as(denied.output()).isNotZero();
        assertWentWell(nobody(MqttVersion.V3_1_1).publish("billing/b", "x"));
    }
}
