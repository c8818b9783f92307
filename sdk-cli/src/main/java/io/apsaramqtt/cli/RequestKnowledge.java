package io.apsaramqtt.cli;

import io.apsaramqtt.policy.RequestContext;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What is known of a request that a client would make: its condition keys but the time, and the time.
 *
 * <p>Immutable.
 *
 * @param keys every key but the time
 * @param clock tells the time of the request
 */
record RequestKnowledge(RequestContext keys, Clock clock) {

    private static final String SECURE_TRANSPORT = "acs:SecureTransport";
    private static final String MFA_PRESENT = "acs:MFAPresent";

    /**
     * What {@code KEY=VALUE} texts tell, and what is so of every call that an AccessKey signs over TLS. Throws
     * {@link IllegalArgumentException} for a text that tells nothing.
     *
     * @param clock tells the time, unless one of the texts does
     */
    static RequestKnowledge of(List<String> texts, Clock clock) {
        Map<String, List<String>> present = new LinkedHashMap<>();
        Clock told = clock;
        for (String text : texts) {
            int equals = text.indexOf('=');
            if (equals < 1) {
                throw new IllegalArgumentException(
                        "Context [" + text + "] is not KEY=VALUE; write it as in acs:SourceIp=10.0.0.1");
            }
            String key = text.substring(0, equals);
            String value = text.substring(equals + 1);
            if (key.equalsIgnoreCase(RequestContext.CURRENT_TIME)) {
                told = Clock.fixed(moment(value), ZoneOffset.UTC);
            } else {
                present.computeIfAbsent(key, none -> new ArrayList<>()).add(value);
            }
        }
        if (!isGiven(SECURE_TRANSPORT, present)) {
            present.put(SECURE_TRANSPORT, List.of("true"));
        }
        Set<String> absent = isGiven(MFA_PRESENT, present) ? Set.of() : Set.of(MFA_PRESENT);
        return new RequestKnowledge(RequestContext.partial(present, absent), told);
    }

    private static boolean isGiven(String key, Map<String, List<String>> present) {
        return present.keySet().stream().anyMatch(key::equalsIgnoreCase);
    }

    private static Instant moment(String value) {
        try {
            return DateTimeFormatter.ISO_OFFSET_DATE_TIME.parse(value, Instant::from);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(
                    RequestContext.CURRENT_TIME + " [" + value + "] is no time in ISO 8601 with an offset;"
                            + " write it as in 2026-11-21T16:00:00+08:00",
                    e);
        }
    }

    /** Every key, the time too. */
    RequestContext now() {
        return keys.with(RequestContext.CURRENT_TIME, clock.instant().toString());
    }
}
