package io.apsaramqtt.resource;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An instance of ApsaraMQ for MQTT, as far as it is known: resource names are made of it. What is not known makes a
 * decision unknown only where a policy names it.
 *
 * <p>Immutable.
 */
public final class ServiceInstance {

    private final String instanceId;
    private final @Nullable String storeInstanceId;
    private final @Nullable String regionId;
    private final @Nullable String accountId;

    private ServiceInstance(
            String instanceId,
            @Nullable String storeInstanceId,
            @Nullable String regionId,
            @Nullable String accountId) {
        if (instanceId.isBlank()) {
            throw new IllegalArgumentException(
                    "Instance ID is empty; take it from the instance's page in the console, as in post-cn-x");
        }
        this.instanceId = instanceId;
        this.storeInstanceId = storeInstanceId;
        this.regionId = regionId;
        this.accountId = accountId;
    }

    /** The instance with this ID; throws {@link IllegalArgumentException} if it is blank. */
    public static ServiceInstance of(String instanceId) {
        return new ServiceInstance(instanceId, null, null, null);
    }

    /** This instance with the ID of the RocketMQ instance that stores its messages (previous edition only). */
    public ServiceInstance withStoreInstanceId(String id) {
        return new ServiceInstance(instanceId, id, regionId, accountId);
    }

    /** This instance with its region ID, such as {@code cn-hangzhou}. */
    public ServiceInstance withRegionId(String id) {
        return new ServiceInstance(instanceId, storeInstanceId, id, accountId);
    }

    /** This instance with the ID of the Alibaba Cloud account that owns it. */
    public ServiceInstance withAccountId(String id) {
        return new ServiceInstance(instanceId, storeInstanceId, regionId, id);
    }

    /** The instance ID. */
    public String instanceId() {
        return instanceId;
    }

    /** The store instance ID, if known. */
    public Optional<String> storeInstanceId() {
        return Optional.ofNullable(storeInstanceId);
    }

    /** The region ID, if known. */
    public Optional<String> regionId() {
        return Optional.ofNullable(regionId);
    }

    /** The account ID, if known. */
    public Optional<String> accountId() {
        return Optional.ofNullable(accountId);
    }

    /** The instance ID. */
    @Override
    public String toString() {
        return instanceId;
    }
}
