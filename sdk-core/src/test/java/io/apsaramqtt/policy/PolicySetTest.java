package io.apsaramqtt.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PolicySetTest {

    private static final ResourceName ALARMS = ResourceName.of("acs:mq:cn-hangzhou:1:topic/x/alarms");
    private static final String CONDITION = ",\"Condition\":{\"Bool\":{\"acs:SecureTransport\":\"true\"}}";

    @Test
    void whatNobodyAllowsIsDeniedImplicitly() {
        assertThat(PolicySet.of().decide("mq:PUB", ALARMS))
                .isEqualTo(new Decision(Set.of(Outcome.IMPLICIT_DENY), List.of(), List.of(), Optional.empty(), false));
        Decision decision = PolicySet.of(policy("a", "Allow", "")).decide("mq:SUB", ALARMS);
        assertThat(decision.outcome()).isEqualTo(Outcome.IMPLICIT_DENY);
        assertThat(decision.statements()).isEmpty();
    }

    @Test
    void aDenyBeatsEveryAllowAndIsTheEvidence() {
        Decision decision =
                PolicySet.of(policy("a", "Allow", ""), policy("d", "Deny", "")).decide("mq:PUB", ALARMS);
        assertThat(decision.outcome()).isEqualTo(Outcome.EXPLICIT_DENY);
        assertThat(decision.statements()).extracting(Statement::toString).containsExactly("policy \"d\", statement 1");
    }

    @Test
    void anAllowIsTheEvidenceOfWhatItAllows() {
        Decision decision =
                PolicySet.of(policy("a", "Allow", ""), policy("b", "Allow", "")).decide("mq:PUB", ALARMS);
        assertThat(decision.outcome()).isEqualTo(Outcome.ALLOWED);
        assertThat(decision.statements())
                .extracting(Statement::toString)
                .containsExactly("policy \"a\", statement 1", "policy \"b\", statement 1");
    }

    @Test
    void anUndecidedAllowIsTheEvidenceOfWhatIsUnknown() {
        Decision decision = PolicySet.of(policy("a", "Allow", CONDITION)).decide("mq:PUB", ALARMS);
        assertThat(decision.outcome()).isEqualTo(Outcome.UNKNOWN);
        assertThat(decision.statements()).extracting(Statement::toString).containsExactly("policy \"a\", statement 1");
    }

    @Test
    void anUndecidedAllowMattersNotBesideACertainOne() {
        Decision decision = PolicySet.of(policy("a", "Allow", CONDITION), policy("b", "Allow", ""))
                .decide("mq:PUB", ALARMS);
        assertThat(decision.outcome()).isEqualTo(Outcome.ALLOWED);
        assertThat(decision.statements()).extracting(Statement::toString).containsExactly("policy \"b\", statement 1");
    }

    @Test
    void anUndecidedDenyLeavesAnAllowOpen() {
        Decision decision = PolicySet.of(policy("a", "Allow", ""), policy("d", "Deny", CONDITION))
                .decide("mq:PUB", ALARMS);
        assertThat(decision.outcome()).isEqualTo(Outcome.UNKNOWN);
        assertThat(decision.statements()).extracting(Statement::toString).containsExactly("policy \"d\", statement 1");
    }

    @Test
    void anUndecidedDenyAloneIsADenyEitherWay() {
        Decision decision = PolicySet.of(policy("d", "Deny", CONDITION)).decide("mq:PUB", ALARMS);
        assertThat(decision.outcome()).isEqualTo(Outcome.IMPLICIT_DENY);
        assertThat(decision.statements()).extracting(Statement::toString).containsExactly("policy \"d\", statement 1");
    }

    @Test
    void aDecisionChangesWithTimeWhereAStatementOnItsActionAsksForTheTime() {
        String timed = ",\"Condition\":{\"DateLessThan\":{\"acs:CurrentTime\":\"2027-01-01T00:00:00Z\"}}";
        PolicySet set = PolicySet.of(policy("a", "Allow", timed), policy("b", "Allow", CONDITION));
        assertThat(set.decide("mq:PUB", ALARMS).changesWithTime()).isTrue();
        assertThat(set.decide("mq:SUB", ALARMS).changesWithTime()).isFalse();
        assertThat(PolicySet.of(policy("b", "Allow", CONDITION))
                        .decide("mq:PUB", ALARMS)
                        .changesWithTime())
                .isFalse();
    }

    @Test
    void ofTwoThatAreEquallyNearTheFirstIsTheNearest() {
        PolicySet set = PolicySet.parse("p", """
                {"Version": "1", "Statement": [
                  {"Effect": "Allow", "Action": "mq:PUB", "Resource": "acs:mq:*:*:topic/x/alar"},
                  {"Effect": "Allow", "Action": "mq:PUB", "Resource": "acs:mq:*:*:topic/x/alarming"},
                  {"Effect": "Allow", "Action": "mq:SUB", "Resource": "acs:mq:*:*:topic/x/alarms/more"}
                ]}""");
        ResourceName alarm = ResourceName.of("mq", null, null, "topic/x/alar");
        assertThat(set.nearestAllow("mq:PUB", alarm)).hasToString("Optional[policy \"p\", statement 1]");
        ResourceName alarms = ResourceName.of("mq", null, null, "topic/x/alarms");
        assertThat(set.nearestAllow("mq:PUB", alarms)).hasToString("Optional[policy \"p\", statement 2]");
        assertThat(set.nearestAllow("mq:SUB", alarms)).hasToString("Optional[policy \"p\", statement 3]");
    }

    @Test
    void theNearestAllowSharesTheLongestBeginning() {
        PolicySet set = PolicySet.parse("p", """
                {"Version": "1", "Statement": [
                  {"Effect": "Allow", "Action": "mq:PUB", "Resource": "acs:mq:*:*:topic/y/alarms"},
                  {"Effect": "Allow", "Action": "mq:*", "Resource": ["acs:mq:*:*:z", "acs:mq:*:*:topic/x/billing"]},
                  {"Effect": "Deny", "Action": "mq:PUB", "Resource": "acs:mq:*:*:topic/x/alarm"},
                  {"Effect": "Allow", "Action": "mq:SUB", "Resource": "acs:mq:*:*:topic/x/alarms"}
                ]}""");
        ResourceName unknownRegion = ResourceName.of("mq", null, null, "topic/x/alarms");
        assertThat(set.nearestAllow("mq:PUB", unknownRegion)).hasToString("Optional[policy \"p\", statement 2]");
        assertThat(set.nearestAllow("ecs:StartInstance", unknownRegion)).isEmpty();
    }

    private static Policy policy(String name, String effect, String more) {
        return Policy.parse(
                name,
                "{\"Version\":\"1\",\"Statement\":[{\"Effect\":\"" + effect
                        + "\",\"Action\":\"mq:PUB\",\"Resource\":\"acs:mq:*:*:topic/x/alarms\"" + more + "}]}");
    }
}
