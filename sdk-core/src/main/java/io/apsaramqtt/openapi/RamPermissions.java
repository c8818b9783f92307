package io.apsaramqtt.openapi;

import io.apsaramqtt.ApsaraMqttException;
import io.apsaramqtt.credentials.AccessKey;
import io.apsaramqtt.credentials.CredentialsProvider;
import io.apsaramqtt.permission.EffectivePermissions;
import io.apsaramqtt.permission.source.PermissionSource;
import io.apsaramqtt.permission.source.PermissionSourceException;
import java.net.URI;
import java.time.Instant;

/**
 * The effective permissions of whoever the AccessKey belongs to, read from RAM: the policies of a RAM user and its groups, or
 * of a role; each in its default version (RAM API 2015-05-01; STS {@code GetCallerIdentity} tells who it is). The Alibaba
 * Cloud account itself is allowed everything.
 *
 * <pre>{@code
 * ApsaraMqttClient.builder()
 *         .credentials(credentials)
 *         .permissions(RamPermissions.of(credentials))
 * }</pre>
 *
 * <p>Layers that the account's own policies do not settle: a policy passed to AssumeRole can be read by nobody. Control
 * policies are known not to bind an account that is in no resource directory, or manages it
 * ({@code resourcemanager:GetResourceDirectory}), and cannot be read otherwise. Policies in resource groups are known not to
 * exist where {@code ram:ListPolicyAttachments} and {@code ram:GetDefaultDomain} are allowed and list none. What
 * cannot be read makes an answer unknown where it could change it: an allow under unread control policies, an implicit deny
 * beside unread policies of resource groups; explanations name it. {@link #withoutControlPolicies()} and
 * {@link #withoutResourceGroupPolicies()} say what cannot be asked.
 *
 * <p>A principal without the right to read its own permissions, as most device users are, is no failure: everything is
 * unknown, which is logged once with the policy that would change it. Nor does any other failure stop a client: see
 * {@link PermissionSourceException#isTemporary()}.
 *
 * <p>All clients in a Java runtime share one reading for each AccessKey and endpoint, and those with different AccessKeys of
 * one role session that ask at the same time share one too; together they make at most 20 calls a second, four at a time.
 * Whoever waits for a reading is told after 10 s that there is none yet.
 *
 * <p>Immutable; thread-safe.
 */
public final class RamPermissions implements PermissionSource {

    private final CredentialsProvider credentials;
    private final RamSettings settings;
    private final RamReadings readings;

    RamPermissions(CredentialsProvider credentials, RamSettings settings, RamReadings readings) {
        this.credentials = credentials;
        this.settings = settings;
        this.readings = readings;
    }

    /** The permissions of whoever {@code credentials} belong to; they are resolved again at each reading. */
    public static RamPermissions of(CredentialsProvider credentials) {
        return new RamPermissions(credentials, RamSettings.STANDARD, RamReadings.ofThisJvm());
    }

    /**
     * The same from other endpoints than the central ones, as in a VPC.
     *
     * @param sts by default {@code https://sts.aliyuncs.com}
     * @param ram by default {@code https://ram.aliyuncs.com}
     * @param ims by default {@code https://ims.aliyuncs.com}
     * @param resourceManager by default {@code https://resourcemanager.aliyuncs.com}
     * @throws IllegalArgumentException for a URI that has a path, or that is not https and not of this machine
     */
    public RamPermissions withEndpoints(URI sts, URI ram, URI ims, URI resourceManager) {
        return with(settings.withEndpoints(new RamEndpoints(sts, ram, ims, resourceManager)));
    }

    /** The same with everything asked at one endpoint, as of a server for tests. */
    public RamPermissions withEndpoint(URI endpoint) {
        return with(settings.withEndpoints(RamEndpoints.all(endpoint)));
    }

    /** The same for an account that is under no control policies: they are not asked for, and take nothing away. */
    public RamPermissions withoutControlPolicies() {
        return with(new RamSettings(settings.endpoints(), false, settings.resourceGroupPolicies()));
    }

    /** The same for a principal with no policies in resource groups: they are not asked for, and grant nothing. */
    public RamPermissions withoutResourceGroupPolicies() {
        return with(new RamSettings(settings.endpoints(), settings.controlPolicies(), false));
    }

    private RamPermissions with(RamSettings given) {
        return new RamPermissions(credentials, given, readings);
    }

    /**
     * Reads the permissions anew. Blocks up to 10 s.
     *
     * @throws PermissionSourceException if they cannot be read now
     */
    @Override
    public EffectivePermissions load() {
        return reading().load();
    }

    /**
     * Reads the permissions, or gives what was read for any client after that moment. Blocks up to 10 s.
     *
     * @throws PermissionSourceException if they cannot be read now
     */
    @Override
    public EffectivePermissions load(Instant after) {
        return reading().load(after);
    }

    private PermissionSource reading() {
        AccessKey accessKey;
        try {
            accessKey = credentials.resolve();
        } catch (ApsaraMqttException e) {
            throw PermissionSourceException.temporary(
                    RamReader.SOURCE, "cannot be asked without an AccessKey: " + e.getMessage(), e);
        }
        return readings.of(accessKey, settings);
    }

    /** Says where it asks; nothing of the credentials. */
    @Override
    public String toString() {
        return "RamPermissions[" + settings.endpoints().ram() + "]";
    }
}
