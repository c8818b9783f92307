package io.apsaramqtt.cli;

import io.apsaramqtt.ApsaraMqttException;
import io.apsaramqtt.authentication.Authentication;
import io.apsaramqtt.authentication.SignedConnect;
import io.apsaramqtt.credentials.CredentialsProvider;
import io.apsaramqtt.mqtt.ClientId;
import io.apsaramqtt.mqtt.Profile;
import io.apsaramqtt.mqtt.ServiceRules;
import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * {@code apsara-mqtt}: so far it signs a connection for tools that cannot, such as mosquitto_pub.
 *
 * <p>Not thread-safe.
 */
@Command(
        name = "apsara-mqtt",
        mixinStandardHelpOptions = true,
        version = "apsara-mqtt 0.1.0-SNAPSHOT",
        description = "Tools for ApsaraMQ for MQTT.",
        synopsisSubcommandLabel = "COMMAND")
public final class ApsaraMqttCommand {

    private static final int USAGE = 64;

    private final CredentialsProvider credentials;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before any command runs
    private CommandSpec spec;

    ApsaraMqttCommand(CredentialsProvider credentials) {
        this.credentials = credentials;
    }

    /** Runs a command and exits: 0 done, 1 failed, 64 wrong usage. */
    public static void main(String[] args) {
        System.exit(commandLine(CredentialsProvider.defaultChain()).execute(args));
    }

    static CommandLine commandLine(CredentialsProvider credentials) {
        return new CommandLine(new ApsaraMqttCommand(credentials))
                .setExecutionExceptionHandler((failure, command, parsed) -> {
                    if (!(failure instanceof ApsaraMqttException)) {
                        throw failure;
                    }
                    command.getErr().println(failure.getMessage());
                    return 1;
                })
                .setParameterExceptionHandler((failure, arguments) -> {
                    failure.getCommandLine().getErr().println(failure.getMessage());
                    failure.getCommandLine().usage(failure.getCommandLine().getErr());
                    return USAGE;
                });
    }

    @Command(
            name = "sign",
            mixinStandardHelpOptions = true,
            description = {
                "Prints user name and password of a connection in signature mode.",
                "The password is as good as the AccessKey for this client ID: do not log it.",
                "The AccessKey comes from ALIBABA_CLOUD_ACCESS_KEY_ID and ALIBABA_CLOUD_ACCESS_KEY_SECRET."
            })
    int sign(
            @Option(names = "--instance", required = true, description = "Instance ID, as in post-cn-x.")
                    String instance,
            @Option(names = "--client-id", required = true, description = "Client ID, as in GID_demo@@@device-1.")
                    String clientId) {
        ClientId id = ClientId.of(clientId);
        ServiceRules.of(Profile.APSARAMQ).requireClientId(id);
        SignedConnect signed = Authentication.signature(instance, credentials).sign(id);
        PrintWriter out = spec.commandLine().getOut();
        out.println("username=" + signed.username().orElse(""));
        out.println("password=" + signed.password().orElse(""));
        out.flush();
        return 0;
    }
}
