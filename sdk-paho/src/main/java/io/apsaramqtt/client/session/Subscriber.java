package io.apsaramqtt.client.session;

import io.apsaramqtt.client.connection.ConnectionLostException;
import io.apsaramqtt.client.connection.OperationRefusedException;
import io.apsaramqtt.client.connection.OperationTimeoutException;
import io.apsaramqtt.client.runtime.ClientRuntime;
import io.apsaramqtt.client.transport.Ack;
import io.apsaramqtt.client.transport.Subscription;
import io.apsaramqtt.mqtt.TopicFilter;
import io.apsaramqtt.permission.Operation;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Subscribes: many filters in one packet, one packet at a time. Guarded by the session. */
final class Subscriber {

    private final ClientRuntime runtime;
    private final Guard guard;
    private final PacketIds ids;
    private final Duration timeout;
    private final Suspicion suspicion;
    private final Refusals refusals;
    private final BiConsumer<Subscription, OperationRefusedException> notGranted;

    private final SubscribeQueue waiting;
    private final GrantedFilters granted;

    private List<SubscribeRequest> sent = List.of();
    private Runnable restored = () -> {};
    private @Nullable Link link;
    private int packetId;

    Subscriber(
            ClientRuntime runtime,
            Guard guard,
            PacketIds ids,
            Duration timeout,
            Suspicion suspicion,
            Refusals refusals,
            BiConsumer<Subscription, OperationRefusedException> notGranted,
            GrantedFilters granted,
            TrafficHold hold) {
        this.runtime = runtime;
        this.guard = guard;
        this.ids = ids;
        this.timeout = timeout;
        this.suspicion = suspicion;
        this.refusals = refusals;
        this.notGranted = notGranted;
        this.granted = granted;
        this.waiting = new SubscribeQueue(hold);
        hold.tell(this::flush);
    }

    /** Subscribes for a call; {@code takeBack} undoes the entry in the registry if it fails. */
    CompletableFuture<Void> subscribe(Subscription subscription, Runnable takeBack) {
        SubscribeRequest request = new SubscribeRequest(subscription, false, takeBack);
        request.cancelDeadline = runtime.after(timeout, () -> guard.run(() -> expired(request)));
        waiting.addLast(request);
        flush();
        return request.result;
    }

    /** A connection is there: subscribes to what the broker does not know, before all else; then runs {@code then}. */
    void opened(Link opened, List<Subscription> wanted, Runnable then) {
        link = opened;
        restored = then;
        if (!opened.sessionPresent()) {
            granted.clear();
        }
        add(wanted);
        tellRestored();
    }

    /** Subscribes to what of this the broker does not know, if a connection is there. */
    void add(List<Subscription> wanted) {
        if (link != null) {
            waiting.addFirst(wanted.stream()
                    .filter(subscription -> !granted.contains(subscription.filter()))
                    .filter(subscription -> !waiting.holds(subscription) && !isSent(subscription))
                    .map(subscription -> new SubscribeRequest(subscription, true, () -> {}))
                    .toList());
            flush();
        }
    }

    private boolean isSent(Subscription subscription) {
        return sent.stream().anyMatch(request -> request.subscription.equals(subscription));
    }

    /** Whether {@code filter} is no longer to be subscribed to, and the broker knew of it. */
    boolean forget(TopicFilter filter) {
        waiting.forget(filter);
        return granted.remove(filter);
    }

    private void flush() {
        Link open = link;
        if (open == null || !sent.isEmpty()) {
            return;
        }
        List<SubscribeRequest> batch = waiting.next(
                runtime.clock().instant(), request -> suspicion.isStruck(Operation.SUBSCRIBE, request.filter()));
        if (!batch.isEmpty()) {
            send(open, batch);
        }
    }

    private void send(Link open, List<SubscribeRequest> batch) {
        sent = batch;
        int id = ids.take();
        packetId = id;
        Runnable cancel = runtime.after(
                timeout,
                () -> guard.run(() -> refusals.unanswered(
                        open, "the broker has not acknowledged a SUBSCRIBE within " + timeout.toMillis() + " ms")));
        open.transport()
                .subscribe(
                        id, batch.stream().map(request -> request.subscription).toList())
                .whenComplete((acks, failure) -> {
                    cancel.run();
                    guard.run(() -> answered(open, batch, acks, failure));
                });
    }

    private void answered(
            Link on, List<SubscribeRequest> batch, @Nullable List<Ack> acks, @Nullable Throwable failure) {
        if (!batch.equals(sent) || !on.equals(link)) {
            return;
        }
        if (failure != null && Failures.unwrap(failure) instanceof ConnectionLostException) {
            // The engine is about to tell how; the requests wait for the next connection until then.
            return;
        }
        sent = List.of();
        ids.free(packetId);
        for (int i = 0; i < batch.size(); i++) {
            SubscribeRequest request = batch.get(i);
            Ack answer = acks != null && i < acks.size() ? acks.get(i) : Ack.SUCCESS;
            if (failure != null) {
                failed(request, Failures.unchecked(failure));
            } else if (answer.isRefused()) {
                refused(request, answer);
            } else {
                granted.add(request.subscription.filter(), answer);
                suspicion.cleared(Operation.SUBSCRIBE, request.filter());
                finished(request);
                runtime.execute(() -> request.result.complete(null));
            }
        }
        flush();
        tellRestored();
    }

    private void refused(SubscribeRequest request, Ack ack) {
        OperationRefusedException refusal =
                new OperationRefusedException(Operation.SUBSCRIBE, request.filter(), ack.code(), ack.reason());
        refusals.refused(Operation.SUBSCRIBE, request.filter(), ack.code());
        if (request.again) {
            notGranted.accept(request.subscription, refusal);
        }
        failed(request, refusal);
    }

    private void failed(SubscribeRequest request, RuntimeException failure) {
        if (!request.done) {
            finished(request);
            request.takeBack.run();
            runtime.execute(() -> request.result.completeExceptionally(failure));
        }
    }

    private void finished(SubscribeRequest request) {
        request.done = true;
        waiting.clear(request);
        request.cancelDeadline.run();
    }

    private void expired(SubscribeRequest request) {
        failed(
                request,
                new OperationTimeoutException(
                        "Subscribe to '" + request.filter() + "' was not acknowledged", timeout, request.lastLoss));
    }

    private void tellRestored() {
        if (link != null
                && sent.stream().noneMatch(request -> request.again)
                && waiting.stream().noneMatch(request -> request.again && !request.done)) {
            Runnable then = restored;
            restored = () -> {};
            then.run();
        }
    }

    /** What is on the connection since {@code earliest}. */
    List<Activity> inProgress(Instant earliest) {
        return sent.stream()
                .filter(request -> !request.done && !request.sentAt.isBefore(earliest))
                .map(SubscribeRequest::activity)
                .toList();
    }

    /** The connection is gone; calls that were not answered are sent again, those that may have caused it one at a time. */
    void lost(ConnectionLostException loss, boolean suspected) {
        List<SubscribeRequest> carried = detach();
        carried.forEach(request -> request.lastLoss = loss);
        if (suspected) {
            carried.forEach(waiting::suspect);
        }
        waiting.addFirst(carried);
        waiting.keepCalls();
    }

    /** This side ended the connection: nothing of it is sent again. */
    void ended() {
        Stream.concat(waiting.stream(), sent.stream())
                .toList()
                .forEach(request -> failed(
                        request, Failures.endedBefore("Subscribe to '" + request.filter() + "'", request.lastLoss)));
        detach();
    }

    private List<SubscribeRequest> detach() {
        List<SubscribeRequest> carried = sent;
        if (!carried.isEmpty()) {
            ids.free(packetId);
        }
        sent = List.of();
        link = null;
        restored = () -> {};
        return carried;
    }

    /** Fails the calls for the filters that {@code which} picks. */
    void fail(Predicate<TopicFilter> which, RuntimeException failure) {
        Stream.concat(waiting.stream(), sent.stream())
                .filter(request -> which.test(request.subscription.filter()))
                .toList()
                .forEach(request -> failed(request, failure));
        flush();
        tellRestored();
    }
}
