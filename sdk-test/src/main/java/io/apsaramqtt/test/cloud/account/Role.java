package io.apsaramqtt.test.cloud.account;

import io.apsaramqtt.credentials.AccessKey;
import java.time.Clock;
import java.time.Instant;

/**
 * A RAM role.
 *
 * <p>Thread-safe.
 */
public final class Role extends Identity {

    private final Account account;

    Role(Account account, String name, String id, Clock clock) {
        super(name, id, account.policies(), clock);
        this.account = account;
    }

    /**
     * Opens a session of the role, as AssumeRole does.
     *
     * @param session its name
     * @param accessKey its temporary AccessKey
     * @param expiresAt the first moment at which the AccessKey is no longer valid
     * @throws IllegalArgumentException if the AccessKey has no security token or is already known
     */
    public Role addSession(String session, AccessKey accessKey, Instant expiresAt) {
        account.accessKeys().addTemporary(accessKey, Caller.session(account.id(), this, session), expiresAt);
        return this;
    }

    @Override
    public String principalName() {
        return name() + "@" + account.roleDomain();
    }

    @Override
    public String principalType() {
        return "ServiceRole";
    }
}
