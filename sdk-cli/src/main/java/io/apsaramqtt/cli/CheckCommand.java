package io.apsaramqtt.cli;

import io.apsaramqtt.mqtt.InvalidMqttValueException;
import io.apsaramqtt.mqtt.Message;
import io.apsaramqtt.mqtt.Profile;
import io.apsaramqtt.mqtt.ServiceRuleException;
import io.apsaramqtt.mqtt.ServiceRules;
import io.apsaramqtt.mqtt.TopicFilter;
import io.apsaramqtt.mqtt.TopicName;
import io.apsaramqtt.permission.PermissionScope;
import io.apsaramqtt.policy.Policy;
import io.apsaramqtt.policy.PolicySet;
import io.apsaramqtt.policy.ResourceName;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** {@code check}: asks policies what a client asks before it publishes or subscribes. Not thread-safe. */
@Command(
        name = "check",
        mixinStandardHelpOptions = true,
        versionProvider = JarVersion.class,
        synopsisSubcommandLabel = "(publish TOPIC | subscribe FILTER | action ACTION RESOURCE)",
        description = {
            "Tells whether policies allow an operation, and which statement says so.",
            "The policies are those of one principal: its own and its groups' together."
        },
        commandListHeading = "%nOperations:%n",
        footerHeading = "%nExamples:%n",
        footer = {
            "  apsara-mqtt check --policy policy.json --instance post-cn-x \\",
            "      publish alarms/device-1",
            "  apsara-mqtt check --policy user.json group.json --instance post-cn-x \\",
            "      --group GID_demo subscribe 'alarms/#'",
            "  apsara-mqtt check --policy AliyunMQPubOnlyAccess --instance post-cn-x \\",
            "      publish alarms",
            "  apsara-mqtt check --policy policy.json --context acs:SourceIp=10.0.0.1 \\",
            "      action mq:PUB 'acs:mq:cn-hangzhou:*:topic/post-cn-x/alarms'"
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            " 0:allowed",
            " 1:denied, explicitly or implicitly",
            " 2:unknown: it depends on what is not known here, and the broker decides",
            "64:wrong usage, or a topic that the service refuses",
            "65:a policy cannot be read or is malformed"
        })
final class CheckCommand {

    private static final ServiceRules RULES = ServiceRules.of(Profile.APSARAMQ);

    private final Clock clock;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before any command runs
    private CommandSpec spec;

    @Option(
            names = "--policy",
            required = true,
            arity = "1..*",
            scope = ScopeType.INHERIT,
            paramLabel = "FILE",
            description = {
                "A RAM policy document, or a set of named ones; or, in place of a file, the name of a system policy of MQ"
                        + " (write ./NAME for a file of that name).",
                "All that are given hold together."
            })
    @SuppressWarnings("NullAway.Init") // required
    private List<String> policies;

    @Mixin
    private final InstanceOptions where = new InstanceOptions();

    @Option(
            names = "--context",
            scope = ScopeType.INHERIT,
            paramLabel = "KEY=VALUE",
            description = {
                "Condition key of the request, as in acs:SourceIp=10.0.0.1; the same key again is another value of it.",
                "What is not given is not known, but: acs:SecureTransport is true, acs:MFAPresent absent,"
                        + " acs:CurrentTime the time of this machine."
            })
    private List<String> context = new ArrayList<>();

    @Option(
            names = "--format",
            scope = ScopeType.INHERIT,
            defaultValue = "text",
            paramLabel = "FORMAT",
            description = "text (the default), or json: one line for programs.")
    private OutputFormat format = OutputFormat.TEXT;

    CheckCommand(Clock clock) {
        this.clock = clock;
    }

    @Command(
            name = "publish",
            mixinStandardHelpOptions = true,
            versionProvider = JarVersion.class,
            description = "Tells whether a client may publish to a topic.")
    int publish(@Parameters(paramLabel = "TOPIC", description = "Topic name, as in alarms/device-1.") String topic) {
        TopicName name = usable(() -> {
            Message message = Message.of(TopicName.of(topic), new byte[0]);
            RULES.requirePublishable(message);
            return message.topic();
        });
        return answer(check -> check.publish(scope(check.knowledge()), name));
    }

    @Command(
            name = "subscribe",
            mixinStandardHelpOptions = true,
            versionProvider = JarVersion.class,
            description = "Tells whether a client may subscribe to a topic filter.")
    int subscribe(@Parameters(paramLabel = "FILTER", description = "Topic filter, as in alarms/#.") String filter) {
        TopicFilter wanted = usable(() -> {
            TopicFilter valid = TopicFilter.of(filter);
            RULES.requireSubscribable(valid);
            return valid;
        });
        return answer(check -> check.subscribe(scope(check.knowledge()), wanted));
    }

    @Command(
            name = "action",
            mixinStandardHelpOptions = true,
            versionProvider = JarVersion.class,
            description = "Tells whether the policies allow any action on any resource.")
    int action(
            @Parameters(paramLabel = "ACTION", description = "Action, as in mq:PUB.") String action,
            @Parameters(
                            paramLabel = "RESOURCE",
                            description = "Whole name of the resource. A region or account that reads * is that of"
                                    + " --region or --account, or else not known; {unknown} stands for any other part"
                                    + " that is not.")
                    String resource) {
        ResourceName name = usable(() -> RequestedResource.of(resource, where.region(), where.account()));
        return answer(check -> check.action(action, name));
    }

    private PermissionScope scope(RequestKnowledge knowledge) {
        return where.scope(knowledge).orElseThrow(() -> misused("Missing required option: '--instance=ID'"));
    }

    private int answer(Function<PolicyCheck, CheckAnswer> question) {
        RequestKnowledge knowledge = usable(() -> RequestKnowledge.of(everyOne("--context", context), clock));
        List<String> sources = everyOne("--policy", policies);
        PolicyFiles files = new PolicyFiles();
        List<Policy> all = new ArrayList<>();
        sources.forEach(policy -> all.addAll(files.named(policy, Path.of(""))));
        PolicySet set = new PolicySet(all);
        CheckAnswer answer = usable(() -> question.apply(new PolicyCheck(set, String.join(", ", sources), knowledge)));
        PrintWriter out = spec.commandLine().getOut();
        out.println(format == OutputFormat.JSON ? answer.json(files) : answer.text(new Evidence(files, set)));
        out.flush();
        return switch (answer.outcome()) {
            case ALLOWED -> ExitCode.DONE;
            case EXPLICIT_DENY, IMPLICIT_DENY -> ExitCode.FAILED;
            case UNKNOWN -> ExitCode.UNKNOWN;
        };
    }

    /**
     * Every value of an option that may be repeated: of a required one picocli forgets those before the operation where some
     * stand behind it, and a policy that drops out unseen may be the one that denies.
     */
    private List<String> everyOne(String option, List<String> kept) {
        ParseResult before = spec.commandLine().getParseResult();
        if (!before.hasMatchedOption(option) || !before.subcommand().hasMatchedOption(option)) {
            return kept;
        }
        List<String> all = new ArrayList<>(before.matchedOption(option).stringValues());
        all.addAll(before.subcommand().matchedOption(option).stringValues());
        return all;
    }

    /** What {@code argument} gives; wrong usage if it cannot. */
    private <T> T usable(Supplier<T> argument) {
        try {
            return argument.get();
        } catch (InvalidMqttValueException | ServiceRuleException | IllegalArgumentException e) {
            throw misused(String.valueOf(e.getMessage()));
        }
    }

    private ParameterException misused(String reason) {
        return new ParameterException(spec.commandLine(), reason);
    }
}
