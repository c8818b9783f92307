package io.apsaramqtt.permission.source;

import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells of any change in the folder of a file: the file itself may be a link into another folder that is swapped as a whole,
 * as configuration mounted into a container is. Whoever is told finds out by reading.
 */
final class FolderWatch implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(FolderWatch.class);

    private final WatchService service;

    private FolderWatch(WatchService service) {
        this.service = service;
    }

    /** Watches on a daemon thread of its own; where the folder cannot be watched, says so and does nothing. */
    static AutoCloseable start(Path file, Runnable changed) {
        Path folder = file.toAbsolutePath().getParent();
        if (folder == null) {
            // The root of a file system, which is no file.
            return () -> {};
        }
        try {
            WatchService service = file.getFileSystem().newWatchService();
            folder.register(
                    service,
                    StandardWatchEventKinds.ENTRY_CREATE,
                    StandardWatchEventKinds.ENTRY_MODIFY,
                    StandardWatchEventKinds.ENTRY_DELETE);
            FolderWatch watch = new FolderWatch(service);
            Thread thread = new Thread(() -> watch.run(changed), "apsara-mqtt-watch-" + file.getFileName());
            thread.setDaemon(true);
            thread.start();
            return watch;
        } catch (IOException | UnsupportedOperationException e) {
            log.warn("Folder [{}] cannot be watched; [{}] is read again when the copy is stale", folder, file, e);
            return () -> {};
        }
    }

    private void run(Runnable changed) {
        try {
            while (true) {
                WatchKey key = service.take();
                key.pollEvents();
                changed.run();
                if (!key.reset()) {
                    log.warn("A watched folder is gone; its file is read again when the copy is stale");
                    return;
                }
            }
        } catch (ClosedWatchServiceException e) {
            // The end of the watch.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() throws IOException {
        service.close();
    }
}
