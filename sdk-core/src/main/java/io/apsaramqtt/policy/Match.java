package io.apsaramqtt.policy;

/** Whether a pattern or statement applies to a request of which a part may be unknown. Ordered: no, maybe, yes. */
enum Match {
    NO,
    MAYBE,
    YES;

    /** Both must hold. */
    Match and(Match other) {
        return compareTo(other) <= 0 ? this : other;
    }

    /** One is enough. */
    Match or(Match other) {
        return compareTo(other) >= 0 ? this : other;
    }

    Match not() {
        return this == NO ? YES : this == YES ? NO : MAYBE;
    }
}
