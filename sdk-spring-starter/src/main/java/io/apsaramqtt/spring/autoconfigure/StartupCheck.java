package io.apsaramqtt.spring.autoconfigure;

import io.apsaramqtt.spring.MqttClients;
import io.apsaramqtt.spring.autoconfigure.MqttPermissionProperties.Startup;
import io.apsaramqtt.spring.permission.CheckedOperation;
import io.apsaramqtt.spring.permission.DeclaredOperations;
import io.apsaramqtt.spring.permission.DeniedAtStartException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Asks once, when the clients are connected and before requests are served, whether the permissions allow what the application
 * declares, and logs the answers. Listeners may have their first messages by then. Thread-safe.
 */
final class StartupCheck implements SmartLifecycle {

    /** After the clients: they have read their permissions then. */
    static final int PHASE = ClientLifecycle.PHASE + 1;

    private static final String NOT_ASKED =
            "The permissions were not asked for: apsara.mqtt.connect-on-start is 'off', and then"
                    + " only a policy file is read. Each operation is checked when it is done.";

    private static final Logger log = LoggerFactory.getLogger(StartupCheck.class);

    private final MqttClients clients;
    private final DeclaredOperations declared;
    private final Function<String, Startup> wanted;
    private final Predicate<String> askable;
    private volatile boolean running;

    /**
     * A check of all clients.
     *
     * @param wanted what a denial does to a client, by name
     * @param askable whether the permissions of a client, by name, may be read for the check if they were not before
     */
    StartupCheck(
            MqttClients clients,
            DeclaredOperations declared,
            Function<String, Startup> wanted,
            Predicate<String> askable) {
        this.clients = clients;
        this.declared = declared;
        this.wanted = wanted;
        this.askable = askable;
    }

    /** Blocks where the permissions of a client are read for it. Throws {@link DeniedAtStartException}. */
    @Override
    public void start() {
        running = true;
        List<CheckedOperation> forbidding = new ArrayList<>();
        Map<String, String> policies = new TreeMap<>();
        for (String client : clients.all().keySet()) {
            Startup startup = wanted.apply(client);
            boolean isAsked = isAsked(client);
            List<CheckedOperation> checked = startup == Startup.OFF
                    ? List.of()
                    : isAsked ? declared.check(client) : declared.unasked(client, NOT_ASKED);
            if (checked.isEmpty()) {
                continue;
            }
            log.info(
                    "{}{}",
                    DenialText.table(client, checked),
                    isAsked ? "" : System.lineSeparator() + "  " + NOT_ASKED);
            List<CheckedOperation> denied =
                    checked.stream().filter(CheckedOperation::isDenied).toList();
            Map<String, String> policy = DenialText.policies(denied, declared::policy);
            if (startup == Startup.FAIL) {
                forbidding.addAll(denied);
                policies.putAll(policy);
            } else if (!denied.isEmpty()) {
                log.warn("{}{}", DenialText.explained(denied), DenialText.granted(policy));
            }
        }
        if (!forbidding.isEmpty()) {
            throw new DeniedAtStartException(forbidding, policies);
        }
    }

    /** What was read already costs nothing, whatever the source. */
    private boolean isAsked(String client) {
        return askable.test(client) || clients.get(client).permissions().known().isPresent();
    }

    @Override
    public void stop() {
        running = false;
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** No: once is enough. */
    @Override
    public boolean isPauseable() {
        return false;
    }

    @Override
    public int getPhase() {
        return PHASE;
    }
}
