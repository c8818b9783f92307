package io.apsaramqtt.client;

import io.apsaramqtt.client.connection.ConnectFailedException;
import io.apsaramqtt.client.connection.ConnectionListener;
import io.apsaramqtt.client.connection.ConnectionLostException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Keeps what a connection listener is told. */
public final class Connections implements ConnectionListener {

    private final List<String> told = new CopyOnWriteArrayList<>();
    private final List<ConnectionLostException> losses = new CopyOnWriteArrayList<>();
    private final List<ConnectFailedException> failures = new CopyOnWriteArrayList<>();

    @Override
    public void connected() {
        told.add("connected");
    }

    @Override
    public void connectionLost(ConnectionLostException loss) {
        losses.add(loss);
        told.add("lost");
    }

    @Override
    public void reconnectFailed(ConnectFailedException failure) {
        failures.add(failure);
        told.add("failed");
    }

    /** What was told, in order. */
    public List<String> told() {
        return List.copyOf(told);
    }

    /** How often the client was connected. */
    public long connects() {
        return told.stream().filter("connected"::equals).count();
    }

    /** The lost connections. */
    public List<ConnectionLostException> losses() {
        return List.copyOf(losses);
    }

    /** The failed attempts to connect again. */
    public List<ConnectFailedException> failures() {
        return List.copyOf(failures);
    }
}
