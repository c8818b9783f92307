package io.apsaramqtt.test;

import io.apsaramqtt.ApsaraMqttException;
import io.apsaramqtt.authentication.Authentication;
import io.apsaramqtt.authentication.SignedConnect;
import io.apsaramqtt.credentials.AccessKey;
import io.apsaramqtt.credentials.CredentialsProvider;
import io.apsaramqtt.mqtt.ClientId;
import io.apsaramqtt.policy.Policy;
import java.io.PrintStream;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;

/**
 * A program: a local broker to develop against, which behaves as the service does. It serves one instance at 127.0.0.1 until
 * it is interrupted; {@code --help} lists the options.
 *
 * <p>The AccessKey is the one in the environment variables {@code ALIBABA_CLOUD_ACCESS_KEY_ID} and
 * {@code ALIBABA_CLOUD_ACCESS_KEY_SECRET}. Without them one is made up and printed, which is good for this broker only.
 *
 * <p>Exit codes: 64 for wrong options or credentials, 65 for a policy file that cannot be read or holds no policy, 69 if the
 * broker cannot start.
 *
 * <p>Not thread-safe.
 */
public final class LocalBroker {

    private static final int WRONG_USAGE = 64;
    private static final int WRONG_POLICY = 65;
    private static final int UNAVAILABLE = 69;

    private final PrintStream out;
    private final PrintStream err;

    LocalBroker(PrintStream out, PrintStream err) {
        this.out = out;
        this.err = err;
    }

    /** Runs the broker until the program is interrupted. */
    public static void main(String... args) throws InterruptedException {
        // Without a logging binding, which is the user's affair, SLF4J would say so on each start.
        System.setProperty("slf4j.internal.verbosity", System.getProperty("slf4j.internal.verbosity", "ERROR"));
        int exitCode = new LocalBroker(System.out, System.err).start(environmentAccessKey(), args);
        if (exitCode != 0 || LocalBrokerOptions.isHelp(args)) {
            System.exit(exitCode);
        }
        new CountDownLatch(1).await();
    }

    /** Empty if neither variable is set; one without the other is a mistake that {@code resolve} explains. */
    private static Optional<CredentialsProvider> environmentAccessKey() {
        boolean given = System.getenv("ALIBABA_CLOUD_ACCESS_KEY_ID") != null
                || System.getenv("ALIBABA_CLOUD_ACCESS_KEY_SECRET") != null;
        return given ? Optional.of(CredentialsProvider.environment()) : Optional.empty();
    }

    /** Starts the broker and says how to connect; returns the exit code, 0 if the broker serves or only help was asked. */
    int start(Optional<CredentialsProvider> environment, String... args) {
        if (LocalBrokerOptions.isHelp(args)) {
            out.println(LocalBrokerOptions.HELP);
            return 0;
        }
        LocalBrokerOptions options;
        AccessKey accessKey;
        try {
            options = LocalBrokerOptions.parse(args);
            accessKey = environment.map(CredentialsProvider::resolve).orElseGet(LocalBroker::madeUpAccessKey);
        } catch (IllegalArgumentException | ApsaraMqttException e) {
            return fail(WRONG_USAGE, e);
        }
        Optional<List<Policy>> policies;
        try {
            policies = options.readPolicies();
        } catch (ApsaraMqttException e) {
            return fail(WRONG_POLICY, e);
        }
        EmbeddedApsaraMqttBuilder builder =
                EmbeddedApsaraMqtt.builder().port(options.port()).instanceId(options.instanceId());
        options.groups().forEach(builder::group);
        policies.ifPresentOrElse(
                granted -> builder.user(accessKey, granted.toArray(Policy[]::new)), () -> builder.account(accessKey));
        try {
            sayHowToConnect(builder.start(), options, accessKey, environment.isEmpty());
            return 0;
        } catch (IllegalArgumentException e) {
            return fail(WRONG_USAGE, e);
        } catch (IllegalStateException e) {
            return fail(UNAVAILABLE, e);
        }
    }

    private static AccessKey madeUpAccessKey() {
        return AccessKey.of("LTAI5tLocalUseOnly", UUID.randomUUID().toString().replace("-", ""));
    }

    private int fail(int exitCode, Exception e) {
        err.println(e.getMessage());
        return exitCode;
    }

    private void sayHowToConnect(
            EmbeddedApsaraMqtt broker, LocalBrokerOptions options, AccessKey accessKey, boolean madeUp) {
        out.println("A local broker that behaves as ApsaraMQ for MQTT does. Ctrl-C ends it.");
        say("endpoint", broker.endpoint());
        say("instance", broker.instanceId());
        say("groups", String.join(", ", options.groups()));
        say(
                "permissions",
                options.policyFile()
                        .map(file -> "as in " + file)
                        .orElse("everything is allowed; --policy FILE limits it"));
        if (madeUp) {
            sayMadeUp(broker, accessKey);
        } else {
            say("AccessKey", accessKey.maskedId() + " from the environment");
        }
    }

    /**
     * Only here is a secret printed: nobody else knows the made-up one, and it opens nothing but this broker. With an
     * AccessKey from the environment even a password is not shown, since it would be good on the service, too.
     */
    private void sayMadeUp(EmbeddedApsaraMqtt broker, AccessKey accessKey) {
        ClientId clientId = broker.clientId("device-1");
        SignedConnect connect = Authentication.signature(broker.instanceId(), broker.credentials())
                .sign(clientId);
        out.println();
        out.println("AccessKey made up for local use; it opens nothing but this broker:");
        out.println("  export ALIBABA_CLOUD_ACCESS_KEY_ID=" + accessKey.id());
        out.println("  export ALIBABA_CLOUD_ACCESS_KEY_SECRET=" + accessKey.secret());
        out.println();
        out.println("To connect with any MQTT client:");
        say("client ID", clientId.value());
        say("user name", connect.username().orElseThrow());
        say("password", connect.password().orElseThrow() + "  (of this client ID only)");
    }

    private void say(String name, String value) {
        out.printf("  %-12s %s%n", name, value);
    }
}
