package io.apsaramqtt.test;

import io.apsaramqtt.test.PacketParser.Piece;
import io.apsaramqtt.test.PacketRules.Fate;
import io.apsaramqtt.test.PacketRules.Verdict;
import io.apsaramqtt.test.Transit.Kind;
import io.apsaramqtt.test.Transit.Load;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.util.Arrays;
import java.util.List;

/** One direction of one connection: a thread that takes bytes and one that delivers them, so that neither stalls another. */
final class Pipe {

    private static final int BUFFER = 8 * 1024;

    private final Link link;
    private final ProxiedConnection connection;
    private final Direction direction;
    private final Socket source;
    private final Socket destination;
    private final Transit transit;
    private final PacketParser parser = new PacketParser();
    private Verdict verdict = new Verdict(Fate.PASSES, List.of());
    private volatile boolean swallows;

    Pipe(Link link, ProxiedConnection connection, Direction direction, Socket source, Socket destination) {
        this.link = link;
        this.connection = connection;
        this.direction = direction;
        this.source = source;
        this.destination = destination;
        this.transit = new Transit(link);
    }

    void start(String name) {
        BadNetwork.daemon(name + "-take", this::takeAll);
        BadNetwork.daemon(name + "-deliver", this::deliverAll);
    }

    void wake() {
        transit.wake();
    }

    void close() {
        transit.close();
    }

    /** Ends the stream at the destination, and swallows what comes later. */
    void halfClose() {
        swallows = true;
        endOutput();
    }

    private void endOutput() {
        try {
            destination.shutdownOutput();
        } catch (IOException e) {
            // Closed already, which is more.
        }
    }

    private void takeAll() {
        try {
            transit.put(take(), new byte[0]);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Kind take() throws InterruptedException {
        byte[] buffer = new byte[BUFFER];
        try {
            InputStream in = source.getInputStream();
            int count = in.read(buffer);
            while (count >= 0) {
                link.countTaken(count);
                transit.put(Kind.BYTES, Arrays.copyOf(buffer, count));
                count = in.read(buffer);
            }
            return Kind.END;
        } catch (IOException e) {
            return Kind.RESET;
        }
    }

    private void deliverAll() {
        try {
            Load load = transit.take();
            while (load != null && deliver(load)) {
                load = transit.take();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            verdict.happened();
        }
    }

    /** Says whether more may come. */
    private boolean deliver(Load load) throws InterruptedException {
        if (load.kind() == Kind.BYTES) {
            return deliver(load.bytes());
        }
        if (!isSwallowing()) {
            if (load.kind() == Kind.RESET) {
                connection.cut(true);
            } else {
                endOutput();
            }
        }
        connection.ended(direction);
        return false;
    }

    private boolean deliver(byte[] bytes) throws InterruptedException {
        int offset = 0;
        while (offset < bytes.length && !isSwallowing()) {
            Piece piece = parser.next(bytes, offset, bytes.length);
            piece.begins().ifPresent(type -> verdict = link.judge(type));
            if (verdict.fate() == Fate.CUTS_BEFORE) {
                connection.cut();
                return false;
            }
            if (verdict.fate() != Fate.IS_DROPPED && !write(bytes, offset, offset + piece.length())) {
                return false;
            }
            if (piece.ends()) {
                if (verdict.fate() == Fate.CUTS_AFTER) {
                    connection.cut();
                    return false;
                }
                verdict.happened();
            }
            offset += piece.length();
        }
        return true;
    }

    /** What once lacked bytes would make no sense later: a stream that was swallowed from stays so. */
    private boolean isSwallowing() {
        if (link.isDark()) {
            swallows = true;
        }
        return swallows;
    }

    private boolean write(byte[] bytes, int from, int to) throws InterruptedException {
        int position = from;
        long since = System.nanoTime();
        while (position < to) {
            if (!transit.awaitNextByte(since)) {
                return false;
            }
            if (isSwallowing()) {
                return true;
            }
            Link.Grant grant = link.ask(link.isDripping() ? 1 : to - position);
            if (!write(bytes, position, grant)) {
                return false;
            }
            position += grant.length();
            since = System.nanoTime();
        }
        return true;
    }

    private boolean write(byte[] bytes, int position, Link.Grant grant) {
        try {
            destination.getOutputStream().write(bytes, position, grant.length());
            link.countDelivered(grant.length());
        } catch (IOException e) {
            connection.destinationGone(direction);
        }
        grant.cut().ifPresent(done -> {
            connection.cut();
            done.complete(null);
        });
        return grant.cut().isEmpty();
    }
}
