package io.apsaramqtt.permission.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.apsaramqtt.permission.EffectivePermissions;
import io.apsaramqtt.policy.Policy;
import io.apsaramqtt.policy.PolicySet;
import io.apsaramqtt.time.ManualClock;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** What a source that is down leaves in the log, however many clients ask it. */
class OutageLogTest {

    private static final Duration FRESH_FOR = Duration.ofMinutes(5);
    private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

    private final ManualClock clock = new ManualClock();
    private final ListAppender<ILoggingEvent> appender = new ListAppender<>();
    private boolean down;

    @BeforeEach
    void listen() {
        appender.start();
        ofPackage().addAppender(appender);
    }

    @AfterEach
    void stop() {
        ofPackage().detachAppender(appender);
    }

    private static Logger ofPackage() {
        return (Logger) LoggerFactory.getLogger(OutageLogTest.class.getPackageName());
    }

    private EffectivePermissions read() {
        if (down) {
            throw PermissionSourceException.temporary("RAM", "is down", null);
        }
        return EffectivePermissions.of(PolicySet.of(Policy.system("AliyunMQPubOnlyAccess")), clock.instant(), "RAM");
    }

    private PermissionSource shared() {
        return new SharedPermissionSource("RAM", this::read, Runnable::run, Duration.ofSeconds(10), clock);
    }

    private List<PermissionCache> clients(Supplier<PermissionSource> source) {
        CacheTimes times = new CacheTimes(FRESH_FOR, Duration.ofHours(1), RETRY_AFTER);
        return Stream.generate(() -> new PermissionCache(source.get(), times, Runnable::run, clock))
                .limit(1_000)
                .toList();
    }

    private List<String> said() {
        return appender.list.stream()
                .filter(event -> event.getLevel().isGreaterOrEqual(Level.INFO))
                .map(event -> event.getLevel() + " " + event.getFormattedMessage())
                .toList();
    }

    @Test
    void anOutageIsSaidOnceForAllClientsAndSoIsItsEnd() {
        PermissionSource source = shared();
        List<PermissionCache> clients = clients(() -> source);
        clients.forEach(PermissionCache::get);
        down = true;
        clock.advance(FRESH_FOR);
        clients.forEach(PermissionCache::get);
        clock.advance(RETRY_AFTER);
        clients.forEach(PermissionCache::get);
        assertThat(said())
                .containsExactly(
                        "WARN Permissions cannot be read now: a copy that was read before stays in use, without one"
                                + " the broker decides. Said once for all clients, until the source answers again: Permission source"
                                + " [RAM] is down");
        down = false;
        clock.advance(FRESH_FOR);
        clients.forEach(PermissionCache::get);
        assertThat(said()).hasSize(2).last().isEqualTo("INFO Permission source [RAM] answers again");
        down = true;
        clock.advance(FRESH_FOR);
        clients.forEach(PermissionCache::get);
        assertThat(said()).as("another outage").hasSize(3);
    }

    @Test
    void aStartDuringAnOutageIsSaidOnceToo() {
        down = true;
        PermissionSource source = shared();
        clients(() -> source).forEach(PermissionCache::get);
        assertThat(said()).singleElement().asString().startsWith("WARN Permissions cannot be read now");
    }

    @Test
    void layersThatHaveAllSaidItAreNotSaidAgain() {
        down = true;
        PermissionSource source = PermissionSource.layered(shared(), shared());
        clients(() -> source).forEach(PermissionCache::get);
        assertThat(said())
                .hasSize(2)
                .allSatisfy(line -> assertThat(line).startsWith("WARN Permissions cannot be read now"));
    }

    @Test
    void aLayerThatNobodySharesIsSaidByTheClientThatAsksIt() {
        down = true;
        PermissionSource source = PermissionSource.layered(shared(), this::read);
        clients(() -> source).get(0).get();
        assertThat(said())
                .hasSize(2)
                .last()
                .asString()
                .startsWith("WARN Permissions are unknown until they can be read");
    }

    @Test
    void whatEachClientReadsByItselfEachSaysByItself() {
        List<PermissionCache> clients = clients(() -> this::read).subList(0, 3);
        clients.forEach(PermissionCache::get);
        down = true;
        clock.advance(FRESH_FOR);
        clients.forEach(PermissionCache::get);
        assertThat(said())
                .hasSize(3)
                .allSatisfy(
                        line -> assertThat(line).startsWith("WARN Permissions not refreshed, the copy of RAM stays"));
    }

    @Test
    void aSnapshotInPlaceOfASharedSourceIsSaidOnce(@TempDir Path folder) {
        PermissionSource source = PermissionSource.snapshot(folder, shared());
        List<PermissionCache> clients = clients(() -> source);
        clients.get(0).get();
        down = true;
        clock.advance(FRESH_FOR);
        clients.forEach(PermissionCache::get);
        assertThat(said())
                .hasSize(2)
                .anySatisfy(line -> assertThat(line).startsWith("WARN Permissions cannot be read now"))
                .anySatisfy(line -> assertThat(line).startsWith("WARN Permissions taken from "));
        down = false;
        clock.advance(FRESH_FOR);
        clients.forEach(PermissionCache::get);
        down = true;
        clock.advance(FRESH_FOR);
        clients.forEach(PermissionCache::get);
        assertThat(said()).as("another outage").hasSize(5);
    }

    @Test
    void aSourceThatHangsIsSaidOnceForAllWhoWait() throws InterruptedException {
        CountDownLatch answer = new CountDownLatch(1);
        List<Thread> reading = new ArrayList<>();
        Executor threads = work -> {
            Thread thread = new Thread(work, "hanging");
            reading.add(thread);
            thread.start();
        };
        PermissionSource source = new SharedPermissionSource(
                "RAM",
                () -> {
                    await(answer);
                    return read();
                },
                threads,
                Duration.ofMillis(1),
                clock);
        Instant before = clock.instant().minusSeconds(1);
        for (int i = 0; i < 3; i++) {
            assertThat(catchThrowableOfType(PermissionSourceException.class, () -> source.load(before)))
                    .hasMessageContaining("has not answered within 1 ms");
        }
        assertThat(said()).filteredOn(line -> line.startsWith("WARN")).hasSize(1);
        answer.countDown();
        for (Thread thread : reading) {
            thread.join();
        }
        assertThat(said()).last().isEqualTo("INFO Permission source [RAM] answers again");
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
