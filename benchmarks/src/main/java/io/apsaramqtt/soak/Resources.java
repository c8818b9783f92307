package io.apsaramqtt.soak;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/**
 * What this JVM holds.
 *
 * @param heap bytes that are left after a garbage collection
 * @param threads that are alive
 * @param descriptors open files and sockets; 0 where the system does not tell
 */
record Resources(long heap, long threads, long descriptors) {

    /** What it holds now. Collects garbage, so it takes a while. */
    static Resources now() {
        System.gc();
        // What the first collection queued to be cleaned up, the second finds.
        System.gc();
        return new Resources(
                ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed(),
                ManagementFactory.getThreadMXBean().getThreadCount(),
                ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
                        ? unix.getOpenFileDescriptorCount()
                        : 0);
    }
}
