package io.apsaramqtt.test.cloud.account;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

/**
 * What policies can be attached to: a user, a group or a role.
 *
 * <p>Thread-safe.
 */
public abstract sealed class Identity permits User, Group, Role {

    private final String name;
    private final String id;
    private final Instant createdAt;
    private final Policies policies;
    private final Clock clock;
    private final List<Link> links = new CopyOnWriteArrayList<>();

    Identity(String name, String id, Policies policies, Clock clock) {
        this.name = name;
        this.id = id;
        this.policies = policies;
        this.clock = clock;
        this.createdAt = clock.instant();
    }

    private record Link(PolicyName policy, Optional<String> resourceGroupId, Instant attachedAt) {}

    /** The name, unique among its kind. */
    public String name() {
        return name;
    }

    /** The ID that the cloud gave it. */
    public String id() {
        return id;
    }

    /** When it was created. */
    public Instant createdAt() {
        return createdAt;
    }

    /** The name by which the cloud lists what is attached to it: {@code alice@<alias>.onaliyun.com} for a user. */
    public abstract String principalName();

    /** The kind of principal, as ListPolicyAttachments spells it: {@code IMSUser}. */
    public abstract String principalType();

    /** Attaches policies, custom ones first, in the whole account; throws {@link IllegalArgumentException} for none such. */
    public void attach(String... policyNames) {
        for (String policyName : policyNames) {
            links.add(new Link(policies.require(policyName), Optional.empty(), clock.instant()));
        }
    }

    /** Attaches a policy for the resources of one resource group; throws {@link IllegalArgumentException} for none such. */
    public void attachWithin(String resourceGroupId, String policyName) {
        links.add(new Link(policies.require(policyName), Optional.of(resourceGroupId), clock.instant()));
    }

    /** Detaches a policy of that name, in the account and in all resource groups. */
    public void detach(String policyName) {
        links.removeIf(link -> link.policy().name().equals(policyName));
    }

    /** Detaches all policies. */
    public void detachAll() {
        links.clear();
    }

    /** What is attached; without policies that were deleted. */
    public List<Attachment> attachments() {
        return links.stream()
                .flatMap(link -> policies.find(link.policy()).stream()
                        .map(policy -> new Attachment(policy, link.resourceGroupId(), link.attachedAt())))
                .toList();
    }

    /** What is attached in the whole account. */
    public Stream<Attachment> accountAttachments() {
        return attachments().stream()
                .filter(attachment -> attachment.resourceGroupId().isEmpty());
    }

    /** The name. */
    @Override
    public String toString() {
        return getClass().getSimpleName() + "[" + name + "]";
    }
}
