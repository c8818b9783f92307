package io.apsaramqtt.test.cloud.account;

import io.apsaramqtt.credentials.AccessKey;
import io.apsaramqtt.policy.Decision;
import io.apsaramqtt.policy.Policy;
import io.apsaramqtt.policy.PolicySet;
import io.apsaramqtt.policy.RequestContext;
import io.apsaramqtt.policy.ResourceName;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * An Alibaba Cloud account, as a test wants it to be. Whatever is changed holds for the next request.
 *
 * <p>{@link #user}, {@link #group} and {@link #role} create what they are asked for; the {@code find} methods do not.
 *
 * <p>Thread-safe.
 */
public final class Account {

    private final String id;
    private final Clock clock;
    private final Policies policies;
    private final AccessKeys accessKeys = new AccessKeys();
    private final Map<String, User> users = new ConcurrentHashMap<>();
    private final Map<String, Group> groups = new ConcurrentHashMap<>();
    private final Map<String, Role> roles = new ConcurrentHashMap<>();
    private final Set<String> instances = ConcurrentHashMap.newKeySet();
    private final AtomicLong ids = new AtomicLong(200_000_000_000_000_000L);
    private volatile String alias;
    private volatile @Nullable ResourceDirectory resourceDirectory;

    /** An account that holds nothing yet. */
    public Account(String id, Clock clock) {
        this.id = id;
        this.alias = id;
        this.clock = clock;
        this.policies = new Policies(clock);
    }

    /** The account ID. */
    public String id() {
        return id;
    }

    /** Gives the account an alias, which its default domain and the names of all principals end in; at first it is the ID. */
    public Account setAlias(String name) {
        this.alias = name;
        return this;
    }

    /** Such as {@code demo.onaliyun.com}, where the alias is {@code demo}. */
    public String defaultDomain() {
        return alias + ".onaliyun.com";
    }

    /** The domain of roles, such as {@code role.demo.onaliyunservice.com}. */
    public String roleDomain() {
        return "role." + alias + ".onaliyunservice.com";
    }

    /** Puts the account into a resource directory; null takes it out. What control policies say is not looked at here. */
    public Account setResourceDirectory(@Nullable ResourceDirectory directory) {
        this.resourceDirectory = directory;
        return this;
    }

    /** The resource directory that the account is in; at first none. */
    public Optional<ResourceDirectory> resourceDirectory() {
        return Optional.ofNullable(resourceDirectory);
    }

    /** The policies that can be attached. */
    public Policies policies() {
        return policies;
    }

    /** The AccessKeys, to be disabled and deleted. */
    public AccessKeys accessKeys() {
        return accessKeys;
    }

    /** Adds an AccessKey of the account itself; throws {@link IllegalArgumentException} if it is temporary or known. */
    public Account addAccessKey(AccessKey accessKey) {
        accessKeys.addPermanent(accessKey, Caller.account(id));
        return this;
    }

    /** The user of this name, created if need be. */
    public User user(String name) {
        return users.computeIfAbsent(name, missing -> new User(this, missing, nextId(), clock));
    }

    /** The group of this name, created if need be. */
    public Group group(String name) {
        return groups.computeIfAbsent(name, missing -> new Group(this, missing, nextId(), clock));
    }

    /** The role of this name, created if need be. */
    public Role role(String name) {
        return roles.computeIfAbsent(name, missing -> new Role(this, missing, nextId(), clock));
    }

    private String nextId() {
        return Long.toString(ids.incrementAndGet());
    }

    /** The user of this name. */
    public Optional<User> findUser(String name) {
        return Optional.ofNullable(users.get(name));
    }

    /** The group of this name. */
    public Optional<Group> findGroup(String name) {
        return Optional.ofNullable(groups.get(name));
    }

    /** The role of this name. */
    public Optional<Role> findRole(String name) {
        return Optional.ofNullable(roles.get(name));
    }

    /** Deletes a user with its AccessKeys and memberships; says whether it was there. */
    public boolean deleteUser(String name) {
        accessKeys.deleteAllOf(IdentityType.RAM_USER, name);
        groups.values().forEach(group -> group.removeMember(name));
        return users.remove(name) != null;
    }

    /** Deletes a group; says whether it was there. */
    public boolean deleteGroup(String name) {
        return groups.remove(name) != null;
    }

    /** Deletes a role, and ends its sessions; says whether it was there. */
    public boolean deleteRole(String name) {
        accessKeys.deleteAllOf(IdentityType.ASSUMED_ROLE_USER, name);
        return roles.remove(name) != null;
    }

    /** The groups of a user, by name. */
    public List<Group> groupsOf(String userName) {
        return groups.values().stream()
                .filter(group -> group.joinedAt(userName).isPresent())
                .sorted(Comparator.comparing(Group::name))
                .toList();
    }

    /** All users, groups and roles, by name. */
    public List<Identity> identities() {
        return Stream.of(users, groups, roles)
                .flatMap(each -> each.values().stream())
                .map(Identity.class::cast)
                .sorted(Comparator.comparing(Identity::name))
                .toList();
    }

    /** Creates an instance of ApsaraMQ for MQTT. */
    public Account addInstance(String instanceId) {
        instances.add(instanceId);
        return this;
    }

    /** Whether the account owns the instance. */
    public boolean owns(String instanceId) {
        return instances.contains(instanceId);
    }

    /**
     * What the policies attached in the whole account say of a request from this machine; the account itself has none, and
     * may do everything. Policies limited to a resource group are listed, but grant nothing here.
     */
    public Decision decide(Caller caller, String action, ResourceName resource) {
        RequestContext context = RequestContext.complete(Map.of(
                RequestContext.CURRENT_TIME,
                List.of(clock.instant().truncatedTo(ChronoUnit.SECONDS).toString()),
                "acs:SourceIp",
                List.of("127.0.0.1"),
                "acs:SecureTransport",
                List.of("false")));
        return new PolicySet(policiesOf(caller)).decide(action, resource, context);
    }

    private List<Policy> policiesOf(Caller caller) {
        Stream<? extends Identity> identities = caller.type() == IdentityType.RAM_USER
                ? Stream.concat(findUser(caller.name()).stream(), groupsOf(caller.name()).stream())
                : findRole(caller.name()).stream();
        return identities
                .flatMap(Identity::accountAttachments)
                .flatMap(attachment -> attachment.policy().defaultVersion().policy().stream())
                .toList();
    }

    /** The account ID. */
    @Override
    public String toString() {
        return "Account[" + id + "]";
    }
}
