package io.apsaramqtt.openapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.apsaramqtt.openapi.CloudServer.Answer;
import io.apsaramqtt.openapi.OpenApiException.Reason;
import io.apsaramqtt.permission.EffectivePermissions;
import io.apsaramqtt.permission.Grants;
import io.apsaramqtt.policy.Decision;
import io.apsaramqtt.policy.MalformedPolicyException;
import io.apsaramqtt.policy.Outcome;
import io.apsaramqtt.policy.Policy;
import io.apsaramqtt.policy.PolicyLayers;
import io.apsaramqtt.policy.RequestContext;
import io.apsaramqtt.policy.ResourceName;
import io.apsaramqtt.policy.UnreadLayer;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RamReaderTest {

    private final RamAccount account = new RamAccount();
    private final Calls calls = new Calls();
    private RamSettings settings = RamSettings.STANDARD.withEndpoints(RamEndpoints.all(account.server.uri()));

    @AfterEach
    void stop() {
        account.server.close();
    }

    @Test
    void theAccountItselfMayDoEverythingAndRamIsNotAsked() {
        account.identity("Account", "acs:ram::" + RamAccount.ID + ":root");
        EffectivePermissions read = read();
        assertThat(read.principal()).hasToString("Alibaba Cloud account 1234567890");
        assertThat(outcome(read, "mq:PUB")).isEqualTo(Outcome.ALLOWED);
        assertThat(account.server.actions()).containsExactly("GetCallerIdentity");
    }

    @Test
    void aUserHasItsOwnPoliciesAndThoseOfItsGroupsEachReadOnce() {
        PolicyKey shared = account.policy("shared", "mq:SUB");
        account.ofUser.addAll(List.of(account.policy("own", "mq:PUB"), shared));
        account.groups.put("sensors", List.of(shared));
        account.groups.put("actors", List.of(shared, account.policy("other", "mq:MqttInstanceAccess")));
        EffectivePermissions read = read();
        assertThat(read.principal()).hasToString("RAM user gateway");
        assertThat(read.source()).isEqualTo("RAM");
        assertThat(layers(read).account().policies())
                .extracting(Policy::name)
                .containsExactly("own", "shared", "other");
        assertThat(account.server.count("GetPolicy")).isEqualTo(3);
        assertThat(outcome(read, "mq:SUB")).isEqualTo(Outcome.ALLOWED);
        assertThat(outcome(read, "mq:Other")).isEqualTo(Outcome.IMPLICIT_DENY);
        assertThat(decision(read, "mq:SUB").statements())
                .singleElement()
                .hasToString(layers(read)
                        .account()
                        .policies()
                        .get(1)
                        .statements()
                        .get(0)
                        .toString());
        assertThat(decision(read, "mq:SUB").statements().get(0).toString()).contains("group sensors, group actors");
    }

    @ParameterizedTest
    @CsvSource({"RAMUser, user/gateway", "AssumedRoleUser, assumed-role/reader/alice"})
    void everyCallIsOneOfTheFewAtATime(String type, String name) {
        account.identity(type, "acs:ram::" + RamAccount.ID + ":" + name);
        account.ofUser.add(account.policy("own", "mq:PUB"));
        account.ofRole.add(account.policy("own", "mq:PUB"));
        account.groups.put("sensors", List.of());
        read();
        assertThat(calls.threads)
                .hasSameSizeAs(account.server.requests())
                .allMatch(thread -> thread.startsWith("apsara-mqtt-openapi-"));
    }

    @Test
    void aSystemPolicyAndOneOfTheAccountOfTheSameNameAreTwo() {
        PolicyKey system = new PolicyKey("System", "AliyunMQFullAccess");
        account.documents.put(system, Policy.system("AliyunMQFullAccess").document());
        account.ofUser.addAll(List.of(system, account.policy("AliyunMQFullAccess", "mq:Nothing")));
        EffectivePermissions read = read();
        assertThat(outcome(read, "mq:PUB")).isEqualTo(Outcome.ALLOWED);
        assertThat(outcome(read, "mq:Nothing")).isEqualTo(Outcome.ALLOWED);
        assertThat(layers(read).account().policies()).hasSize(2);
    }

    @Test
    void aRoleSessionHasThePoliciesOfItsRoleUnderASessionPolicyThatNobodyCanRead() {
        account.identity("AssumedRoleUser", "acs:ram::" + RamAccount.ID + ":assumed-role/reader/alice");
        account.ofRole.add(account.policy("own", "mq:PUB"));
        EffectivePermissions read = read();
        assertThat(read.principal()).hasToString("RAM role reader, session alice");
        assertThat(layers(read).unread()).containsOnlyKeys(UnreadLayer.SESSION_POLICY);
        assertThat(outcome(read, "mq:PUB")).isEqualTo(Outcome.UNKNOWN);
        assertThat(decision(read, "mq:PUB").unread())
                .containsExactly("session policy (the policy passed to AssumeRole, if any, can be asked of nobody)");
        assertThat(outcome(read, "mq:SUB"))
                .as("nothing adds what the role lacks")
                .isEqualTo(Outcome.IMPLICIT_DENY);
        assertThat(account.server.actions()).doesNotContain("ListPoliciesForUser", "ListGroupsForUser");
    }

    @Test
    void layersThatMayNotBeReadAreNamedAndLeaveWhatTheyCouldChangeUndecided() {
        account.ofUser.add(account.policy("own", "mq:PUB"));
        account.server.on("GetResourceDirectory", request -> Answer.refused(403, "NoPermission", "no"));
        account.server.on("ListPolicyAttachments", request -> Answer.refused(403, "NoPermission", "no"));
        EffectivePermissions read = read();
        assertThat(layers(read).unread())
                .containsOnlyKeys(UnreadLayer.CONTROL_POLICIES, UnreadLayer.RESOURCE_GROUP_POLICIES)
                .containsEntry(
                        UnreadLayer.CONTROL_POLICIES, "the right resourcemanager:GetResourceDirectory is missing")
                .containsEntry(UnreadLayer.RESOURCE_GROUP_POLICIES, "the right ram:ListPolicyAttachments is missing");
        assertThat(outcome(read, "mq:PUB")).as("control policies take away").isEqualTo(Outcome.UNKNOWN);
        assertThat(outcome(read, "mq:SUB")).as("resource groups give").isEqualTo(Outcome.UNKNOWN);
    }

    @Test
    void anAnswerWithoutTheDocumentIsFollowedByAQuestionForTheVersion() {
        account.ofUser.add(account.policy("own", "mq:PUB"));
        String document = account.document("own");
        account.server.on("GetPolicy", "{\"Policy\":{\"PolicyName\":\"own\",\"DefaultVersion\":\"v3\"}}");
        account.server.on(
                "GetPolicyVersion",
                request -> request.parameter("VersionId").equals("v3")
                        ? Answer.ok("{\"PolicyVersion\":{\"PolicyDocument\":\"" + RamAccount.escaped(document) + "\"}}")
                        : Answer.refused(404, "EntityNotExist.Policy.Version", "no"));
        assertThat(outcome(read(), "mq:PUB")).isEqualTo(Outcome.ALLOWED);
    }

    @Test
    void aListThatComesInPartsIsReadToItsEnd() {
        account.policy("first", "mq:PUB");
        account.policy("second", "mq:SUB");
        account.server.on(
                "ListPoliciesForUser",
                request -> Answer.ok(
                        request.parameter("Marker").equals("m")
                                ? RamAccount.policies(List.of(new PolicyKey("Custom", "second")))
                                : "{\"IsTruncated\":true,\"Marker\":\"m\","
                                        + RamAccount.policies(List.of(new PolicyKey("Custom", "first")))
                                                .substring(1)));
        settings = new RamSettings(settings.endpoints(), true, false);
        EffectivePermissions read = read();
        assertThat(outcome(read, "mq:PUB")).isEqualTo(Outcome.ALLOWED);
        assertThat(outcome(read, "mq:SUB")).isEqualTo(Outcome.ALLOWED);
    }

    @Test
    void aListWhosePartsFollowEachOtherInACircleIsNotReadForEver() {
        AtomicInteger asked = new AtomicInteger();
        account.server.on("ListPoliciesForUser", request -> {
            // Ends at some time, so that the test does where the circle is not seen.
            String marker = request.parameter("Marker").equals("a") ? "b" : "a";
            return Answer.ok("{\"IsTruncated\":" + (asked.incrementAndGet() < 100) + ",\"Marker\":\"" + marker + "\","
                    + RamAccount.policies(List.of()).substring(1));
        });
        settings = new RamSettings(settings.endpoints(), true, false);
        assertThatThrownBy(this::read)
                .isInstanceOf(OpenApiException.class)
                .hasMessageContaining("ListPoliciesForUser")
                .hasMessageContaining("names Marker [a] a second time, its list would have no end");
        // An answer that is not understood is asked for again a few times.
        assertThat(asked).hasValueLessThan(10);
    }

    @Test
    void aPolicyThatIsReplacedBetweenTwoCallsIsReadInItsPlace() {
        PolicyKey old = new PolicyKey("Custom", "old");
        PolicyKey successor = account.policy("new", "mq:PUB");
        account.ofUser.add(old);
        AtomicInteger lists = new AtomicInteger();
        account.server.on("ListPoliciesForUser", request -> {
            if (lists.incrementAndGet() > 1) {
                account.ofUser.set(0, successor);
            }
            return Answer.ok(RamAccount.policies(account.ofUser));
        });
        EffectivePermissions read = read();
        assertThat(outcome(read, "mq:PUB")).isEqualTo(Outcome.ALLOWED);
        assertThat(lists).hasValue(2);
    }

    @Test
    void aGroupThatIsDeletedBetweenTwoCallsIsNoFailure() {
        account.groups.put("sensors", List.of());
        account.server.on("ListPoliciesForGroup", request -> {
            account.groups.clear();
            return Answer.refused(404, "EntityNotExist.Group", "no group sensors");
        });
        account.ofUser.add(account.policy("own", "mq:PUB"));
        assertThat(outcome(read(), "mq:PUB")).isEqualTo(Outcome.ALLOWED);
    }

    @Test
    void aPolicyThatIsListedAndGoneForEverIsAFailure() {
        account.ofUser.add(new PolicyKey("Custom", "ghost"));
        OpenApiException failure = catchThrowableOfType(OpenApiException.class, this::read);
        assertThat(failure.reason()).isEqualTo(Reason.NOT_FOUND);
        assertThat(failure.code()).contains("EntityNotExist.Policy");
        assertThat(account.server.count("ListPoliciesForUser")).isEqualTo(3);
    }

    @Test
    void aUserThatDoesNotExistIsAskedForOnce() {
        account.server.on("ListPoliciesForUser", request -> Answer.refused(404, "EntityNotExist.User", "no user"));
        OpenApiException failure = catchThrowableOfType(OpenApiException.class, this::read);
        assertThat(failure.code()).contains("EntityNotExist.User");
        assertThat(account.server.count("ListPoliciesForUser")).isEqualTo(1);
    }

    @Test
    void aPolicyThatIsNoneIsNamed() {
        account.ofUser.add(account.policy("broken", "{\"Version\":\"1\"}"));
        assertThat(catchThrowableOfType(MalformedPolicyException.class, this::read))
                .hasMessageStartingWith("Policy [broken], line 1");
    }

    @Test
    void aPolicyWithADoubleMemberIsNamed() {
        account.ofUser.add(account.policy("double", "{\"Version\":\"1\",\"Version\":\"1\",\"Statement\":[]}"));
        assertThat(catchThrowableOfType(MalformedPolicyException.class, this::read))
                .hasMessageContaining("Duplicate");
    }

    private EffectivePermissions read() {
        RamReader reader = new RamReader(calls.caller(), new Concurrently(4), settings, Clock.systemUTC());
        return reader.read(reader.identity(Calls.ACCESS_KEY), Calls.ACCESS_KEY);
    }

    private static PolicyLayers layers(EffectivePermissions read) {
        return ((Grants.Policies) read.grants()).layers();
    }

    private static Decision decision(EffectivePermissions read, String action) {
        return layers(read)
                .decide(action, ResourceName.of("acs:mq:*:*:topic/post-cn-demo/alarms"), RequestContext.nothingKnown());
    }

    private static Outcome outcome(EffectivePermissions read, String action) {
        return decision(read, action).outcome();
    }
}
