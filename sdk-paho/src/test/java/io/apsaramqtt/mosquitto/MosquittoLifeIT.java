package io.apsaramqtt.mosquitto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.apsaramqtt.mosquitto.CommandLine.Result;
import io.apsaramqtt.mosquitto.MosquittoBroker.User;
import io.apsaramqtt.mqtt.MqttVersion;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The broker that fault tests end, freeze and start again does so as they believe. */
class MosquittoLifeIT {

    private static final User DEVICE = new User("device", "device-password");
    private static final String TOPIC = "alarms/a";
    private static final String CLIENT_ID = "sleeper";

    /** MQTT 3.1.1: CONNECT with client ID {@code a} and a clean session. */
    private static final byte[] CONNECT = {0x10, 13, 0, 4, 'M', 'Q', 'T', 'T', 4, 2, 0, 60, 0, 1, 'a'};

    @BeforeAll
    static void require() {
        MosquittoBroker.require("mosquitto", "mosquitto_passwd", "mosquitto_pub", "mosquitto_sub");
    }

    private static CommandLine commandLine(MosquittoBroker broker, MqttVersion version) {
        return new CommandLine(broker.port(), Optional.of(DEVICE), version);
    }

    private static void assertWentWell(Result result) {
        assertThat(result).extracting(Result::exitCode).as(result.output()).isEqualTo(0);
    }

    @ParameterizedTest
    @EnumSource
    void aQueuedMessageSurvivesATerminationAndARestart(MqttVersion version) {
        try (MosquittoBroker broker = MosquittoBroker.startPersistent(List.of(DEVICE))) {
            CommandLine commandLine = commandLine(broker, version);
            assertWentWell(commandLine.subscribeAndLeave(CLIENT_ID, TOPIC));
            assertWentWell(commandLine.publish(TOPIC, "queued"));
            broker.terminate();
            broker.restart();
            assertThat(commandLine.receive(CLIENT_ID, TOPIC)).isEqualTo(new Result(0, "queued"));
        }
    }

    @ParameterizedTest
    @EnumSource
    void aQueuedMessageDoesNotSurviveAKill(MqttVersion version) {
        try (MosquittoBroker broker = MosquittoBroker.startPersistent(List.of(DEVICE))) {
            CommandLine commandLine = commandLine(broker, version);
            assertWentWell(commandLine.subscribeAndLeave(CLIENT_ID, TOPIC));
            assertWentWell(commandLine.publish(TOPIC, "queued"));
            broker.kill();
            broker.restart();
            // The first that comes would be the older one, had it survived.
            CompletableFuture<Result> first =
                    CompletableFuture.supplyAsync(() -> commandLine.receive(CLIENT_ID, TOPIC));
            await().until(() -> {
                assertWentWell(commandLine.publish(TOPIC, "after it"));
                return first.isDone();
            });
            assertThat(first).isCompletedWithValue(new Result(0, "after it"));
        }
    }

    @Test
    void aRestartOfARunningBrokerTerminatesIt() {
        try (MosquittoBroker broker = MosquittoBroker.startPersistent(List.of(DEVICE))) {
            CommandLine commandLine = commandLine(broker, MqttVersion.V3_1_1);
            assertWentWell(commandLine.subscribeAndLeave(CLIENT_ID, TOPIC));
            assertWentWell(commandLine.publish(TOPIC, "queued"));
            broker.restart();
            assertThat(commandLine.receive(CLIENT_ID, TOPIC)).isEqualTo(new Result(0, "queued"));
        }
    }

    @Test
    void theConfigurationHoldsAfterARestart() {
        try (MosquittoBroker broker = MosquittoBroker.start(List.of(DEVICE))) {
            broker.restart();
            User stranger = new User("device", "wrong");
            assertThat(new CommandLine(broker.port(), Optional.of(stranger), MqttVersion.V3_1_1)
                            .publish(TOPIC, "x")
                            .output())
                    .containsIgnoringCase("not authorised");
            assertWentWell(commandLine(broker, MqttVersion.V3_1_1).publish(TOPIC, "x"));
        }
    }

    @Test
    void nobodyListensOnThePortOfAnEndedBroker() {
        try (MosquittoBroker broker = MosquittoBroker.start(List.of(DEVICE))) {
            broker.terminate();
            assertThatThrownBy(() -> connect(broker)).isInstanceOf(ConnectException.class);
            broker.restart();
            broker.kill();
            assertThatThrownBy(() -> connect(broker)).isInstanceOf(ConnectException.class);
        }
    }

    @Test
    void aSuspendedBrokerIsConnectedToAndAnswersWhenItIsResumed() throws IOException {
        try (MosquittoBroker broker = MosquittoBroker.start(List.of())) {
            broker.suspend();
            try (Socket socket = connect(broker)) {
                socket.getOutputStream().write(CONNECT);
                socket.setSoTimeout(100);
                assertThatThrownBy(() -> socket.getInputStream().read()).isInstanceOf(SocketTimeoutException.class);
                broker.resume();
                socket.setSoTimeout(20_000);
                assertThat(socket.getInputStream().readNBytes(4)).containsExactly(0x20, 2, 0, 0);
            }
        }
    }

    @Test
    void aSuspendedBrokerIsEndedToo() {
        MosquittoBroker broker = MosquittoBroker.start(List.of());
        broker.suspend();
        broker.close();
        assertThatThrownBy(() -> connect(broker)).isInstanceOf(ConnectException.class);
    }

    @Test
    void aSuspendedBrokerThatWasKilledStartsAgain() throws IOException {
        try (MosquittoBroker broker = MosquittoBroker.start(List.of())) {
            broker.suspend();
            broker.kill();
            broker.restart();
            connect(broker).close();
        }
    }

    private static Socket connect(MosquittoBroker broker) throws IOException {
        return new Socket(InetAddress.getLoopbackAddress(), broker.port());
    }
}
