package io.apsaramqtt.openapi;

import io.apsaramqtt.ApsaraMqttException;
import io.apsaramqtt.credentials.AccessKey;
import io.apsaramqtt.openapi.OpenApiException.Reason;
import io.apsaramqtt.permission.EffectivePermissions;
import io.apsaramqtt.permission.Grants;
import io.apsaramqtt.permission.source.PermissionSource;
import io.apsaramqtt.permission.source.PermissionSourceException;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The permissions of the owner of one AccessKey. Read by one thread at a time. */
final class PrincipalReading implements PermissionSource {

    private static final Logger log = LoggerFactory.getLogger(RamPermissions.class);

    private final RamReader reader;
    private final AccessKey accessKey;
    private final Function<CallerIdentity, PrincipalMemory> memories;
    private @Nullable Owner owner;

    /** Whose AccessKey it is, which does not change. */
    private record Owner(CallerIdentity identity, PrincipalMemory memory) {}

    PrincipalReading(RamReader reader, AccessKey accessKey, Function<CallerIdentity, PrincipalMemory> memories) {
        this.reader = reader;
        this.accessKey = accessKey;
        this.memories = memories;
    }

    @Override
    public synchronized EffectivePermissions load() {
        Instant askedAt = reader.clock().instant();
        try {
            Owner known = owner();
            synchronized (known.memory()) {
                Optional<EffectivePermissions> meanwhile = known.memory().readAfter(askedAt);
                return meanwhile.isPresent() ? meanwhile.get() : read(known);
            }
        } catch (PermissionSourceException e) {
            throw e;
        } catch (ApsaraMqttException e) {
            throw failed("failed: " + e.getMessage(), e);
        }
    }

    private Owner owner() {
        Owner known = owner;
        if (known == null) {
            CallerIdentity identity = reader.identity(accessKey);
            known = new Owner(identity, memories.apply(identity));
            owner = known;
        }
        return known;
    }

    private EffectivePermissions read(Owner known) {
        Instant beganAt = reader.clock().instant();
        try {
            EffectivePermissions read = reader.read(known.identity(), accessKey);
            known.memory().succeeded(read, beganAt);
            return read;
        } catch (OpenApiException e) {
            if (e.reason() != Reason.NO_PERMISSION) {
                throw e;
            }
            return refused(known.identity(), known.memory(), e);
        }
    }

    private EffectivePermissions refused(CallerIdentity known, PrincipalMemory memory, OpenApiException refusal) {
        Instant now = reader.clock().instant();
        if (!memory.believes(now)) {
            throw failed("refuses what it granted before; it is asked again: " + refusal.getMessage(), refusal);
        }
        if (memory.mustSay()) {
            log.info(
                    "{} may not read its own permissions, so nothing is checked before it is sent and the broker decides."
                            + " That is safe. To have it checked, attach this policy to {}: {} Or give the permissions by"
                            + " PermissionSource.file, PermissionSource.http or a snapshot. {}",
                    known.principal(),
                    known.principal(),
                    RamRights.policy(known),
                    refusal.getMessage());
        }
        return new EffectivePermissions(
                known.principal(),
                new Grants.Unknown(known.principal() + " may not read its own permissions: " + refusal.getMessage()),
                now,
                RamReader.SOURCE);
    }

    private static PermissionSourceException failed(String problem, ApsaraMqttException cause) {
        return PermissionSourceException.temporary(RamReader.SOURCE, problem, cause);
    }
}
