package io.apsaramqtt.test.cloud.account;

import java.time.Clock;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A group of RAM users.
 *
 * <p>Thread-safe.
 */
public final class Group extends Identity {

    private final Account account;
    private final Clock clock;
    private final Map<String, Instant> joined = Collections.synchronizedMap(new LinkedHashMap<>());

    Group(Account account, String name, String id, Clock clock) {
        super(name, id, account.policies(), clock);
        this.account = account;
        this.clock = clock;
    }

    /** Makes users members, and creates those that do not exist. */
    public Group addMembers(String... userNames) {
        for (String userName : userNames) {
            joined.putIfAbsent(account.user(userName).name(), clock.instant());
        }
        return this;
    }

    /** Ends a membership. */
    public void removeMember(String userName) {
        joined.remove(userName);
    }

    /** When a user joined; empty if it is no member. */
    public Optional<Instant> joinedAt(String userName) {
        return Optional.ofNullable(joined.get(userName));
    }

    @Override
    public String principalName() {
        return name() + "@group." + account.defaultDomain();
    }

    @Override
    public String principalType() {
        return "IMSGroup";
    }
}
