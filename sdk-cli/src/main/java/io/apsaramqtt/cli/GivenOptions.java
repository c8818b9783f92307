package io.apsaramqtt.cli;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/**
 * The options of a command as they were given before its operation and behind it: where an option stands on both sides,
 * picocli keeps the values of one side alone, and a policy that drops out unseen may be the one that denies.
 *
 * @param spec the command
 */
record GivenOptions(CommandSpec spec) {

    /** Every value of an option that may be repeated; {@code kept} are those that picocli kept. */
    List<String> every(String option, List<String> kept) {
        ParseResult before = spec.commandLine().getParseResult();
        if (!isOnBothSides(before, option)) {
            return kept;
        }
        List<String> all = new ArrayList<>(before.matchedOption(option).stringValues());
        all.addAll(before.subcommand().matchedOption(option).stringValues());
        return all;
    }

    /** Throws wrong usage if an option of one value stands on both sides. */
    void requireOneValueEach() {
        ParseResult before = spec.commandLine().getParseResult();
        for (OptionSpec option : before.matchedOptions()) {
            if (!option.isMultiValue() && isOnBothSides(before, option.longestName())) {
                throw new ParameterException(
                        spec.commandLine(),
                        "option '" + option.longestName() + "' should be specified only once, before the operation or"
                                + " behind it");
            }
        }
    }

    private static boolean isOnBothSides(ParseResult before, String option) {
        return before.hasMatchedOption(option) && before.subcommand().hasMatchedOption(option);
    }
}
