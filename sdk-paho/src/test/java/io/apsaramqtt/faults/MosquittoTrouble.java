package io.apsaramqtt.faults;

import static org.awaitility.Awaitility.await;

import io.apsaramqtt.client.ApsaraMqttClient;
import io.apsaramqtt.mosquitto.MosquittoBroker;
import io.apsaramqtt.test.FaultProxy;
import java.util.List;

/** What a Mosquitto does to its clients. */
final class MosquittoTrouble extends Trouble {

    /** Faults of a broker that keeps its sessions on disk when it is told to stop. */
    static final List<NamedFault<MosquittoTrouble>> OF_THE_BROKER = List.of(
            new NamedFault<>("broker restarted (SIGTERM)", on -> {
                on.broker.terminate();
                on.broker.restart();
            }),
            new NamedFault<>("broker gone for a while (SIGTERM)", on -> {
                on.broker.terminate();
                await().until(() -> on.client.statistics().failedAttempts() > 2);
                on.broker.restart();
            }),
            new NamedFault<>("broker stopped for less than a keep-alive", on -> {
                on.broker.suspend();
                on.broker.resume();
            }),
            new NamedFault<>("broker stopped for longer than a keep-alive", on -> {
                on.broker.suspend();
                on.awaitLoss();
                on.broker.resume();
            }));

    /** What a broker that is killed takes with it: what it had acknowledged and not delivered. */
    static final List<NamedFault<MosquittoTrouble>> KILLED = List.of(new NamedFault<>("broker killed (SIGKILL)", on -> {
        on.broker.kill();
        on.broker.restart();
    }));

    private final MosquittoBroker broker;

    MosquittoTrouble(FaultProxy proxy, MosquittoBroker broker, ApsaraMqttClient client) {
        super(proxy, client);
        this.broker = broker;
    }
}
