package io.apsaramqtt.cli;

import io.apsaramqtt.policy.RequestContext;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
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
     * What {@code KEY=VALUE} texts and the keys of absent ones tell, and what is so of every call that an AccessKey signs
     * over TLS. Throws {@link IllegalArgumentException} for a text that tells nothing, and for a key that is both.
     *
     * @param clock tells the time, unless one of the texts does
     */
    static RequestKnowledge of(List<String> texts, List<String> absentKeys, Clock clock) {
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
        Set<String> absent = new LinkedHashSet<>(absentKeys);
        absent.forEach(key -> requireAbsent(key, present.keySet()));
        if (!isGiven(SECURE_TRANSPORT, present.keySet()) && !isGiven(SECURE_TRANSPORT, absent)) {
            present.put(SECURE_TRANSPORT, List.of("true"));
        }
        if (!isGiven(MFA_PRESENT, present.keySet())) {
            absent.add(MFA_PRESENT);
        }
        return new RequestKnowledge(RequestContext.partial(present, absent), told);
    }

    private static void requireAbsent(String key, Set<String> present) {
        if (key.isBlank() || key.indexOf('=') >= 0) {
            throw new IllegalArgumentException(
                    "Absent key [" + key + "] is no condition key; write the key alone, as in acs:SourceIp");
        }
        if (key.equalsIgnoreCase(RequestContext.CURRENT_TIME)) {
            throw new IllegalArgumentException("Absent key [" + key + "] is part of every request; tell the time in"
                    + " --context, or leave it to the clock");
        }
        if (isGiven(key, present)) {
            throw new IllegalArgumentException("Condition key [" + key
                    + "] is given as present and as absent; remove it from --context or from --absent");
        }
    }

    private static boolean isGiven(String key, Set<String> keys) {
        return keys.stream().anyMatch(key::equalsIgnoreCase);
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
