package io.apsaramqtt.faults;

/**
 * A fault with a name.
 *
 * @param name what the table calls it
 * @param fault what is done while messages are published
 */
public record FaultCase(String name, Fault fault) {

    /** Brings the fault about and ends it: when it returns, nothing is in the client's way any more. */
    @FunctionalInterface
    public interface Fault {
        /** May take as long as the fault is to last. */
        void inflict() throws Exception;
    }

    @Override
    public String toString() {
        return name;
    }
}
