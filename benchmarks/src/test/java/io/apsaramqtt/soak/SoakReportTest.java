package io.apsaramqtt.soak;

import static org.assertj.core.api.Assertions.assertThat;

import io.apsaramqtt.mqtt.MqttVersion;
import io.apsaramqtt.mqtt.Qos;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class SoakReportTest {

    private static final Tally WELL = tally(Qos.EXACTLY_ONCE, 10, 0, 0, 0);
    private static final List<Resources> FLAT = samples(0, 0, 0);

    private static Tally tally(Qos qos, int acknowledged, int pending, int lost, int duplicated) {
        return new Tally(MqttVersion.V5, qos, acknowledged + pending, acknowledged, 0, pending, lost, duplicated, "");
    }

    /** Nine minutes, in each of which so much was added. */
    private static List<Resources> samples(long heap, long threads, long descriptors) {
        return LongStream.range(0, 9)
                .mapToObj(i -> new Resources((20 << 20) + i * heap, 30 + i * threads, 40 + i * descriptors))
                .toList();
    }

    private static SoakReport report(Tally tally, List<Resources> samples) {
        return new SoakReport(List.of(tally), samples, List.of(), List.of());
    }

    @Test
    void aFlatRunWithoutLossIsWell() {
        SoakReport report = report(WELL, FLAT);

        assertThat(report.complaints()).isEmpty();
        assertThat(report.text())
                .contains("| 5 | 2 | 10 | 10 | 0 | 0 | 0 | 0 |")
                .contains("| heap after GC, MiB | 20.0 | 20.0 | +0.000 |")
                .endsWith(
                        "WELL: nothing lost, nothing failed, nothing pending, nothing of QoS 2 twice, heap, threads and descriptors flat");
    }

    @Test
    void whatIsLostOrPendingIsComplainedOf() {
        assertThat(report(tally(Qos.AT_LEAST_ONCE, 10, 0, 1, 0), FLAT).complaints())
                .containsExactly("MQTT 5, QoS 1: 1 messages lost");
        assertThat(report(tally(Qos.AT_LEAST_ONCE, 10, 2, 0, 0), FLAT).complaints())
                .containsExactly("MQTT 5, QoS 1: 2 futures pending");
    }

    @Test
    void noMessageMayFail() {
        Tally failed = new Tally(MqttVersion.V3_1_1, Qos.AT_LEAST_ONCE, 10, 7, 3, 0, 0, 0, "why");

        assertThat(report(failed, FLAT).complaints())
                .containsExactly(
                        "MQTT 3.1.1, QoS 1: 3 messages failed, for which there was time enough; the first with why");
    }

    @Test
    void onlyQos2MayNotComeTwice() {
        assertThat(report(tally(Qos.AT_LEAST_ONCE, 10, 0, 0, 3), FLAT).complaints())
                .isEmpty();
        assertThat(report(tally(Qos.EXACTLY_ONCE, 10, 0, 0, 3), FLAT).complaints())
                .containsExactly("MQTT 5, QoS 2: 3 messages delivered twice");
    }

    @Test
    void aRunInWhichNothingWasAcknowledgedIsNotWell() {
        assertThat(report(tally(Qos.AT_LEAST_ONCE, 0, 0, 0, 0), FLAT).complaints())
                .containsExactly("MQTT 5, QoS 1: no message was acknowledged, so nothing was tried");
    }

    @Test
    void whatGrowsIsComplainedOf() {
        assertThat(report(WELL, samples(300_000, 0, 0)).complaints()).containsExactly("heap after GC, MiB: grew");
        assertThat(report(WELL, samples(0, 1, 0)).complaints()).containsExactly("threads: grew");
        assertThat(report(WELL, samples(0, 0, 1)).complaints()).containsExactly("open descriptors: grew");
        assertThat(report(WELL, samples(300_000, 0, 0)).text())
                .contains("| heap after GC, MiB | 20.3 | 22.0 | +0.286 |")
                .contains("NOT WELL: heap after GC, MiB: grew");
    }

    @Test
    void ofAFewSamplesNothingIsConcluded() {
        SoakReport report = report(WELL, samples(1 << 20, 10, 10).subList(0, 5));

        assertThat(report.complaints()).isEmpty();
        assertThat(report.text()).endsWith("too short to judge what grows");
    }

    @Test
    void threadsLeftAndFailuresOfTheProgramAreComplainedOf() {
        assertThat(new SoakReport(List.of(WELL), FLAT, List.of("apsara-mqtt-timer-soak-v5-1"), List.of("broken"))
                        .complaints())
                .containsExactly("broken", "threads left after close: [apsara-mqtt-timer-soak-v5-1]");
    }
}
