package io.apsaramqtt.spring.autoconfigure;

import java.util.regex.Pattern;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** A property that is missing or refused; of a client ID, what is allowed. Immutable. */
final class PropertyFailureAnalyzer extends AbstractFailureAnalyzer<MqttPropertyException> {

    private static final Pattern OF_CLIENT_ID = Pattern.compile(".*\\.(client-id|group-id|device-id(-from|-file)?)");

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, MqttPropertyException cause) {
        return new FailureAnalysis(
                cause.getMessage() + ".",
                OF_CLIENT_ID.matcher(cause.property()).matches() ? clientId() : other(cause),
                cause);
    }

    private static String clientId() {
        return "A client ID is <GroupID>@@@<DeviceID>, such as GID_demo@@@device-1: letters, digits, '-' and '_' in each part,"
                + " at most 64 characters in all, and no two connections have the same. Set apsara.mqtt.group-id to a group that"
                + " is created on the instance, and apsara.mqtt.device-id, or apsara.mqtt.device-id-from ('host-name',"
                + " 'pod-name' or 'file'); for a broker that is not ApsaraMQ, set apsara.mqtt.profile to 'generic' and"
                + " apsara.mqtt.client-id.";
    }

    private static String other(MqttPropertyException failure) {
        return "Set the property [" + failure.property() + "], or the one of the same name below"
                + " apsara.mqtt.clients.<name>, to what the description allows.";
    }
}
