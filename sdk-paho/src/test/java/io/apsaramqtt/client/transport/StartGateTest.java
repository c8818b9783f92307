package io.apsaramqtt.client.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.apsaramqtt.client.Futures;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class StartGateTest {

    private final StartGate gate = new StartGate();

    @Test
    void theEndOfAConnectionIsReadOnlyWhenSomethingWasWritten() throws Exception {
        InputStream in = gate.reading(new ByteArrayInputStream(new byte[0]));
        CompletableFuture<Integer> read = new CompletableFuture<>();
        Thread reader = new Thread(() -> {
            try {
                read.complete(in.read());
            } catch (IOException e) {
                read.completeExceptionally(e);
            }
        });
        reader.start();
        await().until(() -> reader.getState() == Thread.State.TIMED_WAITING);
        ByteArrayOutputStream sent = new ByteArrayOutputStream();
        gate.writing(sent).write(new byte[] {1, 2, 3});
        assertThat(Futures.get(read)).isEqualTo(-1);
        assertThat(sent.toByteArray()).containsExactly(1, 2, 3);
        assertThat(in.read(new byte[1], 0, 1)).isEqualTo(-1);
    }

    @Test
    void aWriteThatFailsOpensTheGateToo() throws IOException {
        OutputStream broken = gate.writing(new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException("of a test");
            }
        });
        assertThatThrownBy(() -> broken.write(1)).hasMessage("of a test");
        assertThat(gate.reading(new ByteArrayInputStream(new byte[] {7})).read())
                .isEqualTo(7);
    }

    @Test
    void whoEndsAStartedConnectionWaitsForTheFirstWrite() throws Exception {
        gate.started();
        Thread ending = new Thread(gate::end);
        ending.start();
        await().until(() -> ending.getState() == Thread.State.TIMED_WAITING);
        try {
            gate.writing(new ByteArrayOutputStream()).write(1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        ending.join();
    }

    @Test
    void aConnectionThatWasEndedBeforeItStoodDoesNotStart() {
        gate.end();
        assertThatThrownBy(gate::started).isInstanceOf(IOException.class).hasMessage("Closed while connecting");
    }
}
