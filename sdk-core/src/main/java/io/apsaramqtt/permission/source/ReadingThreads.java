package io.apsaramqtt.permission.source;

import java.util.concurrent.Executor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Daemon threads on which shared sources are read: one a source while it is read, none when nobody asks. */
final class ReadingThreads {

    private static final AtomicInteger NUMBER = new AtomicInteger();

    private static final ThreadPoolExecutor THREADS =
            new ThreadPoolExecutor(0, Integer.MAX_VALUE, 10, TimeUnit.SECONDS, new SynchronousQueue<>(), work -> {
                Thread thread = new Thread(work, "apsara-mqtt-permissions-" + NUMBER.incrementAndGet());
                thread.setDaemon(true);
                return thread;
            });

    private ReadingThreads() {}

    static Executor executor() {
        return THREADS;
    }
}
