package io.apsaramqtt.openapi;

import io.apsaramqtt.credentials.AccessKey;
import io.apsaramqtt.http.BoundedHttp;
import java.net.http.HttpClient;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.function.Function;

/** Callers for tests: no wait takes time, and each is kept, as is the thread of each attempt. */
final class Calls {

    static final AccessKey ACCESS_KEY = AccessKey.of("LTAI5tExampleIdQx9", "theSecretOfTheAccessKey");
    private static final HttpClient CLIENT = BoundedHttp.client();

    final List<Duration> waits = Collections.synchronizedList(new ArrayList<>());
    final List<String> threads = Collections.synchronizedList(new ArrayList<>());

    OpenApiCaller caller() {
        return caller(Duration.ofSeconds(30), Clock.systemUTC());
    }

    OpenApiCaller caller(Duration timeout, Clock clock) {
        return caller(timeout, clock, new Pace(1_000_000, System::nanoTime, time -> {}));
    }

    OpenApiCaller caller(Duration timeout, Clock clock, Pace pace) {
        return caller(timeout, clock, call -> pace);
    }

    OpenApiCaller caller(Duration timeout, Clock clock, Function<OpenApiCall, Pace> pace) {
        Waiting waiting = waits::add;
        return new OpenApiCaller(
                new BoundedHttp(CLIENT, timeout, 1_000_000),
                clock,
                () -> {
                    threads.add(Thread.currentThread().getName());
                    return UUID.randomUUID().toString();
                },
                pace,
                new Backoff(4, Duration.ofMillis(500), Duration.ofSeconds(5), new Random(1)),
                waiting);
    }
}
