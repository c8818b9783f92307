package io.apsaramqtt.test.hivemq;

import com.hivemq.extension.sdk.api.auth.SimpleAuthenticator;
import com.hivemq.extension.sdk.api.auth.parameter.OverloadProtectionThrottlingLevel;
import com.hivemq.extension.sdk.api.auth.parameter.SimpleAuthInput;
import com.hivemq.extension.sdk.api.auth.parameter.SimpleAuthOutput;
import com.hivemq.extension.sdk.api.packets.connect.ConnackReasonCode;
import com.hivemq.extension.sdk.api.packets.connect.ConnectPacket;
import io.apsaramqtt.test.event.BrokerEvent.ConnectRefused;
import io.apsaramqtt.test.event.RefusedConnect;
import io.apsaramqtt.test.service.Admission;
import io.apsaramqtt.test.service.Instance;
import io.apsaramqtt.test.service.Instances;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * Lets in who proves to be whom the user name names: {@code <mode>|<ID>|<instance ID>} in the modes {@code Signature}, {@code
 * Token} and {@code DeviceCredential}, or an identity of custom authentication. The rest is refused.
 */
final class ServiceAuthenticator implements SimpleAuthenticator {

    static final String DROP = "apsara-mqtt.drop";

    private final Instances instances;

    ServiceAuthenticator(Instances instances) {
        this.instances = instances;
    }

    @Override
    public void onConnect(SimpleAuthInput input, SimpleAuthOutput output) {
        ConnectPacket connect = input.getConnectPacket();
        String username = connect.getUserName().orElse("");
        String[] parts = username.split("\\|", -1);
        Optional<Instance> instance = parts.length == 3
                ? instances.find(parts[2])
                : instances.all().stream().filter(one -> one.knows(username)).findFirst();
        if (instance.isEmpty()) {
            refuseAtAll(
                    connect.getClientId(),
                    parts.length == 3 ? RefusedConnect.UNKNOWN_INSTANCE : RefusedConnect.MALFORMED_USERNAME,
                    output);
            return;
        }
        Admission admission = instance.get().admit(username, connect.getClientId(), password(connect));
        if (admission instanceof Admission.Accepted accepted) {
            ConnectionOwner.remember(input, instance.get(), accepted.rights());
            // HiveMQ would slow down a client that publishes a lot; the service only advises a rate.
            output.getClientSettings().setOverloadProtectionThrottlingLevel(OverloadProtectionThrottlingLevel.NONE);
            output.authenticateSuccessfully();
        } else if (admission instanceof Admission.Refused refused) {
            refuse(input, instance.get(), refused.reason(), output);
        }
    }

    private static byte[] password(ConnectPacket connect) {
        ByteBuffer buffer = connect.getPassword().orElse(ByteBuffer.allocate(0)).duplicate();
        byte[] password = new byte[buffer.remaining()];
        buffer.get(password);
        return password;
    }

    /** No instance is named: every one is told, so that the test that made the mistake sees it. */
    private void refuseAtAll(String clientId, RefusedConnect reason, SimpleAuthOutput output) {
        instances.all().forEach(instance -> instance.events().record(new ConnectRefused(clientId, reason)));
        output.failAuthentication(ConnackReasonCode.NOT_AUTHORIZED);
    }

    private static void refuse(
            SimpleAuthInput input, Instance instance, RefusedConnect reason, SimpleAuthOutput output) {
        instance.events().record(new ConnectRefused(input.getConnectPacket().getClientId(), reason));
        if (reason.isSilent()) {
            ConnectionOwner.attributes(input).putAsString(DROP, reason.name());
        }
        output.failAuthentication(
                instance.switches().badCredentialsCode()
                        ? ConnackReasonCode.BAD_USER_NAME_OR_PASSWORD
                        : ConnackReasonCode.NOT_AUTHORIZED);
    }
}
