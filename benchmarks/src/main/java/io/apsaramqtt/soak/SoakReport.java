package io.apsaramqtt.soak;

import io.apsaramqtt.mqtt.MqttVersion;
import io.apsaramqtt.mqtt.Qos;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What came of a soak.
 *
 * @param tallies what became of the messages
 * @param samples what the JVM held, once a minute
 * @param left names of threads of the clients that were alive when these had been closed
 * @param failures what went wrong in the program itself
 */
record SoakReport(List<Tally> tallies, List<Resources> samples, List<String> left, List<String> failures) {

    private static final double MEBIBYTE = 1 << 20;
    private static final double HEAP_MAY_GROW = MEBIBYTE;
    private static final double COUNTS_MAY_GROW = 3;

    private List<Trend> trends() {
        return List.of(
                Trend.of("heap after GC, MiB", samples, Resources::heap, HEAP_MAY_GROW),
                Trend.of("threads", samples, Resources::threads, COUNTS_MAY_GROW),
                Trend.of("open descriptors", samples, Resources::descriptors, COUNTS_MAY_GROW));
    }

    private boolean isLongEnough() {
        return samples.size() >= Trend.ENOUGH_SAMPLES;
    }

    /** What should not be; empty if all is well. */
    List<String> complaints() {
        List<String> complaints = new ArrayList<>(failures);
        for (Tally tally : tallies) {
            String who =
                    "MQTT " + protocol(tally.version()) + ", QoS " + tally.qos().code() + ": ";
            if (tally.acknowledged() == 0) {
                complaints.add(who + "no message was acknowledged, so nothing was tried");
            }
            if (tally.lost() > 0) {
                complaints.add(who + tally.lost() + " messages lost");
            }
            if (tally.failed() > 0) {
                complaints.add(who + tally.failed()
                        + " messages failed, for which there was time enough; the first with " + tally.firstFailure());
            }
            if (tally.pending() > 0) {
                complaints.add(who + tally.pending() + " futures pending");
            }
            if (tally.qos() == Qos.EXACTLY_ONCE && tally.duplicated() > 0) {
                complaints.add(who + tally.duplicated() + " messages delivered twice");
            }
        }
        if (isLongEnough()) {
            trends().stream()
                    .filter(trend -> !trend.isFlat())
                    .map(trend -> trend.name() + ": grew")
                    .forEach(complaints::add);
        }
        if (!left.isEmpty()) {
            complaints.add("threads left after close: " + left);
        }
        return complaints;
    }

    /** Two tables and the verdict. */
    String text() {
        StringBuilder text = new StringBuilder()
                .append("| protocol | QoS | accepted | acknowledged | failed | pending | lost | duplicated |\n")
                .append("|---|---|---|---|---|---|---|---|\n");
        for (Tally tally : tallies) {
            text.append("| %s | %d | %d | %d | %d | %d | %d | %d |%n"
                    .formatted(
                            protocol(tally.version()),
                            tally.qos().code(),
                            tally.accepted(),
                            tally.acknowledged(),
                            tally.failed(),
                            tally.pending(),
                            tally.lost(),
                            tally.duplicated()));
        }
        text.append("\n| | begin | end | slope a minute |\n|---|---|---|---|\n");
        for (Trend trend : trends()) {
            double unit = trend.name().startsWith("heap") ? MEBIBYTE : 1;
            text.append(String.format(
                    Locale.ROOT,
                    "| %s | %.1f | %.1f | %+.3f |%n",
                    trend.name(),
                    trend.begin() / unit,
                    trend.end() / unit,
                    trend.slope() / unit));
        }
        text.append('\n').append(verdict());
        return text.toString();
    }

    private String verdict() {
        List<String> complaints = complaints();
        if (!complaints.isEmpty()) {
            return "NOT WELL: " + String.join("; ", complaints);
        }
        return "WELL: nothing lost, nothing failed, nothing pending, nothing of QoS 2 twice, "
                + (isLongEnough() ? "heap, threads and descriptors flat" : "too short to judge what grows");
    }

    private static String protocol(MqttVersion version) {
        return version == MqttVersion.V5 ? "5" : "3.1.1";
    }
}
