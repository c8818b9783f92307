package io.apsaramqtt.test.service;

import io.apsaramqtt.permission.Permissions;
import io.apsaramqtt.permission.Verdict;
import java.util.Optional;
import java.util.function.Function;

/** Who is behind an accepted connection, and what it may do. Implementations are thread-safe. */
public interface Rights {

    /** Who it is, fit to be shown: a masked ID, or a user name. */
    String name();

    /**
     * The verdict on an operation of a client in {@code groupId}; empty for who may do everything.
     *
     * @param question asked of the permissions
     */
    Optional<Verdict> verdict(String groupId, Function<Permissions, Verdict> question);
}
