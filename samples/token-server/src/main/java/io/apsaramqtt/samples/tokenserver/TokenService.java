package io.apsaramqtt.samples.tokenserver;

import io.apsaramqtt.authentication.Tokens;
import io.apsaramqtt.mqtt.ClientId;
import io.apsaramqtt.mqtt.TopicFilter;
import io.apsaramqtt.openapi.MqttOpenApi;
import io.apsaramqtt.samples.tokenserver.TokenServerProperties.Device;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.stereotype.Service;

/** Knows the devices, and applies for their tokens. A grant that the service would not take ends the start. */
@Service
class TokenService {

    private final Map<String, GrantedDevice> devices;
    private final GrantedDevice nobody;
    private final Clock clock;

    TokenService(TokenServerProperties properties, MqttOpenApi api, Clock clock) {
        Function<Device, GrantedDevice> granted = device -> new GrantedDevice(
                ClientId.of(device.clientId()),
                requireSecret(device),
                api.tokenProvider(
                        device.type(),
                        device.topics().stream().map(TopicFilter::of).toList(),
                        properties.tokenLife()));
        this.devices = properties.devices().stream().collect(Collectors.toUnmodifiableMap(Device::clientId, granted));
        this.nobody = new GrantedDevice(ClientId.of("nobody"), "", clientId -> {
            throw new IllegalStateException("nobody is given a token");
        });
        this.clock = clock;
    }

    /** Spring leaves a placeholder that nothing is set for as it stands, and everyone can read that. */
    private static String requireSecret(Device device) {
        if (device.secret().isBlank() || device.secret().startsWith("${")) {
            throw new IllegalArgumentException(
                    "Device [" + device.clientId() + "] has no secret, or one that names a variable"
                            + " which is not set; give it one of 32 random characters");
        }
        return device.secret();
    }

    /**
     * The tokens of a device; empty if it is not known or {@code secret} is not its own, which take equally long.
     *
     * @throws io.apsaramqtt.ApsaraMqttException if Alibaba Cloud gives none
     */
    Optional<Tokens> tokens(String clientId, String secret, boolean renew) {
        GrantedDevice device = devices.getOrDefault(clientId, nobody);
        return device.isProvenBy(secret) && device != nobody
                ? Optional.of(device.tokens(renew, clock))
                : Optional.empty();
    }
}
