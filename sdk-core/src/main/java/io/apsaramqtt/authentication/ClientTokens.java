package io.apsaramqtt.authentication;

import io.apsaramqtt.mqtt.ClientId;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The tokens of one client: those in use, and the way to others. They are kept from one connection to the next, as a device
 * must not ask its application server at each.
 *
 * <p>Thread-safe. {@link #valid} and {@link #renew} may block as long as the {@link TokenProvider} does; nothing else does.
 */
public final class ClientTokens {

    private final ClientId clientId;
    private final TokenProvider provider;
    private final Clock clock;
    private final AtomicReference<@Nullable Held> held = new AtomicReference<>();
    private final ReentrantLock asking = new ReentrantLock();
    private final List<Runnable> watchers = new CopyOnWriteArrayList<>();

    /** Those in use, since when, and whether the broker refused them. */
    private record Held(Tokens tokens, Instant since, boolean refused) {}

    ClientTokens(ClientId clientId, TokenProvider provider, Clock clock) {
        this.clientId = clientId;
        this.provider = provider;
        this.clock = clock;
    }

    /** Those in use, valid or not; empty before the first were asked for. */
    public Optional<Tokens> present() {
        return Optional.ofNullable(held.get()).map(Held::tokens);
    }

    /**
     * Those in use; where there are none, or they are expired or refused, the provider is asked and its answer is in use.
     *
     * @throws AuthenticationException if the provider has none that are valid
     */
    public Tokens valid() {
        return usable(held.get())
                .orElseGet(() -> askedOnce(() -> usable(held.get()).orElseGet(this::ask)));
    }

    /** When to ask for others than those in use, before they expire; empty before the first were asked for. */
    public Optional<Instant> renewalDue() {
        return Optional.ofNullable(held.get()).map(known -> known.tokens().renewalDue(known.since()));
    }

    private Optional<Tokens> usable(@Nullable Held known) {
        return known == null || known.refused() || isExpired(known.tokens())
                ? Optional.empty()
                : Optional.of(known.tokens());
    }

    private boolean isExpired(Tokens tokens) {
        return !clock.instant().isBefore(tokens.expiresAt());
    }

    private Tokens ask() {
        Tokens given = others();
        use(given);
        return given;
    }

    private Tokens others() {
        Held known = held.get();
        return requireValid(known == null ? provider.tokens(clientId) : provider.renew(clientId, known.tokens()));
    }

    /**
     * Asks the provider for others than those in use, which stay in use until {@link #use} is called.
     *
     * @throws AuthenticationException if the provider has none that are valid
     */
    public Tokens renew() {
        return askedOnce(this::others);
    }

    /** One question at a time: who connects and who reads permissions may ask at once, and one answer serves both. */
    private Tokens askedOnce(Supplier<Tokens> question) {
        asking.lock();
        try {
            return question.get();
        } finally {
            asking.unlock();
        }
    }

    private Tokens requireValid(@Nullable Tokens given) {
        if (given == null) {
            throw new AuthenticationException(
                    "TokenProvider returned null for client ID [" + clientId + "]; it must return tokens or throw");
        }
        Instant now = clock.instant();
        for (Token token : given.tokens()) {
            if (token.isExpired(now)) {
                throw new AuthenticationException("Token of type [" + token.type() + "] for client ID [" + clientId
                        + "] expired at " + token.expiresAt() + " and it is " + now
                        + " here, so nothing was sent. Have the"
                        + " TokenProvider give tokens that live on, and check the clock of this machine");
            }
        }
        return given;
    }

    /** Has these used from the next connection on, and tells who watches. */
    public void use(Tokens tokens) {
        held.set(new Held(tokens, clock.instant(), false));
        watchers.forEach(Runnable::run);
    }

    /** The broker refused these: the next connection asks for others, unless others are in use already. */
    public void refused(Tokens tokens) {
        held.updateAndGet(known ->
                known != null && known.tokens().equals(tokens) ? new Held(tokens, known.since(), true) : known);
    }

    /** Calls {@code changed} whenever other tokens are in use, until the result is closed; it must not block. */
    public AutoCloseable watch(Runnable changed) {
        watchers.add(changed);
        return () -> watchers.remove(changed);
    }

    /** The client ID, and the tokens in use without their values. */
    @Override
    public String toString() {
        return "ClientTokens[" + clientId + ", "
                + present().map(Tokens::toString).orElse("none yet") + "]";
    }
}
