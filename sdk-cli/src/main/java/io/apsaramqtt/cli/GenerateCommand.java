package io.apsaramqtt.cli;

import io.apsaramqtt.advice.LeastPrivilege;
import io.apsaramqtt.mqtt.InvalidMqttValueException;
import io.apsaramqtt.mqtt.TopicFilter;
import io.apsaramqtt.mqtt.TopicName;
import io.apsaramqtt.resource.Dialect;
import io.apsaramqtt.resource.ServiceInstance;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code generate}: writes the policy that grants what a client needs and no more. Not thread-safe. */
@Command(
        name = "generate",
        mixinStandardHelpOptions = true,
        versionProvider = JarVersion.class,
        description = {
            "Prints the policy that grants these operations, as narrowly as RAM can say it.",
            "What it grants beyond them is told on standard error: RAM knows parent topics only."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  apsara-mqtt generate --instance post-cn-x --publish alarms/device-1",
            "  apsara-mqtt generate --instance post-cn-x --group GID_demo \\",
            "      --publish alarms/a --subscribe 'commands/#' > policy.json"
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {" 0:printed", "64:wrong usage, or a topic that RAM cannot name"})
final class GenerateCommand implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before any command runs
    private CommandSpec spec;

    @Option(names = "--instance", required = true, paramLabel = "ID", description = "Instance ID, as in post-cn-x.")
    @SuppressWarnings("NullAway.Init") // required
    private String instance;

    @Option(names = "--group", paramLabel = "ID", description = "Group of the client; needed to subscribe.")
    private @Nullable String group;

    @Option(names = "--publish", paramLabel = "TOPIC", description = "Topic to publish to; may be given again.")
    private List<String> publish = List.of();

    @Option(names = "--subscribe", paramLabel = "FILTER", description = "Filter to subscribe to; may be given again.")
    private List<String> subscribe = List.of();

    @Option(
            names = "--dialect",
            defaultValue = "AUTO",
            converter = DialectName.class,
            paramLabel = "NAME",
            description = "Generation of resource names to write; AUTO, the default, means the current edition.")
    private Dialect dialect = Dialect.AUTO;

    @Option(
            names = "--store-instance",
            paramLabel = "ID",
            description = "RocketMQ instance that stores the messages; named by the previous edition.")
    private @Nullable String storeInstance;

    @Option(names = "--without-namespace", description = "The instance has no namespace; not in the current edition.")
    private boolean withoutNamespace;

    @Override
    public Integer call() {
        LeastPrivilege.GrantedPolicy granted = grant();
        PrintWriter out = spec.commandLine().getOut();
        out.print(granted.document());
        out.flush();
        PrintWriter err = spec.commandLine().getErr();
        granted.overGrants().forEach(sentence -> err.println("note: " + sentence));
        err.flush();
        return ExitCode.DONE;
    }

    private LeastPrivilege.GrantedPolicy grant() {
        try {
            ServiceInstance on = ServiceInstance.of(instance);
            LeastPrivilege asked = LeastPrivilege.on(storeInstance == null ? on : on.withStoreInstanceId(storeInstance))
                    .inDialect(dialect)
                    .publishing(publish.stream().map(TopicName::of).toArray(TopicName[]::new))
                    .subscribing(subscribe.stream().map(TopicFilter::of).toArray(TopicFilter[]::new));
            asked = group == null ? asked : asked.forGroup(group);
            return (withoutNamespace ? asked.withoutNamespace() : asked).policy();
        } catch (IllegalArgumentException | InvalidMqttValueException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
        }
    }
}
