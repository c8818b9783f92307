package io.apsaramqtt.client.session;

import io.apsaramqtt.permission.Operation;
import io.apsaramqtt.policy.Outcome;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;

/** Compares what the broker refuses with what the local check allows, and reports a broker that does not answer. */
final class Refusals {

    private final BiFunction<Operation, String, Outcome> check;
    private final Runnable mismatch;
    private final Counters counters;
    private final BiConsumer<Link, String> unanswered;

    /**
     * Refusals of one session.
     *
     * @param check what the permissions say of an operation
     * @param mismatch told when the broker refuses what they allow
     * @param unanswered ends a connection, for the reason given
     */
    Refusals(
            BiFunction<Operation, String, Outcome> check,
            Runnable mismatch,
            Counters counters,
            BiConsumer<Link, String> unanswered) {
        this.check = check;
        this.mismatch = mismatch;
        this.counters = counters;
        this.unanswered = unanswered;
    }

    /** The broker refused an operation with this reason code. */
    void refused(Operation operation, String topic, int code) {
        counters.refused.increment();
        if (ReasonCodes.refusesPermission(code)) {
            contradicted(check.apply(operation, topic));
        }
    }

    /** The broker refuses what the local check finds to be {@code outcome}. */
    void contradicted(Outcome outcome) {
        if (outcome == Outcome.ALLOWED) {
            counters.mismatches.increment();
            mismatch.run();
        }
    }

    /** A connection whose broker does not answer is no use: a new one heals it. */
    void unanswered(Link link, String reason) {
        unanswered.accept(link, reason);
    }
}
