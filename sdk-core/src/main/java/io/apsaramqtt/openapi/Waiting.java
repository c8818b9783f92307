package io.apsaramqtt.openapi;

import java.time.Duration;

/** Lets time pass on the thread that calls; handed in, so that tests need none. */
@FunctionalInterface
interface Waiting {

    void pass(Duration time) throws InterruptedException;
}
