package io.apsaramqtt.test.hivemq;

import com.hivemq.extension.sdk.api.auth.SimpleAuthenticator;
import com.hivemq.extension.sdk.api.auth.parameter.OverloadProtectionThrottlingLevel;
import com.hivemq.extension.sdk.api.auth.parameter.SimpleAuthInput;
import com.hivemq.extension.sdk.api.auth.parameter.SimpleAuthOutput;
import com.hivemq.extension.sdk.api.packets.connect.ConnackReasonCode;
import com.hivemq.extension.sdk.api.packets.connect.ConnectPacket;
import io.apsaramqtt.test.event.BrokerEvent.ConnectRefused;
import io.apsaramqtt.test.event.RefusedConnect;
import io.apsaramqtt.test.service.Instance;
import io.apsaramqtt.test.service.Instances;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * Lets in who signed the client ID with a known AccessKey secret: the user name is {@code Signature|<AccessKey ID>|<instance
 * ID>} (service page "Signature authentication"). Token mode, device credentials and the rest are refused.
 */
final class SignatureAuthenticator implements SimpleAuthenticator {

    static final String DROP = "apsara-mqtt.drop";

    private final Instances instances;

    SignatureAuthenticator(Instances instances) {
        this.instances = instances;
    }

    @Override
    public void onConnect(SimpleAuthInput input, SimpleAuthOutput output) {
        ConnectPacket connect = input.getConnectPacket();
        String[] username = connect.getUserName().orElse("").split("\\|", -1);
        if (username.length != 3 || !"Signature".equals(username[0])) {
            refuseAtAll(connect.getClientId(), RefusedConnect.MALFORMED_USERNAME, output);
            return;
        }
        Optional<Instance> instance = instances.find(username[2]);
        if (instance.isEmpty()) {
            refuseAtAll(connect.getClientId(), RefusedConnect.UNKNOWN_INSTANCE, output);
            return;
        }
        Optional<RefusedConnect> refusal =
                instance.get().refusal(username[1], connect.getClientId(), password(connect));
        if (refusal.isPresent()) {
            refuse(input, instance.get(), refusal.get(), output);
            return;
        }
        ConnectionOwner.remember(input, username[2], username[1]);
        // HiveMQ would slow down a client that publishes a lot; the service only advises a rate.
        output.getClientSettings().setOverloadProtectionThrottlingLevel(OverloadProtectionThrottlingLevel.NONE);
        output.authenticateSuccessfully();
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
