package io.apsaramqtt.test.hivemq;

import com.hivemq.extension.sdk.api.packets.disconnect.DisconnectReasonCode;
import com.hivemq.extension.sdk.api.packets.general.Qos;
import com.hivemq.extension.sdk.api.packets.publish.ModifiablePublishPacket;
import com.hivemq.extension.sdk.api.packets.publish.PublishPacket;
import com.hivemq.extension.sdk.api.services.Services;
import com.hivemq.extension.sdk.api.services.builder.Builders;
import com.hivemq.extension.sdk.api.services.publish.Publish;
import io.apsaramqtt.test.event.BrokerEvent.TokenExpiring;
import io.apsaramqtt.test.event.BrokerEvent.TokenInvalid;
import io.apsaramqtt.test.service.Instance;
import io.apsaramqtt.test.service.TokenProblem;
import io.apsaramqtt.test.service.TokenRights;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * Gives clients notice of tokens that are about to expire, once, and ends connections whose tokens are not accepted any more,
 * with a notice just before (service page "Token authentication").
 */
final class TokenWatch {

    /** Carries the topic that a client sees; HiveMQ lets nobody publish to a topic that begins with {@code $}. */
    static final String NOTICE = "apsara-mqtt.notice";

    static final Duration MAX_NOTICE = Duration.ofSeconds(10);

    /** Nobody is subscribed to it. */
    private static final String DROPPED = "apsara-mqtt.dropped";

    private static final String EXPIRING = "$SYS/tokenExpireNotice";
    private static final String INVALID = "$SYS/tokenInvalidNotice";

    /** A notice is on the wire before the connection is closed. */
    private static final Duration HEAD_START = Duration.ofMillis(250);

    private final Set<ConnectionOwner> watched = ConcurrentHashMap.newKeySet();

    /** The hidden topic on which a client gets its notices. */
    static String topicFor(String clientId) {
        return NOTICE + "/" + clientId;
    }

    /** Watches the tokens that the connection has now. */
    void watch(ConnectionOwner owner) {
        owner.tokens().ifPresent(tokens -> {
            watched.add(owner);
            TokenRights.Expiry next = tokens.nextExpiry();
            Duration left = Duration.between(Instant.now(), next.at());
            after(left.minus(owner.instance().switches().tokenNoticeLead()), () -> expiring(owner, tokens, next));
            after(left, () -> check(owner));
        });
    }

    /** Runs {@code task} when what was sent to a client just now has come there. */
    static void afterHeadStart(Runnable task) {
        after(HEAD_START, task);
    }

    private static void after(Duration delay, Runnable task) {
        CompletableFuture<?> unused = Services.extensionExecutorService()
                .schedule(task, Math.max(0, delay.toMillis() + 1), TimeUnit.MILLISECONDS);
    }

    private static void expiring(ConnectionOwner owner, TokenRights tokens, TokenRights.Expiry expiry) {
        if (owner.isOpen() && tokens.nextExpiry().equals(expiry)) {
            owner.instance()
                    .events()
                    .record(new TokenExpiring(owner.clientId(), expiry.type().literal()));
            CompletableFuture<?> unused = push(owner, EXPIRING, expiry.notice());
        }
    }

    /** A token of this instance is not valid any more, perhaps. */
    void check(Instance instance) {
        watched.stream().filter(owner -> owner.instance().equals(instance)).forEach(this::check);
    }

    private void check(ConnectionOwner owner) {
        if (!owner.isOpen()) {
            watched.remove(owner);
            return;
        }
        owner.tokens().flatMap(TokenRights::problem).ifPresent(problem -> end(owner, problem));
    }

    /** Has a message denied: nobody is subscribed to the topic that it gets, and the authorizer knows it. */
    static void drop(ModifiablePublishPacket publish) {
        publish.setTopic(DROPPED);
    }

    static boolean isDropped(PublishPacket publish) {
        return publish.getTopic().equals(DROPPED);
    }

    /** Gives notice, and closes the connection when the client has been told, as far as that can be known. */
    private void end(ConnectionOwner owner, TokenProblem problem) {
        watched.remove(owner);
        CompletableFuture<Void> unused = giveNotice(owner, problem).thenRun(() -> close(owner));
    }

    /**
     * Completes when the notice waits for its turn, at least. HiveMQ does one thing after the other for a client: what an
     * interceptor waits for with this, the authorizer denies only after the notice was sent.
     */
    CompletableFuture<Void> giveNotice(ConnectionOwner owner, TokenProblem problem) {
        owner.instance()
                .events()
                .record(new TokenInvalid(owner.clientId(), problem.type().literal(), problem.code()));
        CompletableFuture<Void> told = new CompletableFuture<>();
        CompletableFuture<?> unused = push(owner, INVALID, problem.notice())
                .whenComplete((done, failure) -> after(HEAD_START, () -> told.complete(null)));
        return told;
    }

    private static void close(ConnectionOwner owner) {
        if (owner.isOpen()) {
            CompletableFuture<Boolean> unused = Services.clientService()
                    .disconnectClient(owner.clientId(), false, DisconnectReasonCode.NOT_AUTHORIZED, null);
        }
    }

    private static CompletableFuture<?> push(ConnectionOwner owner, String topic, String payload) {
        Publish notice = Builders.publish()
                .topic(topicFor(owner.clientId()))
                .qos(Qos.AT_MOST_ONCE)
                .userProperty(NOTICE, topic)
                .payload(ByteBuffer.wrap(payload.getBytes(StandardCharsets.UTF_8)))
                .build();
        return Services.publishService().publishToClient(notice, owner.clientId());
    }
}
