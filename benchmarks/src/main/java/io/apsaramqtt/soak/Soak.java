package io.apsaramqtt.soak;

import io.apsaramqtt.mqtt.MqttVersion;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.ToLongFunction;
import java.util.logging.LogManager;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/**
 * A program: two clients, one of each version of MQTT, run for a long time over a network that breaks again and again. Prints a
 * line a minute and, at the end, what was lost and whether heap, threads and descriptors stayed flat. {@code --help} lists the
 * options and exit codes.
 *
 * <p>Not thread-safe.
 */
public final class Soak {

    private static final int NOT_WELL = 1;
    private static final int WRONG_USAGE = 64;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final SoakOptions options;
    private final PrintStream out;
    private final List<SoakedClient> clients = new ArrayList<>();
    private final List<Resources> samples = new ArrayList<>();
    private final List<String> failures = new CopyOnWriteArrayList<>();

    Soak(SoakOptions options, PrintStream out) {
        this.options = options;
        this.out = out;
    }

    /** Runs it and exits. */
    public static void main(String... arguments) throws InterruptedException {
        if (List.of(arguments).contains("--help")) {
            System.out.println(SoakOptions.HELP);
            return;
        }
        SoakOptions options;
        try {
            options = SoakOptions.parse(arguments);
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.exit(WRONG_USAGE);
            return;
        }
        // Paho logs each end of a connection as severe.
        LogManager.getLogManager().reset();
        SoakReport report = new Soak(options, System.out).run();
        System.out.println();
        System.out.println(report.text());
        // The embedded broker keeps the JVM alive.
        System.exit(report.complaints().isEmpty() ? 0 : NOT_WELL);
    }

    /** Runs it to its end. */
    SoakReport run() throws InterruptedException {
        try (SoakBroker broker = SoakBroker.start(options.broker())) {
            out.println(options + " on " + broker.name());
            try {
                for (MqttVersion version : MqttVersion.values()) {
                    clients.add(SoakedClient.connect(
                            broker, version, options, new Random(options.seed() + clients.size())));
                }
                flow();
                settle();
            } finally {
                clients.forEach(SoakedClient::close);
            }
        }
        List<Tally> tallies =
                clients.stream().flatMap(client -> client.tallies().stream()).toList();
        return new SoakReport(tallies, List.copyOf(samples), threadsLeft(), List.copyOf(failures));
    }

    private void flow() throws InterruptedException {
        ScheduledExecutorService publisher = Executors.newSingleThreadScheduledExecutor();
        ScheduledExecutorService breaker = Executors.newScheduledThreadPool(clients.size());
        long period = TimeUnit.SECONDS.toNanos(1) / options.rate();
        publisher.scheduleAtFixedRate(this::publish, 0, period, TimeUnit.NANOSECONDS);
        for (SoakedClient client : clients) {
            breakLater(breaker, client, Duration.ZERO);
        }
        long end = System.nanoTime() + options.duration().toNanos();
        for (long left = end - System.nanoTime(); left > 0; left = end - System.nanoTime()) {
            // Nobody ends the publisher early: this waits, and no more.
            publisher.awaitTermination(Math.min(left, TimeUnit.MINUTES.toNanos(1)), TimeUnit.NANOSECONDS);
            sample();
        }
        for (ScheduledExecutorService each : List.of(breaker, publisher)) {
            each.shutdownNow();
            each.awaitTermination(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        }
        clients.forEach(client -> client.disconnects().end());
    }

    private void publish() {
        try {
            clients.forEach(SoakedClient::publish);
        } catch (RuntimeException e) {
            failures.add("publish threw " + e);
        }
    }

    private void breakLater(ScheduledExecutorService breaker, SoakedClient client, Duration spent) {
        Duration pause = client.disconnects().pause(options.disconnects()).minus(spent);
        breaker.schedule(() -> breakNow(breaker, client), Math.max(0, pause.toMillis()), TimeUnit.MILLISECONDS);
    }

    private void breakNow(ScheduledExecutorService breaker, SoakedClient client) {
        long start = System.nanoTime();
        try {
            client.disconnects().next();
        } catch (Exception e) {
            if (!breaker.isShutdown()) {
                failures.add("a connection did not come back: " + e);
            }
        }
        if (!breaker.isShutdown()) {
            breakLater(breaker, client, Duration.ofNanos(System.nanoTime() - start));
        }
    }

    /** While the clients are connected, so that one sample is like another. */
    private void sample() {
        clients.get(0)
                .disconnects()
                .holdOff(() -> clients.get(1).disconnects().holdOff(() -> samples.add(Resources.now())));
        Resources now = samples.get(samples.size() - 1);
        long acknowledged = sum(client -> client.statistics().acknowledged());
        out.printf(
                Locale.ROOT,
                "minute %3d  acknowledged %7d  pending %3d  losses %4d  failed attempts %4d  heap %.2f MiB  threads %d  descriptors %d%n",
                samples.size(),
                acknowledged,
                sum(client -> client.statistics().pending()),
                sum(client -> client.statistics().losses()),
                sum(client -> client.statistics().failedAttempts()),
                now.heap() / (double) (1 << 20),
                now.threads(),
                now.descriptors());
    }

    private long sum(ToLongFunction<SoakedClient> figure) {
        return clients.stream().mapToLong(figure).sum();
    }

    /** Waits for what is on its way; what has not come then is counted as lost or pending. */
    private void settle() {
        try {
            Awaitility.await()
                    .pollInSameThread()
                    .atMost(PATIENCE)
                    .until(() -> clients.stream().allMatch(SoakedClient::isSettled));
        } catch (ConditionTimeoutException e) {
            out.println("Not settled after " + PATIENCE.toSeconds() + " s");
        }
    }

    private static List<String> threadsLeft() {
        try {
            Awaitility.await().pollInSameThread().until(() -> namesOfThreads().isEmpty());
            return List.of();
        } catch (ConditionTimeoutException e) {
            return namesOfThreads();
        }
    }

    /** All threads of a client are named after it. */
    private static List<String> namesOfThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.contains("soak-"))
                .sorted()
                .toList();
    }
}
