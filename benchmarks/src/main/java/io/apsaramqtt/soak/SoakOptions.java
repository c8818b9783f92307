package io.apsaramqtt.soak;

import java.time.Duration;

/**
 * What the command line says.
 *
 * @param duration how long messages flow
 * @param rate messages a second that each client publishes
 * @param disconnects how often a minute each client loses its connection
 * @param seed of all chance
 * @param broker which broker
 */
record SoakOptions(Duration duration, int rate, int disconnects, long seed, Choice broker) {

    static final String HELP = """
            Has two clients, one of MQTT 3.1.1 and one of MQTT 5, publish numbered messages to themselves while their connections
            are broken again and again, and tells what was lost and whether heap, threads and descriptors stayed flat.

              --minutes N      how long (default 30)
              --rate N         messages a second of each client (default 50)
              --disconnects N  broken connections a minute of each client (default 10)
              --seed N         of the order and times of the faults (default 1)
              --broker NAME    mosquitto, embedded, or auto: mosquitto where it is installed (default)

            Exit code: 0 if all is well; 1 if something was lost, is pending or grew; 64 for wrong options.""";

    /** Which broker. */
    enum Choice {
        AUTO,
        MOSQUITTO,
        EMBEDDED
    }

    static SoakOptions defaults() {
        return new SoakOptions(Duration.ofMinutes(30), 50, 10, 1, Choice.AUTO);
    }

    /**
     * Reads arguments in pairs of option and value.
     *
     * @throws IllegalArgumentException if an option or value is none
     */
    static SoakOptions parse(String... arguments) {
        SoakOptions options = defaults();
        for (int i = 0; i < arguments.length; i += 2) {
            if (i + 1 == arguments.length) {
                throw new IllegalArgumentException("Option [" + arguments[i] + "] has no value; see --help");
            }
            options = options.with(arguments[i], arguments[i + 1]);
        }
        return options;
    }

    private SoakOptions with(String option, String value) {
        return switch (option) {
            case "--minutes" ->
                new SoakOptions(Duration.ofMinutes(number(option, value)), rate, disconnects, seed, broker);
            case "--rate" -> new SoakOptions(duration, (int) number(option, value), disconnects, seed, broker);
            case "--disconnects" -> new SoakOptions(duration, rate, (int) number(option, value), seed, broker);
            case "--seed" -> new SoakOptions(duration, rate, disconnects, number(option, value), broker);
            case "--broker" -> new SoakOptions(duration, rate, disconnects, seed, choice(value));
            default -> throw new IllegalArgumentException("Option [" + option + "] is unknown; see --help");
        };
    }

    private static long number(String option, String value) {
        if (value.matches("[1-9][0-9]{0,5}")) {
            return Long.parseLong(value);
        }
        throw new IllegalArgumentException(
                "Value [" + value + "] of option [" + option + "] is not a number from 1 to 999999");
    }

    private static Choice choice(String value) {
        for (Choice each : Choice.values()) {
            if (each.name().equalsIgnoreCase(value)) {
                return each;
            }
        }
        throw new IllegalArgumentException("Broker [" + value + "] is unknown; allowed are auto, mosquitto, embedded");
    }
}
