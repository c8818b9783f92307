package io.apsaramqtt.test;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** What is to happen to which packet of one direction, over all connections of a proxy. Thread-safe. */
final class PacketRules {

    /** What happens to a packet; the later one wins where several rules meet. */
    enum Fate {
        PASSES,
        CUTS_AFTER,
        IS_DROPPED,
        CUTS_BEFORE
    }

    private static final class Rule {
        private final PacketType type;
        private final Fate fate;
        private final CompletableFuture<Void> done = new CompletableFuture<>();
        private int remaining;

        Rule(PacketType type, Fate fate, int remaining) {
            this.type = type;
            this.fate = fate;
            this.remaining = remaining;
        }
    }

    /**
     * What happens to one packet, and whom to tell when it has happened.
     *
     * @param fate what happens to it
     * @param done completed by the caller
     */
    record Verdict(Fate fate, List<CompletableFuture<Void>> done) {

        void happened() {
            done.forEach(future -> future.complete(null));
        }
    }

    private final List<Rule> rules = new ArrayList<>();

    /** A rule for the {@code count}th packet of a type from now on, or, if they are to be dropped, for the next ones. */
    synchronized CompletableFuture<Void> add(PacketType type, Fate fate, int count) {
        Rule rule = new Rule(type, fate, count);
        rules.add(rule);
        return rule.done;
    }

    /** Forgets all rules; what waits for them is cancelled. */
    void clear() {
        List<Rule> forgotten;
        synchronized (this) {
            forgotten = List.copyOf(rules);
            rules.clear();
        }
        forgotten.forEach(rule -> rule.done.cancel(false));
    }

    /** Called once for each packet, when its first byte is about to pass. */
    synchronized Verdict judge(PacketType type) {
        Fate fate = Fate.PASSES;
        List<CompletableFuture<Void>> done = new ArrayList<>();
        for (Iterator<Rule> iterator = rules.iterator(); iterator.hasNext(); ) {
            Rule rule = iterator.next();
            if (rule.type != type) {
                continue;
            }
            rule.remaining--;
            if ((rule.remaining == 0 || rule.fate == Fate.IS_DROPPED) && rule.fate.compareTo(fate) > 0) {
                fate = rule.fate;
            }
            if (rule.remaining == 0) {
                iterator.remove();
                done.add(rule.done);
            }
        }
        return new Verdict(fate, done);
    }
}
