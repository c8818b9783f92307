package io.apsaramqtt.client.session;

import io.apsaramqtt.authentication.SignedConnect;
import io.apsaramqtt.authentication.Tokens;
import io.apsaramqtt.client.connection.ConnectionLostException;
import io.apsaramqtt.client.connection.Endpoint;
import io.apsaramqtt.client.connection.ProbableCause.Cause;
import io.apsaramqtt.client.inbound.Intake;
import io.apsaramqtt.client.transport.ConnectAck;
import io.apsaramqtt.client.transport.Transport;
import io.apsaramqtt.client.transport.TransportFactory;
import io.apsaramqtt.client.transport.TransportListener;
import io.apsaramqtt.mqtt.Message;
import io.apsaramqtt.mqtt.Qos;
import java.time.Instant;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** One connection, from its attempt to its end, and what the broker says on it. Guarded by the session but for what it hears. */
final class Link implements TransportListener {

    private final Endpoint endpoint;
    private final SignedConnect signed;
    private final ConnectionOwner owner;
    private final Intake intake;
    private final BiConsumer<Link, ConnectionLostException> lost;
    private final Transport transport;

    private Instant openedAt = Instant.MIN;
    private boolean sessionPresent;
    private int receiveMaximum;
    private boolean ended;

    private @Nullable ConnectionLostException reason;
    private @Nullable ConnectionLostException early;
    private @Nullable Cause tokenCause;

    /**
     * An attempt to connect to {@code endpoint}.
     *
     * @param signed with what the CONNECT is signed
     * @param owner takes this connection's messages, and is told each PUBREC on a thread of the engine
     * @param lost is told the loss, on a thread of the engine
     */
    Link(
            Endpoint endpoint,
            SignedConnect signed,
            TransportFactory transports,
            ConnectionOwner owner,
            BiConsumer<Link, ConnectionLostException> lost) {
        this.endpoint = endpoint;
        this.signed = signed;
        this.owner = owner;
        this.lost = lost;
        this.intake = owner.intake(this);
        this.transport = transports.create(endpoint, this);
    }

    Endpoint endpoint() {
        return endpoint;
    }

    Transport transport() {
        return transport;
    }

    /** The tokens in its CONNECT, in token mode. */
    Optional<Tokens> tokens() {
        return signed.tokens();
    }

    /** The broker accepted the connection. */
    void opened(ConnectAck ack, Instant at) {
        openedAt = at;
        sessionPresent = ack.sessionPresent();
        receiveMaximum = ack.receiveMaximum();
    }

    Instant openedAt() {
        return openedAt;
    }

    boolean sessionPresent() {
        return sessionPresent;
    }

    int receiveMaximum() {
        return receiveMaximum;
    }

    /** Nothing more comes from it or goes to it. */
    void end() {
        ended = true;
        intake.close();
    }

    boolean isEnded() {
        return ended;
    }

    /** Why this side is about to end it; the loss that follows is told with this instead of what the engine sees. */
    void endFor(ConnectionLostException why) {
        reason = why;
    }

    /** Why it was lost: what this side knows, otherwise what the engine saw. */
    ConnectionLostException reasonOr(ConnectionLostException seen) {
        return reason == null ? seen : reason;
    }

    /** It was lost before its opening was told. */
    void lostEarly(ConnectionLostException loss) {
        early = loss;
    }

    /** How it was lost before its opening was told, if it was. */
    Optional<ConnectionLostException> earlyLoss() {
        return Optional.ofNullable(early);
    }

    /** A token is what it probably ends for. */
    void endingFor(Cause cause) {
        tokenCause = cause;
    }

    /** What of a token it probably ends for. */
    Optional<Cause> tokenCause() {
        return Optional.ofNullable(tokenCause);
    }

    @Override
    public void received(int packetId, Message message) {
        if (owner.isNotice(this, message)) {
            if (message.qos() == Qos.AT_LEAST_ONCE) {
                transport.acknowledge(packetId);
            }
            return;
        }
        intake.received(packetId, message);
    }

    @Override
    public void publishReceived(int packetId) {
        owner.publishReceived(this, packetId);
    }

    @Override
    public void lost(ConnectionLostException loss) {
        lost.accept(this, loss);
    }
}
