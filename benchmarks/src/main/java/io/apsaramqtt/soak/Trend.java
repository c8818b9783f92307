package io.apsaramqtt.soak;

import java.util.Arrays;
import java.util.List;
import java.util.function.ToLongFunction;

/**
 * How a quantity went over the samples of a soak, of which there is one a minute.
 *
 * @param name of the quantity
 * @param begin median of the first third of the samples
 * @param end median of the last third
 * @param slope of the straight line through all samples, a minute
 * @param allowed how much the end may be above the beginning
 */
record Trend(String name, double begin, double end, double slope, double allowed) {

    /** Of fewer, nothing is concluded. */
    static final int ENOUGH_SAMPLES = 6;

    static Trend of(String name, List<Resources> samples, ToLongFunction<Resources> quantity, double allowed) {
        double[] values = samples.stream().mapToDouble(quantity::applyAsLong).toArray();
        int third = Math.max(1, values.length / 3);
        return new Trend(
                name,
                median(Arrays.copyOfRange(values, 0, third)),
                median(Arrays.copyOfRange(values, values.length - third, values.length)),
                slope(values),
                allowed);
    }

    private static double median(double[] values) {
        Arrays.sort(values);
        int middle = values.length / 2;
        return values.length % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
    }

    /** Least squares; 0 where there is one sample. */
    private static double slope(double[] values) {
        double meanX = (values.length - 1) / 2.0;
        double meanY = Arrays.stream(values).average().orElse(0);
        double above = 0;
        double below = 0;
        for (int x = 0; x < values.length; x++) {
            above += (x - meanX) * (values[x] - meanY);
            below += (x - meanX) * (x - meanX);
        }
        return below == 0 ? 0 : above / below;
    }

    boolean isFlat() {
        return end - begin <= allowed;
    }
}
