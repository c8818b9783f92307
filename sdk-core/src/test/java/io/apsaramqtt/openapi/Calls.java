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

/** Callers for tests: no wait takes time, and each is kept. */
final class Calls {

    static final AccessKey ACCESS_KEY = AccessKey.of("LTAI5tExampleIdQx9", "theSecretOfTheAccessKey");
    private static final HttpClient CLIENT = BoundedHttp.client();

    final List<Duration> waits = Collections.synchronizedList(new ArrayList<>());

    OpenApiCaller caller() {
        return caller(Duration.ofSeconds(30), Clock.systemUTC());
    }

    OpenApiCaller caller(Duration timeout, Clock clock) {
        Waiting waiting = waits::add;
        return new OpenApiCaller(
                new BoundedHttp(CLIENT, timeout, 1_000_000),
                clock,
                () -> UUID.randomUUID().toString(),
                new Pace(1_000_000, System::nanoTime, time -> {}),
                new Backoff(4, Duration.ofMillis(500), Duration.ofSeconds(5), new Random(1)),
                waiting);
    }
}
