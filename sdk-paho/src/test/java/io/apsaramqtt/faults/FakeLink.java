package io.apsaramqtt.faults;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** A link without a network, which does to each number what it is told. */
final class FakeLink implements NumberedLink {

    /** What happens to a number. */
    enum Fate {
        ARRIVES,
        ARRIVES_TWICE,
        IS_LOST,
        FAILS,
        FAILS_AND_ARRIVES,
        IS_REFUSED,
        STAYS_PENDING
    }

    private final List<Integer> received = new CopyOnWriteArrayList<>();
    private final AtomicReference<@Nullable Fate> once = new AtomicReference<>();
    private volatile Fate always = Fate.ARRIVES;

    /** From now on. */
    void setFate(Fate fate) {
        always = fate;
    }

    /** For the next number alone. */
    void setFateOnce(Fate fate) {
        once.set(fate);
    }

    /** The one number has come. */
    boolean wasOnce() {
        return once.get() == null;
    }

    @Override
    public CompletableFuture<?> publish(int number) {
        Fate given = once.getAndSet(null);
        return switch (given == null ? always : given) {
            case ARRIVES -> arrive(number);
            case ARRIVES_TWICE -> {
                arrive(number);
                yield arrive(number);
            }
            case IS_LOST -> CompletableFuture.completedFuture("acknowledged");
            case FAILS -> CompletableFuture.failedFuture(new IllegalStateException("lost"));
            case FAILS_AND_ARRIVES -> {
                arrive(number);
                yield CompletableFuture.failedFuture(new IllegalStateException("lost"));
            }
            case IS_REFUSED -> throw new IllegalStateException("not connected");
            case STAYS_PENDING -> new CompletableFuture<>();
        };
    }

    private CompletableFuture<?> arrive(int number) {
        received.add(number);
        return CompletableFuture.completedFuture("acknowledged");
    }

    @Override
    public List<Integer> received() {
        return List.copyOf(received);
    }

    @Override
    public void close() {}
}
