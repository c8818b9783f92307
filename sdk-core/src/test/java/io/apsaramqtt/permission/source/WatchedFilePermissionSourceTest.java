package io.apsaramqtt.permission.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WatchedFilePermissionSourceTest {

    private static final String ALLOW = """
            {"Version":"1","Statement":[{"Effect":"Allow","Action":"mq:PUB","Resource":"*"}]}""";

    @TempDir
    private Path folder;

    private final BlockingQueue<String> told = new LinkedBlockingQueue<>();

    @Test
    void aFileThatIsWrittenReplacedOrLinkedAnewIsReadAgain() throws Exception {
        Path file = Files.writeString(folder.resolve("policy.json"), "{}");
        try (AutoCloseable watch = PermissionSource.watchedFile(file).watch(() -> told.add("changed"))) {
            Files.writeString(file, ALLOW);
            awaitChange();
            Path next = Files.writeString(folder.resolve("next.json"), ALLOW);
            awaitChange();
            Files.move(next, file, StandardCopyOption.REPLACE_EXISTING);
            awaitChange();
            assertThat(watch).isNotNull();
        }
    }

    @Test
    void aBrokenFileKeepsTheLastGoodOneUntilItIsMended() throws Exception {
        Path file = Files.writeString(folder.resolve("policy.json"), ALLOW);
        PermissionSource source = PermissionSource.watchedFile(file);
        try (PermissionCache cache =
                new PermissionCache(source, CacheTimes.standard(), this::runAndTell, Clock.systemUTC())) {
            var good = cache.get();
            Files.writeString(file, "{");
            awaitRefresh();
            assertThat(cache.get()).isSameAs(good);
            write(file, ALLOW.replace("Allow", "Deny"));
            Awaitility.await().untilAsserted(() -> assertThat(cache.get()).isNotEqualTo(good));
        }
    }

    @Test
    void aFolderThatIsNotThereIsNoReasonToFail() throws Exception {
        try (AutoCloseable watch = PermissionSource.watchedFile(folder.resolve("missing/policy.json"))
                .watch(() -> told.add("changed"))) {
            assertThat(watch).isNotNull();
        }
    }

    private static void write(Path file, String text) throws IOException {
        Files.writeString(file, text);
    }

    private void runAndTell(Runnable task) {
        task.run();
        told.add("refreshed");
    }

    private void awaitChange() throws InterruptedException {
        assertThat(told.poll(30, TimeUnit.SECONDS)).isEqualTo("changed");
        told.clear();
    }

    private void awaitRefresh() throws InterruptedException {
        assertThat(told.poll(30, TimeUnit.SECONDS)).isEqualTo("refreshed");
    }
}
