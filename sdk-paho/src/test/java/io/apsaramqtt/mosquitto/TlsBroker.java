package io.apsaramqtt.mosquitto;

import io.apsaramqtt.certificates.TestAuthority;
import io.apsaramqtt.certificates.TestAuthority.Issued;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;

/** A Mosquitto with a listener for each way in which TLS can go right or wrong. */
public final class TlsBroker implements AutoCloseable {

    /** A listener. */
    public enum Listener {
        /** A good certificate for localhost. */
        TRUSTED,
        /** Demands a certificate of the client. */
        MUTUAL,
        /** Over WebSocket. */
        TRUSTED_WEB_SOCKET,
        /** Over WebSocket, demands a certificate of the client. */
        MUTUAL_WEB_SOCKET,
        /** WebSocket without TLS. */
        PLAIN_WEB_SOCKET,
        /** A certificate for another host. */
        WRONG_HOST,
        /** A certificate of yesterday. */
        EXPIRED,
        /** A certificate of tomorrow. */
        NOT_YET_VALID,
        /** A certificate of a CA that the client does not know. */
        UNKNOWN_CA,
        /** Speaks TLS 1.3 alone. */
        ONLY_TLS_1_3
    }

    /** The CA of the broker. */
    public static final TestAuthority AUTHORITY = new TestAuthority("CN=Test CA");

    /** Another CA. */
    public static final TestAuthority STRANGER = new TestAuthority("CN=Stranger CA");

    private final MosquittoBroker broker;
    private final Map<Listener, Integer> ports;

    private TlsBroker(MosquittoBroker broker, Map<Listener, Integer> ports) {
        this.broker = broker;
        this.ports = ports;
    }

    /** A broker whose certificates are in this folder. */
    public static TlsBroker start(Path folder) {
        MosquittoBroker.require("mosquitto");
        try {
            Files.writeString(folder.resolve("ca.pem"), AUTHORITY.pem());
            Map<Listener, Integer> ports = new EnumMap<>(Listener.class);
            Iterator<Integer> free =
                    MosquittoBroker.freePorts(Listener.values().length).iterator();
            List<String> lines = new ArrayList<>();
            for (Listener each : Listener.values()) {
                int port = free.next();
                ports.put(each, port);
                lines.addAll(lines(folder, each, port));
            }
            return new TlsBroker(MosquittoBroker.start(List.of(), lines.toArray(String[]::new)), ports);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static List<String> lines(Path folder, Listener listener, int port) throws IOException {
        List<String> lines = new ArrayList<>(List.of("listener " + port + " 127.0.0.1"));
        if (listener.name().endsWith("WEB_SOCKET")) {
            lines.add("protocol websockets");
        }
        if (listener == Listener.PLAIN_WEB_SOCKET) {
            return lines;
        }
        Issued issued = issue(listener);
        Path certificates = Files.writeString(folder.resolve(listener + ".pem"), issued.pem());
        Path key = Files.writeString(
                folder.resolve(listener + ".key"),
                TestAuthority.pem(List.of(new JcaPKCS8Generator(issued.keys().getPrivate(), null))));
        lines.add("certfile " + certificates);
        lines.add("keyfile " + key);
        if (listener.name().startsWith("MUTUAL")) {
            lines.add("cafile " + folder.resolve("ca.pem"));
            lines.add("require_certificate true");
        }
        if (listener == Listener.ONLY_TLS_1_3) {
            lines.add("tls_version tlsv1.3");
        }
        return lines;
    }

    private static Issued issue(Listener listener) {
        Instant now = Instant.now();
        Duration day = Duration.ofDays(1);
        return switch (listener) {
            case WRONG_HOST -> AUTHORITY.issue("CN=broker", TestAuthority.rsa(), "broker.example");
            case EXPIRED ->
                AUTHORITY.issue(
                        "CN=broker", TestAuthority.rsa(), now.minus(day.multipliedBy(2)), now.minus(day), "localhost");
            case NOT_YET_VALID ->
                AUTHORITY.issue(
                        "CN=broker", TestAuthority.rsa(), now.plus(day), now.plus(day.multipliedBy(2)), "localhost");
            case UNKNOWN_CA -> STRANGER.issue("CN=broker", TestAuthority.rsa(), "localhost");
            case ONLY_TLS_1_3 -> AUTHORITY.issue("CN=broker", TestAuthority.ec(), "localhost");
            default -> AUTHORITY.issue("CN=broker", TestAuthority.rsa(), "localhost", "127.0.0.1");
        };
    }

    /** The port of a listener. */
    public int port(Listener listener) {
        return ports.getOrDefault(listener, 0);
    }

    /** The port without TLS. */
    public int plainPort() {
        return broker.port();
    }

    @Override
    public void close() {
        broker.close();
    }
}
