package io.apsaramqtt.resource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class ServiceInstanceTest {

    @Test
    void knowsItsIdAndNothingElseUnlessTold() {
        ServiceInstance instance = ServiceInstance.of("post-cn-x");
        assertThat(instance).hasToString("post-cn-x");
        assertThat(instance.storeInstanceId()).isEmpty();
        assertThat(instance.regionId()).isEmpty();
        assertThat(instance.accountId()).isEmpty();
    }

    @Test
    void keepsWhatItWasToldBefore() {
        ServiceInstance instance = ServiceInstance.of("post-cn-x")
                .withStoreInstanceId("MQ_INST_1")
                .withRegionId("cn-hangzhou")
                .withAccountId("1234567890123456");
        assertThat(instance.instanceId()).isEqualTo("post-cn-x");
        assertThat(instance.storeInstanceId()).contains("MQ_INST_1");
        assertThat(instance.regionId()).contains("cn-hangzhou");
        assertThat(instance.accountId()).contains("1234567890123456");
    }

    @Test
    void refusesABlankId() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ServiceInstance.of(" "))
                .withMessage("Instance ID is empty; take it from the instance's page in the console, as in post-cn-x");
    }
}
