package io.apsaramqtt.client.transport;

import static io.apsaramqtt.client.Futures.failureOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.apsaramqtt.client.Futures;
import io.apsaramqtt.client.connection.ConnectFailedException;
import io.apsaramqtt.client.connection.ConnectFailedException.Reason;
import io.apsaramqtt.client.connection.ConnectionLostException;
import io.apsaramqtt.client.connection.Endpoint;
import io.apsaramqtt.mqtt.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ConnectionLifeTest {

    private static final Endpoint ENDPOINT = Endpoint.parse("tcp://h");
    private static final ConnectAck ACK = new ConnectAck(false, 10);

    private final List<ConnectionLostException> losses = new ArrayList<>();
    private final ConnectionLostException loss = new ConnectionLostException("of a test", null, null);
    private final ConnectionLife life = new ConnectionLife(ENDPOINT, listener(losses));

    private static TransportListener listener(List<ConnectionLostException> losses) {
        return new TransportListener() {
            @Override
            public void received(int packetId, Message message) {}

            @Override
            public void publishReceived(int packetId) {}

            @Override
            public void lost(ConnectionLostException cause) {
                losses.add(cause);
            }
        };
    }

    @Test
    void aLossAfterTheConnectIsToldOnce() {
        life.connected(ACK);
        life.lost(loss);
        life.lost(new ConnectionLostException("again", null, null));
        assertThat(Futures.get(life.connect())).isEqualTo(ACK);
        assertThat(losses).containsExactly(loss);
    }

    @Test
    void aLossBeforeTheConnectIsAFailedConnect() {
        life.lost(loss);
        life.connected(ACK);
        assertThat(failureOf(life.connect()))
                .isInstanceOfSatisfying(
                        ConnectFailedException.class,
                        e -> assertThat(e.reason()).isEqualTo(Reason.CLOSED_BY_BROKER))
                .hasCause(loss);
        assertThat(losses).isEmpty();
    }

    @Test
    void aFailedConnectIsNoLoss() {
        ConnectFailedException failure = ConnectFailures.refused(ENDPOINT, 5, null);
        life.failed(failure);
        life.failed(ConnectFailures.refused(ENDPOINT, 4, null));
        assertThat(failureOf(life.connect())).isSameAs(failure);
    }

    @Test
    void whatThisSideEndsIsNoLoss() {
        life.connected(ACK);
        life.end();
        life.lost(loss);
        assertThat(losses).isEmpty();
    }

    @Test
    void whatThisSideEndsBeforeItIsConnectedIsAFailedConnect() {
        life.end();
        life.connected(ACK);
        life.lost(loss);
        assertThat(failureOf(life.connect()))
                .isInstanceOf(ConnectFailedException.class)
                .hasMessageContaining("was closed by this side before the broker answered");
        assertThat(losses).isEmpty();
    }

    @Test
    void lossesFromManyThreadsAreToldOnce() throws InterruptedException, BrokenBarrierException {
        for (int round = 0; round < 200; round++) {
            AtomicInteger told = new AtomicInteger();
            ConnectionLife raced = new ConnectionLife(ENDPOINT, new TransportListener() {
                @Override
                public void received(int packetId, Message message) {}

                @Override
                public void publishReceived(int packetId) {}

                @Override
                public void lost(ConnectionLostException cause) {
                    told.incrementAndGet();
                }
            });
            raced.connected(ACK);
            CyclicBarrier start = new CyclicBarrier(3);
            List<Thread> threads = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                Thread thread = new Thread(() -> {
                    try {
                        start.await();
                        raced.lost(loss);
                    } catch (InterruptedException | BrokenBarrierException e) {
                        throw new AssertionError(e);
                    }
                });
                thread.start();
                threads.add(thread);
            }
            start.await();
            for (Thread thread : threads) {
                thread.join();
            }
            assertThat(told).hasValue(1);
        }
    }
}
