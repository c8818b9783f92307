package io.apsaramqtt.test.cloud.account;

import io.apsaramqtt.credentials.AccessKey;
import java.time.Clock;

/**
 * A RAM user.
 *
 * <p>Thread-safe.
 */
public final class User extends Identity {

    private final Account account;

    User(Account account, String name, String id, Clock clock) {
        super(name, id, account.policies(), clock);
        this.account = account;
    }

    /** Gives the user an AccessKey; throws {@link IllegalArgumentException} if it is temporary or already known. */
    public User addAccessKey(AccessKey accessKey) {
        account.accessKeys().addPermanent(accessKey, Caller.user(account.id(), this));
        return this;
    }

    @Override
    public String principalName() {
        return name() + "@" + account.defaultDomain();
    }

    @Override
    public String principalType() {
        return "IMSUser";
    }
}
