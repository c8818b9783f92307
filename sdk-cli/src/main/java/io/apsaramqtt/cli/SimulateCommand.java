package io.apsaramqtt.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code simulate}: runs a suite of known decisions against the policies it holds. Not thread-safe. */
@Command(
        name = "simulate",
        mixinStandardHelpOptions = true,
        versionProvider = JarVersion.class,
        description = {
            "Decides every case of a suite and compares with what the case expects.",
            "Prints a line for each case that fails, and the numbers last."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  apsara-mqtt simulate --suite policies-test.json",
            "  apsara-mqtt simulate --suite policies-test.json --format json",
            "",
            "A suite:",
            "  {\"vectors\": [{",
            "    \"id\": \"the gateway publishes alarms\",",
            "    \"policies\": [\"gateway.json\", \"AliyunMQSubOnlyAccess\"],",
            "    \"action\": \"mq:PUB\",",
            "    \"resource\": \"acs:mq:cn-hangzhou:123456789012:topic/post-cn-x/alarms\",",
            "    \"context\": {\"acs:SecureTransport\": \"true\"},",
            "    \"expected\": \"ALLOWED\"}]}"
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            " 0:every case passed",
            " 1:a case failed, or is malformed",
            "64:wrong usage",
            "65:the suite cannot be read, is not JSON or holds no case"
        })
final class SimulateCommand implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before any command runs
    private CommandSpec spec;

    @Option(names = "--suite", required = true, paramLabel = "FILE", description = "The suite, JSON in UTF-8.")
    @SuppressWarnings("NullAway.Init") // required
    private Path suite;

    @Option(
            names = "--format",
            defaultValue = "text",
            paramLabel = "FORMAT",
            description = "text (the default), or json: every case on one line for programs.")
    private OutputFormat format = OutputFormat.TEXT;

    @Override
    public Integer call() {
        PolicyFiles files = new PolicyFiles();
        List<CaseResult> results = new SuiteReader(suite, files).run();
        List<CaseResult> failed =
                results.stream().filter(result -> !result.passed()).toList();
        PrintWriter out = spec.commandLine().getOut();
        if (format == OutputFormat.JSON) {
            out.println(json(results, failed.size(), files));
        } else {
            Ansi ansi = spec.commandLine().getColorScheme().ansi();
            String mark = ansi.string("@|bold,red FAILED|@");
            failed.forEach(result -> out.println(mark + " " + oneLine(failure(result, files))));
            out.println(results.size() - failed.size() + " passed, " + failed.size() + " failed");
        }
        out.flush();
        return failed.isEmpty() ? ExitCode.DONE : ExitCode.FAILED;
    }

    private String failure(CaseResult result, PolicyFiles files) {
        return result.title().id() + " (" + suite + ":" + result.title().line() + "): " + result.failure(files);
    }

    /** An ID may hold anything; a line break in it would make lines that nobody wrote. */
    private static String oneLine(String text) {
        return text.replaceAll("\\p{Cntrl}", "?");
    }

    private String json(List<CaseResult> results, int failed, PolicyFiles files) {
        return JsonOutput.object(json -> json.text("suite", suite.toString())
                .number("passed", results.size() - failed)
                .number("failed", failed)
                .objects("cases", results, result -> oneCase(json, result, files)));
    }

    private static void oneCase(JsonOutput json, CaseResult result, PolicyFiles files) {
        json.text("id", result.title().id())
                .number("line", result.title().line())
                .flag("passed", result.passed())
                .outcomes("expected", result.right());
        result.actual().ifPresent(actual -> json.text("actual", actual.name()));
        if (!result.passed()) {
            json.text("failure", result.failure(files));
        }
        json.objects(
                "checks",
                result.checks(),
                check -> json.decision(check.action(), check.resource(), check.decision(), files));
    }
}
