package io.apsaramqtt.openapi;

import static org.assertj.core.api.Assertions.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.apsaramqtt.credentials.AccessKey;
import io.apsaramqtt.credentials.CredentialsException;
import io.apsaramqtt.credentials.CredentialsProvider;
import io.apsaramqtt.openapi.CloudServer.Answer;
import io.apsaramqtt.permission.EffectivePermissions;
import io.apsaramqtt.permission.Grants;
import io.apsaramqtt.permission.source.CacheTimes;
import io.apsaramqtt.permission.source.PermissionCache;
import io.apsaramqtt.permission.source.PermissionSource;
import io.apsaramqtt.permission.source.PermissionSourceException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class RamPermissionsTest {

    private static final int CLIENTS = 1_000;

    private final RamAccount account = new RamAccount();
    private final RamReadings readings = new RamReadings(new Calls().caller(), Clock.systemUTC());
    private final ExecutorService threads = Executors.newCachedThreadPool();

    @AfterEach
    void stop() {
        threads.shutdownNow();
        account.server.close();
    }

    @Test
    void aThousandClientsAskOnce() throws Exception {
        account.ofUser.add(account.policy("own", "mq:PUB"));
        account.groups.put("sensors", List.of(account.policy("other", "mq:SUB")));
        List<PermissionCache> caches = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            // Each client has objects of its own.
            caches.add(cache(permissions(
                    CredentialsProvider.of(AccessKey.of(Calls.ACCESS_KEY.id(), Calls.ACCESS_KEY.secret())))));
        }
        List<EffectivePermissions> read = together(caches);
        assertThat(read.stream().distinct()).hasSize(1);
        assertThat(account.server.actions())
                .containsExactlyInAnyOrder(
                        "GetCallerIdentity",
                        "ListPoliciesForUser",
                        "ListGroupsForUser",
                        "ListPoliciesForGroup",
                        "GetPolicy",
                        "GetPolicy",
                        "GetResourceDirectory",
                        "GetDefaultDomain",
                        "ListPolicyAttachments",
                        "ListPolicyAttachments");
    }

    @Test
    void allOfAJavaRuntimeTogetherMakeFourCallsAtATimeAndTwentyASecond() {
        assertThat(RamReadings.ofThisJvm())
                .isSameAs(RamReadings.ofThisJvm())
                .extracting("concurrently.threads.maximumPoolSize")
                .isEqualTo(4);
        assertThat(RamReadings.ofThisJvm())
                .extracting("caller", as(type(OpenApiCaller.class)))
                .extracting(caller -> caller.pace().apply(anyCall()))
                .extracting("spacingNanos")
                .isEqualTo(Duration.ofMillis(50).toNanos());
        assertThat(RamReadings.ofThisJvm())
                .extracting("caller.http.timeout", "caller.http.maxBytes", "caller.backoff.attempts")
                .containsExactly(Duration.ofSeconds(10), 1_000_000, 4);
    }

    private OpenApiCall anyCall() {
        return OpenApiCall.reading(account.server.uri(), "2015-05-01", "GetPolicy", Map.of());
    }

    @Test
    void whatAThousandClientsInvalidateIsReadOnceForAll() throws Exception {
        List<PermissionCache> caches = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            caches.add(cache(permissions(CredentialsProvider.of(Calls.ACCESS_KEY))));
        }
        together(caches);
        caches.forEach(PermissionCache::invalidate);
        // The refresh runs on the thread that asks, in this test: everyone has the new copy when all have asked.
        together(caches);
        assertThat(account.server.count("ListPoliciesForUser")).isEqualTo(2);
        assertThat(caches.stream().map(PermissionCache::get).distinct()).hasSize(1);
    }

    @Test
    void whatOneClientInvalidatesIsReadForItAndKeptForTheOthers() {
        PermissionCache one = cache(permissions(CredentialsProvider.of(Calls.ACCESS_KEY)));
        PermissionCache other = cache(permissions(CredentialsProvider.of(Calls.ACCESS_KEY)));
        one.get();
        EffectivePermissions before = other.get();
        one.invalidate();
        one.get();
        assertThat(one.get()).isNotSameAs(before);
        assertThat(other.get()).isSameAs(before);
        other.invalidate();
        other.get();
        assertThat(account.server.count("ListPoliciesForUser")).isEqualTo(3);
    }

    @Test
    void anotherAccessKeyEndpointOrSettingIsAnotherReading() {
        RamPermissions first = permissions(CredentialsProvider.of(Calls.ACCESS_KEY));
        load(first);
        load(permissions(CredentialsProvider.of(AccessKey.of(Calls.ACCESS_KEY.id(), "another secret"))));
        load(first.withoutControlPolicies());
        load(first.withEndpoint(URI.create(account.server.uri() + "/")));
        load(first);
        assertThat(account.server.count("GetCallerIdentity")).isEqualTo(4);
    }

    @Test
    void aRotatedAccessKeyIsUsedAtTheNextReading() {
        Queue<AccessKey> keys = new ArrayDeque<>(List.of(Calls.ACCESS_KEY, AccessKey.of("LTAI5tTheNextKeyId", "next")));
        RamPermissions permissions = permissions(keys::remove);
        permissions.load();
        permissions.load();
        assertThat(account.server.requests().stream()
                        .filter(request -> request.action().equals("GetCallerIdentity"))
                        .map(request -> request.headers().get("Authorization")))
                .hasSize(2)
                .last()
                .asString()
                .contains("Credential=LTAI5tTheNextKeyId,");
    }

    private void isRoleSession() {
        account.identity("AssumedRoleUser", "acs:ram::" + RamAccount.ID + ":assumed-role/reader/alice");
    }

    private RamPermissions withSessionKey(int number) {
        return permissions(
                CredentialsProvider.of(AccessKey.temporary("STS.NExampleKey" + number, "secret", "token" + number)));
    }

    @Test
    void anotherAccessKeyOfARoleSessionIsToldNothingThatWasSaidBefore() {
        isRoleSession();
        account.server.on("ListPoliciesForRole", request -> Answer.refused(403, "NoPermission", "no"));
        Logger logger = (Logger) LoggerFactory.getLogger(RamPermissions.class);
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        log.start();
        logger.addAppender(log);
        try {
            for (int number = 1; number <= 3; number++) {
                assertThat(withSessionKey(number).load().grants()).isInstanceOf(Grants.Unknown.class);
            }
        } finally {
            logger.detachAppender(log);
        }
        assertThat(log.list)
                .singleElement()
                .asString()
                .contains("RAM role reader, session alice may not read its own permissions");
    }

    @Test
    void aRefusalOfWhatAnotherAccessKeyOfTheRoleSessionWasGrantedIsNotBelievedAtOnce() {
        isRoleSession();
        assertThat(withSessionKey(1).load().grants()).isInstanceOf(Grants.Policies.class);
        account.server.on("ListPoliciesForRole", request -> Answer.refused(403, "NoPermission", "no"));
        assertThat(catchThrowableOfType(
                        PermissionSourceException.class, () -> withSessionKey(2).load()))
                .hasMessageContaining("refuses what it granted before");
    }

    @Test
    void accessKeysOfOneRoleSessionThatAskTogetherReadOnce() throws Exception {
        isRoleSession();
        CountDownLatch all = new CountDownLatch(4);
        account.server.before("GetCallerIdentity", () -> {
            all.countDown();
            await(all);
        });
        List<Future<EffectivePermissions>> asked = new ArrayList<>();
        for (int number = 1; number <= 4; number++) {
            RamPermissions one = withSessionKey(number);
            asked.add(threads.submit(() -> one.load()));
        }
        Set<EffectivePermissions> read = new HashSet<>();
        for (Future<EffectivePermissions> one : asked) {
            read.add(one.get());
        }
        assertThat(read).hasSize(1);
        assertThat(account.server.count("ListPoliciesForRole")).isEqualTo(1);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void whatTheUserKnowsIsNotAskedFor() {
        RamPermissions permissions = permissions(CredentialsProvider.of(Calls.ACCESS_KEY))
                .withoutControlPolicies()
                .withoutResourceGroupPolicies();
        assertThat(((Grants.Policies) permissions.load().grants()).layers().unread())
                .isEmpty();
        assertThat(account.server.actions())
                .containsExactlyInAnyOrder("GetCallerIdentity", "ListPoliciesForUser", "ListGroupsForUser");
    }

    @Test
    void withoutAnAccessKeyNothingIsKnownYet() {
        PermissionSourceException failure = catchThrowableOfType(
                PermissionSourceException.class,
                () -> permissions(() -> {
                            throw CredentialsException.of("environment", "is empty");
                        })
                        .load());
        assertThat(failure.isTemporary()).isTrue();
        assertThat(failure).hasMessageContaining("cannot be asked without an AccessKey: No AccessKey found");
    }

    @Test
    void aProgramThatStartsWhileRamIsDownKnowsNothingAndLearnsLater() {
        account.server.on("GetCallerIdentity", request -> Answer.refused(500, "InternalError", "down"));
        PermissionCache cache = cache(permissions(CredentialsProvider.of(Calls.ACCESS_KEY)));
        assertThat(cache.get().grants())
                .isInstanceOfSatisfying(
                        Grants.Unknown.class,
                        unknown -> assertThat(unknown.reason())
                                .startsWith(
                                        "they could not be read yet: Permission source [RAM] failed: GetCallerIdentity"));
    }

    @Test
    void itsTextNamesTheEndpointAlone() {
        assertThat(RamPermissions.of(CredentialsProvider.of(Calls.ACCESS_KEY)))
                .hasToString("RamPermissions[https://ram.aliyuncs.com]");
        assertThat(RamPermissions.of(CredentialsProvider.of(Calls.ACCESS_KEY))
                        .withEndpoints(
                                URI.create("https://sts.example.com"),
                                URI.create("https://ram.example.com"),
                                URI.create("https://ims.example.com"),
                                URI.create("https://rm.example.com")))
                .hasToString("RamPermissions[https://ram.example.com]");
    }

    private RamPermissions permissions(CredentialsProvider credentials) {
        return new RamPermissions(credentials, RamSettings.STANDARD, readings).withEndpoint(account.server.uri());
    }

    private static void load(RamPermissions permissions) {
        permissions.load(Instant.EPOCH);
    }

    private static PermissionCache cache(PermissionSource source) {
        return new PermissionCache(source, CacheTimes.standard(), Runnable::run, Clock.systemUTC());
    }

    private List<EffectivePermissions> together(List<PermissionCache> caches) throws Exception {
        CountDownLatch all = new CountDownLatch(caches.size());
        List<Future<EffectivePermissions>> asked = new ArrayList<>();
        for (PermissionCache cache : caches) {
            asked.add(threads.submit((Callable<EffectivePermissions>) () -> {
                all.countDown();
                all.await();
                return cache.get();
            }));
        }
        List<EffectivePermissions> read = new ArrayList<>();
        for (Future<EffectivePermissions> one : asked) {
            read.add(one.get());
        }
        return read;
    }
}
