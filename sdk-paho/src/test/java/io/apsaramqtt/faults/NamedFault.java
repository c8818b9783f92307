package io.apsaramqtt.faults;

/**
 * A fault that has a name before there is anything to inflict it on.
 *
 * @param name what the table calls it
 * @param fault what is done
 * @param <T> to what
 */
record NamedFault<T>(String name, Fault<T> fault) {

    /** Brings the fault about and ends it: when it returns, nothing is in the client's way any more. */
    @FunctionalInterface
    interface Fault<T> {
        /** May take as long as the fault is to last. */
        void inflict(T on) throws Exception;
    }

    FaultCase on(T target) {
        return new FaultCase(name, () -> fault.inflict(target));
    }
}
