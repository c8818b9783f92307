package io.apsaramqtt.test.service;

import java.util.Collection;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * The instances that share one broker, told apart by the instance ID in the user name.
 *
 * <p>Thread-safe.
 */
public final class Instances {

    private final ConcurrentMap<String, Instance> open = new ConcurrentHashMap<>();

    /** None yet. */
    public Instances() {}

    /** Opens an instance to connections; throws {@link IllegalStateException} if its ID is taken. */
    public void open(Instance instance) {
        if (open.putIfAbsent(instance.id(), instance) != null) {
            throw new IllegalStateException("Instance [" + instance.id()
                    + "] is already open in this JVM; close it first or choose another instance ID");
        }
    }

    /** Closes an instance; says whether it was open. */
    public boolean close(Instance instance) {
        return open.remove(instance.id(), instance);
    }

    /** The open instance with this ID. */
    public Optional<Instance> find(String instanceId) {
        return Optional.ofNullable(open.get(instanceId));
    }

    /** All open instances. */
    public Collection<Instance> all() {
        return open.values();
    }
}
