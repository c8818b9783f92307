package io.apsaramqtt.cli;

import io.apsaramqtt.authentication.Authentication;
import io.apsaramqtt.authentication.SignedConnect;
import io.apsaramqtt.credentials.CredentialsProvider;
import io.apsaramqtt.mqtt.ClientId;
import io.apsaramqtt.mqtt.Profile;
import io.apsaramqtt.mqtt.ServiceRules;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code sign}: signs a connection for tools that cannot, such as mosquitto_pub. Not thread-safe. */
@Command(
        name = "sign",
        mixinStandardHelpOptions = true,
        versionProvider = JarVersion.class,
        description = {
            "Prints user name and password of a connection in signature mode.",
            "The password is as good as the AccessKey for this client ID: do not log it.",
            "The AccessKey comes from ALIBABA_CLOUD_ACCESS_KEY_ID and ALIBABA_CLOUD_ACCESS_KEY_SECRET, or from a profile",
            "in ~/.aliyun/config.json or ~/.alibabacloud/credentials.ini."
        },
        footerHeading = "%nExample:%n",
        footer = "  apsara-mqtt sign --instance post-cn-x --client-id GID_demo@@@device-1",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {" 0:signed", " 1:no AccessKey, or a client ID that the service refuses", "64:wrong usage"})
final class SignCommand implements Callable<Integer> {

    private final CredentialsProvider credentials;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before any command runs
    private CommandSpec spec;

    @Option(names = "--instance", required = true, paramLabel = "ID", description = "Instance ID, as in post-cn-x.")
    @SuppressWarnings("NullAway.Init") // required
    private String instance;

    @Option(
            names = "--client-id",
            required = true,
            paramLabel = "ID",
            description = "Client ID, as in GID_demo@@@device-1.")
    @SuppressWarnings("NullAway.Init") // required
    private String clientId;

    SignCommand(CredentialsProvider credentials) {
        this.credentials = credentials;
    }

    @Override
    public Integer call() {
        ClientId id = ClientId.of(clientId);
        ServiceRules.of(Profile.APSARAMQ).requireClientId(id);
        SignedConnect signed = Authentication.signature(instance, credentials).sign(id);
        PrintWriter out = spec.commandLine().getOut();
        out.println("username=" + signed.username().orElse(""));
        out.println("password=" + signed.password().orElse(""));
        out.flush();
        return ExitCode.DONE;
    }
}
