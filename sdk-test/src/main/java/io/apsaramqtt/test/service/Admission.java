package io.apsaramqtt.test.service;

import io.apsaramqtt.test.event.RefusedConnect;

/** What becomes of a CONNECT. Immutable. */
public sealed interface Admission {

    /**
     * It is accepted.
     *
     * @param rights what the client may do
     */
    record Accepted(Rights rights) implements Admission {}

    /**
     * It is refused.
     *
     * @param reason why
     */
    record Refused(RefusedConnect reason) implements Admission {}
}
