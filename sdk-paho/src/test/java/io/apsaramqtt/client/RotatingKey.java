package io.apsaramqtt.client;

import io.apsaramqtt.credentials.AccessKey;
import io.apsaramqtt.credentials.CredentialsProvider;
import java.util.concurrent.atomic.AtomicInteger;

/** An AccessKey that changes while the program runs, and how often it was asked for. */
final class RotatingKey implements CredentialsProvider {

    private final AtomicInteger asked = new AtomicInteger();
    private volatile AccessKey accessKey;

    RotatingKey(AccessKey accessKey) {
        this.accessKey = accessKey;
    }

    void set(AccessKey rotated) {
        accessKey = rotated;
    }

    int asked() {
        return asked.get();
    }

    @Override
    public AccessKey resolve() {
        asked.incrementAndGet();
        return accessKey;
    }
}
