package io.apsaramqtt.cli;

import io.apsaramqtt.advice.Finding;
import io.apsaramqtt.advice.Finding.Severity;
import io.apsaramqtt.advice.PolicyLinter;
import io.apsaramqtt.resource.Dialect;
import io.apsaramqtt.resource.ServiceInstance;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code lint}: says what is wrong or unwise in policy files. Not thread-safe. */
@Command(
        name = "lint",
        mixinStandardHelpOptions = true,
        versionProvider = JarVersion.class,
        description = {
            "Says what is wrong or unwise in policy documents, with line and column.",
            "Each file is judged by itself."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  apsara-mqtt lint policy.json",
            "  apsara-mqtt lint --instance post-cn-x --format json user.json group.json"
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            " 0:nothing, or advice alone",
            " 1:a warning or an error",
            "64:wrong usage",
            "65:a file cannot be read"
        })
final class LintCommand implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before any command runs
    private CommandSpec spec;

    @Parameters(arity = "1..*", paramLabel = "FILE", description = "Policy documents, or sets of named ones.")
    @SuppressWarnings("NullAway.Init") // required
    private List<Path> files;

    @Option(
            names = "--instance",
            paramLabel = "ID",
            description = "Instance that the policies are for, as in post-cn-x: resources of others are reported.")
    private @Nullable String instance;

    @Option(
            names = "--dialect",
            defaultValue = "AUTO",
            converter = DialectName.class,
            paramLabel = "NAME",
            description = "Generation of resource names that they should use. Default: ${DEFAULT-VALUE}.")
    private Dialect dialect = Dialect.AUTO;

    @Option(
            names = "--format",
            defaultValue = "text",
            paramLabel = "FORMAT",
            description = "text (the default), or json: every finding on one line for programs.")
    private OutputFormat format = OutputFormat.TEXT;

    @Override
    public Integer call() {
        PolicyLinter linter =
                instance == null ? new PolicyLinter() : PolicyLinter.forInstance(ServiceInstance.of(instance), dialect);
        List<Finding> findings = files.stream()
                .flatMap(file -> linter.lint(file.toString(), TextFile.read("Policy file", file)).stream())
                .toList();
        PrintWriter out = spec.commandLine().getOut();
        if (format == OutputFormat.JSON) {
            out.println(JsonOutput.object(json -> json.objects(
                    "findings",
                    findings,
                    finding -> json.text("severity", finding.severity().toString())
                            .text("rule", finding.rule().toString())
                            .text("file", finding.source())
                            .number("line", finding.line())
                            .number("column", finding.column())
                            .text("message", finding.message()))));
        } else {
            Ansi ansi = spec.commandLine().getColorScheme().ansi();
            findings.forEach(finding -> out.println(coloured(finding, ansi)));
            out.println(numbers(findings));
        }
        out.flush();
        boolean clean = findings.stream().allMatch(finding -> finding.severity() == Severity.ADVICE);
        return clean ? ExitCode.DONE : ExitCode.FAILED;
    }

    /** The severity in its colour; the rest of the line as it is, which may hold what looks like markup. */
    private static String coloured(Finding finding, Ansi ansi) {
        String word = ": " + finding.severity() + ": ";
        String colour = finding.severity() == Severity.ERROR
                ? "bold,red"
                : finding.severity() == Severity.WARNING ? "bold,yellow" : "bold";
        String line = finding.toString();
        int at = line.indexOf(word, finding.source().length());
        return line.substring(0, at) + ": " + ansi.string("@|" + colour + " " + finding.severity() + "|@") + ": "
                + line.substring(at + word.length());
    }

    private static String numbers(List<Finding> findings) {
        return count(findings, Severity.ERROR) + " errors, " + count(findings, Severity.WARNING) + " warnings, "
                + count(findings, Severity.ADVICE) + " advice";
    }

    private static long count(List<Finding> findings, Severity severity) {
        return findings.stream()
                .filter(finding -> finding.severity() == severity)
                .count();
    }
}
