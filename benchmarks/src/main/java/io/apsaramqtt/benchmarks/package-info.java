/** Benchmarks of the SDK. Run with {@code java -cp} on the module's class path and {@code org.openjdk.jmh.Main}. */
@NullMarked
package io.apsaramqtt.benchmarks;

import org.jspecify.annotations.NullMarked;
