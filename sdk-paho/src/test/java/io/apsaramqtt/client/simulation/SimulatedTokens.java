package io.apsaramqtt.client.simulation;

import io.apsaramqtt.authentication.AuthenticationException;
import io.apsaramqtt.authentication.Token;
import io.apsaramqtt.authentication.TokenProvider;
import io.apsaramqtt.authentication.TokenType;
import io.apsaramqtt.authentication.Tokens;
import io.apsaramqtt.client.runtime.SimulatedRuntime;
import io.apsaramqtt.mqtt.ClientId;
import io.apsaramqtt.mqtt.Message;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Numbered tokens of one client: an application server that hands them out, or is down, and the broker's view of them. A client
 * must never go back to a token once a later one came to the broker, nor connect with one that has expired.
 */
final class SimulatedTokens implements TokenProvider {

    private static final Duration LIFE = Duration.ofSeconds(20);
    private static final Pattern UPLOAD = Pattern.compile("\\{\"token\":\"t(\\d+)\",\"type\":\"RW\"}");

    private final SimulatedRuntime runtime;
    private final Random chance;
    private final Map<Integer, Instant> expiries = new HashMap<>();
    private int handedOut;
    private int newest;
    private int noticed;
    private @Nullable SimulatedTransport noticedOn;

    boolean down;
    boolean reliable;
    int uploads;

    SimulatedTokens(SimulatedRuntime runtime, Random chance, boolean reliable) {
        this.runtime = runtime;
        this.chance = chance;
        this.reliable = reliable;
    }

    static boolean isUpload(Message message) {
        return message.topic().value().equals("$SYS/uploadToken");
    }

    @Override
    public Tokens tokens(ClientId clientId) {
        if (down || (!reliable && chance.nextInt(10) == 0)) {
            throw new AuthenticationException("down, in a simulation");
        }
        handedOut++;
        Instant expiry = runtime.clock().instant().plus(LIFE);
        expiries.put(handedOut, expiry);
        return Tokens.of("LTAI", Token.of(TokenType.RW, "t" + handedOut, expiry));
    }

    /** A CONNECT arrived; whether the broker accepts it. One that the client has left meanwhile says nothing of the client. */
    boolean accepts(SimulatedTransport connect, SimulatedBroker broker) {
        return connect.isLeft()
                || isValid(Integer.parseInt(connect.password.substring("RW|t".length())), "CONNECT", broker);
    }

    /** When the token that the broker has expires, by the broker. */
    Instant expiry() {
        return expiries.getOrDefault(newest, runtime.clock().instant());
    }

    /** The broker gives notice of the token that it has, on this connection. */
    void noticed(SimulatedTransport on) {
        noticed = newest;
        noticedOn = on;
    }

    /** Whether the client has done nothing about a notice, on the connection on which it came. */
    boolean isNoticeForgotten(@Nullable SimulatedTransport open) {
        return open != null && open.equals(noticedOn) && noticed == newest;
    }

    /** An upload arrived. */
    void uploaded(Message message, SimulatedBroker broker) {
        uploads++;
        Matcher upload = UPLOAD.matcher(message.text());
        if (upload.matches()) {
            isValid(Integer.parseInt(upload.group(1)), "upload", broker);
        } else {
            broker.violated("uploaded " + message.text());
        }
    }

    private boolean isValid(int number, String what, SimulatedBroker broker) {
        if (number < newest) {
            broker.violated(what + " with token " + number + " after the broker had " + newest);
        }
        newest = Math.max(newest, number);
        // What is under way for some milliseconds may expire there.
        return !runtime.clock()
                .instant()
                .isAfter(expiries.getOrDefault(number, Instant.MIN).plusMillis(50));
    }
}
