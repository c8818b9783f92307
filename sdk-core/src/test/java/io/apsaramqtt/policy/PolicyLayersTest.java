package io.apsaramqtt.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PolicyLayersTest {

    private static final ResourceName ALARMS = ResourceName.of("acs:mq:cn-hangzhou:1:topic/x/alarms");

    @Test
    void layersThatReadTheSameAreEqual() {
        for (int i = 0; i < layers().size(); i++) {
            for (int j = 0; j < layers().size(); j++) {
                PolicyLayers one = layers().get(i);
                PolicyLayers other = layers().get(j);
                assertThat(one.equals(other)).as("layers %d and %d", i, j).isEqualTo(i == j);
            }
        }
        assertThat(layers()).allSatisfy(layers -> assertThat(layers).isNotEqualTo("layers"));
    }

    @Test
    void layersThatReadTheSameHaveTheSameHashAndOthersUsuallyNot() {
        assertThat(PolicyLayers.of(set("*"))).hasSameHashCodeAs(PolicyLayers.of(set("*")));
        assertThat(PolicyLayers.of(set("*")).hashCode())
                .isNotEqualTo(PolicyLayers.of(set("a")).hashCode());
    }

    @Test
    void onlyTheAccountHasPoliciesWhereTheOtherLayersHaveNoneOrCouldNotBeRead() {
        PolicyLayers alone = PolicyLayers.of(set("*"));
        assertThat(Stream.of(
                        alone,
                        alone.withUnreadControlPolicies("why"),
                        alone.withUnreadSessionPolicy("why"),
                        alone.withUnreadResourceGroupPolicies("why")))
                .allMatch(PolicyLayers::hasAccountPoliciesOnly);
        assertThat(Stream.of(
                        alone.withControlPolicies(set("*")),
                        alone.withSessionPolicy(set("*")),
                        alone.withResourceGroupPolicies(set("*"))))
                .noneMatch(PolicyLayers::hasAccountPoliciesOnly);
    }

    @Test
    void whatCouldNotBeReadIsToldAndTakenBackAlike() {
        PolicyLayers layers = PolicyLayers.of(set("*"))
                .withUnreadControlPolicies("no right")
                .withUnreadSessionPolicy("not kept")
                .withUnreadResourceGroupPolicies("unknown group");
        assertThat(layers.unread())
                .containsExactly(
                        Map.entry(UnreadLayer.CONTROL_POLICIES, "no right"),
                        Map.entry(UnreadLayer.SESSION_POLICY, "not kept"),
                        Map.entry(UnreadLayer.RESOURCE_GROUP_POLICIES, "unknown group"));
        PolicyLayers again = PolicyLayers.of(set("*"));
        for (Map.Entry<UnreadLayer, String> unread : layers.unread().entrySet()) {
            again = again.withUnread(unread.getKey(), unread.getValue());
        }
        assertThat(again).isEqualTo(layers);
        assertThat(PolicyLayers.of(set("*")).unread()).isEmpty();
    }

    @Test
    void theEvidenceIsInTheOrderOfTheDocumentHoweverItWasFound() {
        // By pattern, by beginning, and by the name itself; the index looks these up the other way round.
        PolicyLayers layers = PolicyLayers.of(PolicySet.parse("p", """
                {"Version": "1", "Statement": [
                  {"Effect": "Allow", "Action": "mq:PUB", "Resource": "acs:mq:*:*:*/x/?larms"},
                  {"Effect": "Allow", "Action": "mq:PUB", "Resource": "acs:mq:*:*:topic/x/*"},
                  {"Effect": "Allow", "Action": "mq:PUB", "Resource": "acs:mq:*:*:topic/x/alarms"},
                  {"Effect": "Allow", "Action": "mq:PUB", "Resource": "acs:mq:*:*:*/x/alarm?"},
                  {"Effect": "Allow", "Action": "mq:PUB", "Resource": "acs:mq:*:*:topic/*"}
                ]}"""));
        assertThat(layers.decide("mq:PUB", ALARMS, RequestContext.nothingKnown())
                        .statements())
                .extracting(Statement::toString)
                .containsExactly(
                        "policy \"p\", statement 1",
                        "policy \"p\", statement 2",
                        "policy \"p\", statement 3",
                        "policy \"p\", statement 4",
                        "policy \"p\", statement 5");
    }

    /** Made anew at each call, each of them different from the others. */
    private static List<PolicyLayers> layers() {
        PolicyLayers alone = PolicyLayers.of(set("*"));
        return List.of(
                alone,
                PolicyLayers.of(set("a")),
                alone.withControlPolicies(set("*")),
                alone.withControlPolicies(set("a")),
                alone.withControlPolicies(PolicySet.of()),
                alone.withUnreadControlPolicies("why"),
                alone.withUnreadControlPolicies("why else"),
                alone.withSessionPolicy(set("*")),
                alone.withUnreadSessionPolicy("why"),
                alone.withResourceGroupPolicies(set("*")),
                alone.withUnreadResourceGroupPolicies("why"));
    }

    private static PolicySet set(String resource) {
        return PolicySet.of(Policy.parse(
                "p",
                "{\"Version\":\"1\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"mq:PUB\",\"Resource\":\""
                        + resource + "\"}]}"));
    }
}
