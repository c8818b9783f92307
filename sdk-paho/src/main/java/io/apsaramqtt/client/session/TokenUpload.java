package io.apsaramqtt.client.session;

import io.apsaramqtt.authentication.Token;
import io.apsaramqtt.client.connection.ConnectionLostException;
import io.apsaramqtt.client.connection.OperationRefusedException;
import io.apsaramqtt.client.runtime.ClientRuntime;
import io.apsaramqtt.client.transport.Ack;
import io.apsaramqtt.mqtt.Message;
import io.apsaramqtt.mqtt.Qos;
import io.apsaramqtt.permission.Operation;
import java.io.StringWriter;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * Uploads tokens on an open connection, one message each, while all other traffic is held back: what left before its PUBACK
 * might be judged by the old token (service page "Token authentication"). Guarded by the session.
 */
final class TokenUpload {

    static final String TOPIC = "$SYS/uploadToken";

    private static final JsonFactory JSON = new JsonFactory();

    private final ClientRuntime runtime;
    private final Guard guard;
    private final PacketIds ids;
    private final TrafficHold hold;
    private final Refusals refusals;
    private final Duration timeout;
    private @Nullable Run running;

    /** One upload: what is left of it, and who is told its end. */
    private static final class Run {
        final Link link;
        final Queue<Token> left;
        final Consumer<@Nullable RuntimeException> done;
        int packetId;
        Runnable cancelDeadline = () -> {};

        Run(Link link, List<Token> tokens, Consumer<@Nullable RuntimeException> done) {
            this.link = link;
            this.left = new ArrayDeque<>(tokens);
            this.done = done;
        }
    }

    TokenUpload(
            ClientRuntime runtime,
            Guard guard,
            PacketIds ids,
            TrafficHold hold,
            Refusals refusals,
            SessionSettings.Timing timing) {
        this.runtime = runtime;
        this.guard = guard;
        this.ids = ids;
        this.hold = hold;
        this.refusals = refusals;
        this.timeout = timing.operationTimeout();
    }

    boolean isRunning() {
        return running != null;
    }

    /** Uploads {@code tokens}; {@code done} is told why it failed, or null, and traffic goes on after that. */
    void begin(Link link, List<Token> tokens, Consumer<@Nullable RuntimeException> done) {
        Run run = new Run(link, tokens, done);
        running = run;
        hold.begin(() -> next(run));
    }

    private void next(Run run) {
        if (!run.equals(running)) {
            return;
        }
        Token token = run.left.poll();
        if (token == null) {
            end(run, null);
            return;
        }
        run.packetId = ids.take();
        run.cancelDeadline = runtime.after(timeout, () -> guard.run(() -> unanswered(run)));
        run.link
                .transport()
                .publish(run.packetId, false, message(token))
                .whenComplete((ack, failure) -> guard.run(() -> answered(run, ack, failure)));
    }

    private static Message message(Token token) {
        StringWriter json = new StringWriter();
        try (JsonGenerator generator = JSON.createGenerator(ObjectWriteContext.empty(), json)) {
            generator.writeStartObject();
            generator.writeStringProperty("token", token.value());
            generator.writeStringProperty("type", token.type().literal());
            generator.writeEndObject();
        }
        return Message.of(TOPIC, json.toString()).withQos(Qos.AT_LEAST_ONCE);
    }

    private void answered(Run run, @Nullable Ack ack, @Nullable Throwable failure) {
        if (!run.equals(running)) {
            return;
        }
        if (failure != null && Failures.unwrap(failure) instanceof ConnectionLostException) {
            // The engine is about to tell how.
            return;
        }
        free(run);
        if (failure != null) {
            end(run, Failures.unchecked(failure));
        } else if (ack != null && ack.isRefused()) {
            end(run, new OperationRefusedException(Operation.PUBLISH, TOPIC, ack.code(), ack.reason()));
        } else {
            next(run);
        }
    }

    private void end(Run run, @Nullable RuntimeException failure) {
        running = null;
        run.done.accept(failure);
        hold.end();
    }

    /** A broker that does not answer is left. */
    private void unanswered(Run run) {
        if (run.equals(running)) {
            refusals.unanswered(
                    run.link, "the broker has not acknowledged an uploaded token within " + timeout.toMillis() + " ms");
        }
    }

    private void free(Run run) {
        run.cancelDeadline.run();
        if (run.packetId != 0) {
            ids.free(run.packetId);
            run.packetId = 0;
        }
    }

    /** The connection is gone, or will be: nobody is told. Traffic is held back until {@link TrafficHold#end}. */
    void abort() {
        if (running != null) {
            free(running);
            running = null;
        }
    }
}
