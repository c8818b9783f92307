package io.apsaramqtt.client.inbound;

import ch.qos.logback.classic.Level;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.lifecycle.AfterProperty;
import net.jqwik.api.lifecycle.BeforeProperty;
import org.jspecify.annotations.Nullable;

/**
 * Whatever happens: order within a topic, one message of a topic at a time, acknowledgements in the order of receipt and none
 * before all listeners are done, each message once to each listener, the bound on what waits, and in the end nothing left.
 */
class InboundPropertyTest {

    private static final int STEPS = 150;

    private @Nullable Logged logged;

    @BeforeProperty
    void keepTheLogOffTheConsole() {
        logged = new Logged(Level.OFF);
    }

    @AfterProperty
    void restoreTheLog() {
        if (logged != null) {
            logged.close();
        }
    }

    private static InboundSimulation run(long seed) {
        InboundSimulation simulation = new InboundSimulation(seed);
        for (int i = 0; i < STEPS; i++) {
            simulation.step();
        }
        return simulation;
    }

    @Property(tries = 1_000, shrinking = ShrinkingMode.OFF)
    void everythingThatIsTakenIsDoneOnceAndInOrder(@ForAll long seed) {
        run(seed).finish();
    }

    @Property(tries = 500, shrinking = ShrinkingMode.OFF)
    void whatTheEndLeavesIsTold(@ForAll long seed) {
        run(seed).drain();
    }
}
