package io.apsaramqtt.client;

import io.apsaramqtt.authentication.ClientTokens;
import io.apsaramqtt.permission.EffectivePermissions;
import io.apsaramqtt.permission.source.PermissionSource;
import java.time.Clock;

/** What a client asks in token mode that was given no source: its tokens, and others as soon as others are in use. */
record TokenPermissionSource(ClientTokens tokens, Clock clock) implements PermissionSource {

    @Override
    public EffectivePermissions load() {
        return tokens.valid().permissions(clock.instant());
    }

    @Override
    public AutoCloseable watch(Runnable changed) {
        return tokens.watch(changed);
    }
}
