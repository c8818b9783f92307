package io.apsaramqtt.test.service;

import java.util.ArrayDeque;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The accepted connections of an instance, each by a key of its own: while a client ID is taken over two connections have it.
 * The last ones that went are remembered for what they had sent: a broker judges a packet when its turn comes, and a QoS 2
 * message that it took and then did not judge would be lost, as it answers the second copy without a look at it.
 *
 * <p>Thread-safe.
 */
public final class OpenConnections {

    /** Far more than go while a packet waits for its turn. */
    private static final int GONE = 256;

    private final Map<String, Rights> rights = new ConcurrentHashMap<>();
    private final Set<String> open = ConcurrentHashMap.newKeySet();
    private final Queue<String> gone = new ArrayDeque<>();

    OpenConnections() {}

    /** Takes a connection, and returns its key. */
    public String add(Rights rights) {
        String key = UUID.randomUUID().toString();
        this.rights.put(key, rights);
        open.add(key);
        return key;
    }

    /** What the client of a connection may do, also when it has just gone. */
    public Optional<Rights> find(String key) {
        return Optional.ofNullable(rights.get(key));
    }

    /** Whether the connection has not gone. */
    public boolean isOpen(String key) {
        return open.contains(key);
    }

    /** The connection is gone. Whether it was not before. */
    public boolean remove(String key) {
        if (!open.remove(key)) {
            return false;
        }
        synchronized (gone) {
            gone.add(key);
            if (gone.size() > GONE) {
                rights.remove(gone.remove());
            }
        }
        return true;
    }
}
