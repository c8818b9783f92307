package io.apsaramqtt.cli;

import io.apsaramqtt.ApsaraMqttException;
import io.apsaramqtt.credentials.CredentialsProvider;
import io.apsaramqtt.policy.MalformedPolicyException;
import java.io.PrintWriter;
import java.time.Clock;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * {@code apsara-mqtt}: what the SDK knows, from the command line.
 *
 * <p>Immutable.
 */
@Command(
        name = "apsara-mqtt",
        mixinStandardHelpOptions = true,
        versionProvider = JarVersion.class,
        description = "Tools for ApsaraMQ for MQTT.",
        synopsisSubcommandLabel = "COMMAND",
        footerHeading = "%nExamples:%n",
        footer = {
            "  apsara-mqtt simulate --suite policies-test.json",
            "  apsara-mqtt check --policy policy.json --instance post-cn-x \\",
            "      publish alarms/device-1",
            "  apsara-mqtt COMMAND --help"
        },
        exitCodeListHeading = "%nExit codes of every command:%n",
        exitCodeList = {
            " 0:done; each command tells in its help what that means",
            " 1:failed, denied, warned",
            " 2:unknown",
            "64:wrong usage",
            "65:a file cannot be read, or is not what it should be",
            "70:a defect of this program"
        })
public final class ApsaraMqttCommand {

    private ApsaraMqttCommand() {}

    /** Runs a command and exits with one of the codes that {@code --help} tells. */
    public static void main(String[] args) {
        System.exit(commandLine(CredentialsProvider.defaultChain(), Clock.systemUTC())
                .execute(args));
    }

    static CommandLine commandLine(CredentialsProvider credentials, Clock clock) {
        return new CommandLine(new ApsaraMqttCommand())
                .addSubcommand(new SimulateCommand())
                .addSubcommand(new CheckCommand(clock))
                .addSubcommand(new LintCommand())
                .addSubcommand(new GenerateCommand())
                .addSubcommand(new SignCommand(credentials))
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler((failure, command, parsed) -> failed(failure, command))
                .setParameterExceptionHandler(ApsaraMqttCommand::misused);
    }

    private static int failed(Exception failure, CommandLine command) {
        PrintWriter err = command.getErr();
        if (!(failure instanceof ApsaraMqttException)) {
            // picocli's own way out is exit code 1, which would say "denied".
            failure.printStackTrace(err);
            return ExitCode.DEFECT;
        }
        err.println(failure.getMessage());
        return failure instanceof MalformedPolicyException || failure instanceof BadInputException
                ? ExitCode.BAD_INPUT
                : ExitCode.FAILED;
    }

    private static int misused(ParameterException failure, String[] arguments) {
        CommandLine command = failure.getCommandLine();
        PrintWriter err = command.getErr();
        err.println(failure.getMessage());
        if (arguments.length == 0) {
            command.usage(err);
            return ExitCode.USAGE;
        }
        UnmatchedArgumentException.printSuggestions(failure, err);
        Help help = command.getHelp();
        err.print(help.synopsisHeading() + help.synopsis(help.synopsisHeadingLength()));
        err.println("Try '" + command.getCommandSpec().qualifiedName() + " --help' for more.");
        err.flush();
        return ExitCode.USAGE;
    }
}
