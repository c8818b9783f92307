package io.apsaramqtt.openapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.apsaramqtt.openapi.CloudServer.Answer;
import io.apsaramqtt.permission.EffectivePermissions;
import io.apsaramqtt.permission.Grants;
import io.apsaramqtt.permission.source.PermissionSourceException;
import io.apsaramqtt.policy.Outcome;
import io.apsaramqtt.policy.Policy;
import io.apsaramqtt.policy.PolicySet;
import io.apsaramqtt.policy.ResourceName;
import io.apsaramqtt.time.ManualClock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.LoggerFactory;

class PrincipalReadingTest {

    private final RamAccount account = new RamAccount();
    private final Calls calls = new Calls();
    private final ListAppender<ILoggingEvent> appender = new ListAppender<>();
    private final Logger logger = (Logger) LoggerFactory.getLogger(RamPermissions.class);
    private final ManualClock clock = new ManualClock();
    private final PrincipalReading reading = new PrincipalReading(
            new RamReader(
                    calls.caller(),
                    new Concurrently(4),
                    RamSettings.STANDARD.withEndpoints(RamEndpoints.all(account.server.uri())),
                    clock),
            Calls.ACCESS_KEY,
            identity -> new PrincipalMemory());

    @BeforeEach
    void listen() {
        appender.start();
        logger.addAppender(appender);
    }

    @AfterEach
    void stop() {
        logger.detachAppender(appender);
        account.server.close();
    }

    @Test
    void whoItIsIsAskedOnce() {
        reading.load();
        reading.load();
        assertThat(account.server.count("GetCallerIdentity")).isEqualTo(1);
        assertThat(account.server.count("ListPoliciesForUser")).isEqualTo(2);
    }

    @Test
    void aUserWithoutTheRightsIsNoFailureAndIsToldOnceWhatItLacks() {
        refuse("ListPoliciesForUser");
        EffectivePermissions read = reading.load();
        assertThat(read.principal()).hasToString("RAM user gateway");
        assertThat(((Grants.Unknown) read.grants()).reason())
                .startsWith("RAM user gateway may not read its own permissions: ListPoliciesForUser at ")
                .contains("code [NoPermission]");
        reading.load();
        assertThat(said())
                .singleElement()
                .satisfies(line -> assertThat(line)
                        .startsWith("RAM user gateway may not read its own permissions")
                        .contains("attach this policy to RAM user gateway: {\"Version\"")
                        .contains("PermissionSource.file, PermissionSource.http or a snapshot"));
    }

    @Test
    void thePolicyItNamesIsOneAndAllowsWhatWasAskedOfThisUserAlone() {
        PolicySet policy = PolicySet.of(
                Policy.parse("rights", RamRights.policy(new CallerIdentity.RamUser(RamAccount.ID, "gateway"))));
        assertThat(List.of(
                        allowed(policy, "ram:ListPoliciesForUser", "user/gateway"),
                        allowed(policy, "ram:ListGroupsForUser", "user/gateway"),
                        allowed(policy, "ram:ListPoliciesForGroup", "group/sensors"),
                        allowed(policy, "ram:GetPolicy", "policy/own"),
                        allowed(policy, "ram:GetPolicyVersion", "policy/own")))
                .containsOnly(true);
        assertThat(allowed(policy, "ram:ListPoliciesForUser", "user/other")).isFalse();
        assertThat(allowed(policy, "ram:CreatePolicy", "policy/own")).isFalse();
        PolicySet ofRole = PolicySet.of(
                Policy.parse("rights", RamRights.policy(new CallerIdentity.RoleSession(RamAccount.ID, "reader", "s"))));
        assertThat(allowed(ofRole, "ram:ListPoliciesForRole", "role/reader")).isTrue();
        assertThat(allowed(ofRole, "ram:ListPoliciesForRole", "role/other")).isFalse();
    }

    private static boolean allowed(PolicySet policy, String action, String relativeId) {
        return policy.decide(action, ResourceName.of("acs:ram:*:" + RamAccount.ID + ":" + relativeId))
                        .outcome()
                == Outcome.ALLOWED;
    }

    @Test
    void aRefusalIsNoVerdictAndTheNextReadingAsksAgain() {
        account.ofUser.add(account.policy("own", "mq:PUB"));
        account.server.on("GetPolicy", request -> Answer.refused(403, "NoPermission", "no"));
        assertThat(reading.load().grants()).isInstanceOf(Grants.Unknown.class);
        account.server.on(
                "GetPolicy",
                request -> Answer.ok("{\"DefaultPolicyVersion\":{\"PolicyDocument\":\""
                        + RamAccount.escaped(account.document("own")) + "\"}}"));
        assertThat(reading.load().grants()).isInstanceOf(Grants.Policies.class);
    }

    @Test
    void aRefusalOfWhatWasGrantedBeforeIsAFailureUntilItLasts() {
        reading.load();
        refuse("ListGroupsForUser");
        PermissionSourceException failure = failure();
        assertThat(failure.isTemporary()).isTrue();
        assertThat(failure).hasMessageContaining("refuses what it granted before; it is asked again");
        clock.advance(Duration.ofMinutes(2).minusMillis(1));
        assertThat(failure().isTemporary()).isTrue();
        assertThat(said()).isEmpty();
        clock.advance(Duration.ofMillis(1));
        assertThat(reading.load().grants()).isInstanceOf(Grants.Unknown.class);
        assertThat(said()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        "400, SignatureDoesNotMatch, Check AccessKey [LTAI5t****Qx9]",
        "403, InvalidAccessKeyId.Inactive, Check AccessKey [LTAI5t****Qx9]",
        "403, InvalidSecurityToken.Expired, has expired; resolve the temporary credentials again",
        "400, InvalidTimeStamp.Expired, The clock of this machine is",
        "503, Throttling.User, code [Throttling.User]",
        "500, InternalError, code [InternalError]"
    })
    void anyOtherFailureIsATemporaryOneThatSaysWhy(int status, String code, String said) {
        account.server.on("GetCallerIdentity", request -> Answer.refused(status, code, "in words"));
        PermissionSourceException failure = failure();
        assertThat(failure.isTemporary()).isTrue();
        assertThat(failure).hasMessageStartingWith("Permission source [RAM] failed: GetCallerIdentity at ");
        assertThat(failure).hasMessageContaining(said).hasCauseInstanceOf(OpenApiException.class);
    }

    @Test
    void aPolicyThatIsNoneIsATemporaryFailureToo() {
        account.ofUser.add(account.policy("broken", "{}"));
        assertThat(failure().isTemporary()).isTrue();
        assertThat(failure()).hasMessageContaining("Policy [broken]");
    }

    private void refuse(String action) {
        account.server.on(action, request -> Answer.refused(403, "NoPermission", "no"));
    }

    private PermissionSourceException failure() {
        return catchThrowableOfType(PermissionSourceException.class, reading::load);
    }

    private List<String> said() {
        return appender.list.stream()
                .filter(event -> event.getLevel().isGreaterOrEqual(Level.INFO))
                .map(ILoggingEvent::getFormattedMessage)
                .toList();
    }
}
