package io.apsaramqtt.cli;

import io.apsaramqtt.mqtt.InvalidMqttValueException;
import io.apsaramqtt.mqtt.Message;
import io.apsaramqtt.mqtt.Profile;
import io.apsaramqtt.mqtt.ServiceRuleException;
import io.apsaramqtt.mqtt.ServiceRules;
import io.apsaramqtt.mqtt.TopicFilter;
import io.apsaramqtt.mqtt.TopicName;
import io.apsaramqtt.permission.PermissionScope;
import io.apsaramqtt.policy.ResourceName;
import java.io.PrintWriter;
import java.time.Clock;
import java.util.function.Function;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
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
            "  apsara-mqtt check --policy role.json --session-policy session.json \\",
            "      --instance post-cn-x --instance-access-required publish alarms",
            "  apsara-mqtt check --policy policy.json --context acs:SourceIp=10.0.0.1 \\",
            "      --absent acs:SourceVpc action mq:PUB \\",
            "      'acs:mq:cn-hangzhou:*:topic/post-cn-x/alarms'"
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

    @Mixin
    private final PolicyOptions policies = new PolicyOptions();

    @Mixin
    private final InstanceOptions where = new InstanceOptions();

    @Mixin
    private final ContextOptions context = new ContextOptions();

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
        GivenOptions given = new GivenOptions(spec);
        given.requireOneValueEach();
        RequestKnowledge knowledge = usable(() -> context.knowledge(given, clock));
        PolicyFiles files = new PolicyFiles();
        PolicyOptions.Read read = policies.read(given, files);
        CheckAnswer answer = usable(() -> question.apply(new PolicyCheck(read.layers(), read.source(), knowledge)));
        PrintWriter out = spec.commandLine().getOut();
        out.println(format == OutputFormat.JSON ? answer.json(files) : answer.text(new Evidence(files, read.grants())));
        out.flush();
        return switch (answer.outcome()) {
            case ALLOWED -> ExitCode.DONE;
            case EXPLICIT_DENY, IMPLICIT_DENY -> ExitCode.FAILED;
            case UNKNOWN -> ExitCode.UNKNOWN;
        };
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
