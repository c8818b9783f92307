package io.apsaramqtt.permission.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.apsaramqtt.permission.EffectivePermissions;
import io.apsaramqtt.permission.Grants;
import io.apsaramqtt.policy.Policy;
import io.apsaramqtt.policy.PolicySet;
import org.junit.jupiter.api.Test;

class PermissionSourceTest {

    @Test
    void fixedGivesThePoliciesOfTheProgram() {
        Policy policy = Policy.system("AliyunMQPubOnlyAccess");
        EffectivePermissions read = PermissionSource.fixed(policy).load();
        assertThat(read.grants())
                .isInstanceOfSatisfying(
                        Grants.Policies.class,
                        granted -> assertThat(granted.layers().account()).isEqualTo(PolicySet.of(policy)));
        assertThat(read.source()).isEqualTo("the program itself");
    }

    @Test
    void noneKnowsNothing() {
        EffectivePermissions read = PermissionSource.none().load();
        assertThat(read.grants()).isEqualTo(new Grants.Unknown("no permission source is configured"));
    }
}
