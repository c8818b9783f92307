package io.apsaramqtt.openapi;

import io.apsaramqtt.ApsaraMqttException;
import io.apsaramqtt.credentials.AccessKey;
import io.apsaramqtt.openapi.OpenApiException.Reason;
import io.apsaramqtt.permission.EffectivePermissions;
import io.apsaramqtt.permission.Grants;
import io.apsaramqtt.permission.source.PermissionSource;
import io.apsaramqtt.permission.source.PermissionSourceException;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The permissions of the owner of one AccessKey, and what is remembered from one reading to the next. Read by one thread at a
 * time.
 */
final class PrincipalReading implements PermissionSource {

    /**
     * RAM has been seen to refuse for up to a minute what it granted before and after. Until then, a right that is missing
     * is a failure, and whoever has a copy of the permissions keeps it.
     */
    private static final Duration BELIEVED_AFTER = Duration.ofMinutes(2);

    private static final Logger log = LoggerFactory.getLogger(RamPermissions.class);

    private final RamReader reader;
    private final AccessKey accessKey;
    private @Nullable CallerIdentity identity;
    private boolean readBefore;
    private boolean said;
    private @Nullable Instant refusedSince;

    PrincipalReading(RamReader reader, AccessKey accessKey) {
        this.reader = reader;
        this.accessKey = accessKey;
    }

    @Override
    public synchronized EffectivePermissions load() {
        try {
            CallerIdentity known = identity;
            if (known == null) {
                known = reader.identity(accessKey);
                identity = known;
            }
            return read(known);
        } catch (PermissionSourceException e) {
            throw e;
        } catch (ApsaraMqttException e) {
            throw failed("failed: " + e.getMessage(), e);
        }
    }

    private EffectivePermissions read(CallerIdentity known) {
        try {
            EffectivePermissions read = reader.read(known, accessKey);
            readBefore = true;
            said = false;
            refusedSince = null;
            return read;
        } catch (OpenApiException e) {
            if (e.reason() != Reason.NO_PERMISSION) {
                throw e;
            }
            return refused(known, e);
        }
    }

    private EffectivePermissions refused(CallerIdentity known, OpenApiException refusal) {
        Instant now = reader.clock().instant();
        Instant since = refusedSince == null ? now : refusedSince;
        refusedSince = since;
        if (readBefore && now.isBefore(since.plus(BELIEVED_AFTER))) {
            throw failed("refuses what it granted before; it is asked again: " + refusal.getMessage(), refusal);
        }
        if (!said) {
            said = true;
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
