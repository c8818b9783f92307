package io.apsaramqtt.credentials;

import com.aliyun.credentials.models.CredentialModel;
import com.aliyun.credentials.provider.EcsRamRoleCredentialProvider;
import com.aliyun.credentials.provider.OIDCRoleArnCredentialProvider;
import com.aliyun.credentials.provider.RamRoleArnCredentialProvider;
import com.aliyun.credentials.provider.SessionCredentialsProvider;
import com.aliyun.credentials.provider.StaticCredentialsProvider;
import com.aliyun.credentials.provider.URLCredentialProvider;
import java.io.File;
import java.time.Instant;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The one class that names {@code com.aliyun:credentials-java}: where that is absent, whoever calls this gets a
 * {@code NoClassDefFoundError}. Its providers are asked past their own caches, threads and log, which show parts of secrets:
 * {@link RefreshingCredentialsProvider} keeps what they answer.
 */
final class AliyunCredentials {

    private static final Pattern STATUS = Pattern.compile("HttpCode[:=] ?(\\d+)");
    private static final Pattern CODE = Pattern.compile("\"Code\" ?: ?\"([A-Za-z.]{1,60})\"");

    private AliyunCredentials() {}

    static AccessKey open(String source, Identity identity) {
        if (identity instanceof Identity.Key key) {
            return key.accessKey();
        }
        if (identity instanceof Identity.OidcRole role && !new File(role.tokenFile()).canRead()) {
            throw CredentialsException.of(source, "OIDC token file [" + role.tokenFile() + "] cannot be read");
        }
        AccessKey by = identity instanceof Identity.AssumedRole role ? open(source, role.by()) : null;
        try {
            return accessKey(provider(identity, by).refreshCredentials().value());
        } catch (RuntimeException e) {
            // Not as the cause: its message may quote an answer with secrets in it.
            throw CredentialsException.of(source, identity + ": " + describe(e));
        }
    }

    private static SessionCredentialsProvider provider(Identity identity, @Nullable AccessKey by) {
        if (identity instanceof Identity.AssumedRole role && by != null) {
            return assumed(role, by);
        }
        if (identity instanceof Identity.OidcRole role) {
            return oidc(role);
        }
        if (identity instanceof Identity.InstanceRole role) {
            return EcsRamRoleCredentialProvider.builder()
                    .asyncCredentialUpdateEnabled(false)
                    .roleName(role.name())
                    .disableIMDSv1(role.firstVersionRefused())
                    .build();
        }
        if (identity instanceof Identity.Served served) {
            return URLCredentialProvider.builder()
                    .credentialsURI(served.uri().toString())
                    .build();
        }
        throw new IllegalArgumentException(identity + " needs no session");
    }

    private static SessionCredentialsProvider assumed(Identity.AssumedRole identity, AccessKey by) {
        Identity.Role role = identity.role();
        RamRoleArnCredentialProvider.Builder builder = RamRoleArnCredentialProvider.builder()
                .credentialsProvider(StaticCredentialsProvider.builder()
                        .credential(CredentialModel.builder()
                                .accessKeyId(by.id())
                                .accessKeySecret(by.secret())
                                .securityToken(by.securityToken().orElse(null))
                                .build())
                        .build())
                .roleArn(role.arn())
                .roleSessionName(role.sessionName())
                .enableVpc(role.vpc());
        role.seconds().ifPresent(builder::durationSeconds);
        role.stsRegion().ifPresent(builder::stsRegionId);
        role.policy().ifPresent(builder::policy);
        identity.externalId().ifPresent(builder::externalId);
        return builder.build();
    }

    private static SessionCredentialsProvider oidc(Identity.OidcRole identity) {
        Identity.Role role = identity.role();
        OIDCRoleArnCredentialProvider.Builder builder = OIDCRoleArnCredentialProvider.builder()
                .oidcProviderArn(identity.providerArn())
                .oidcTokenFilePath(identity.tokenFile())
                .roleArn(role.arn())
                .roleSessionName(role.sessionName())
                .enableVpc(role.vpc());
        role.seconds().ifPresent(builder::durationSeconds);
        role.stsRegion().ifPresent(builder::stsRegionId);
        role.policy().ifPresent(builder::policy);
        return builder.build();
    }

    private static AccessKey accessKey(CredentialModel model) {
        return model.getExpiration() <= 0
                ? AccessKey.temporary(model.getAccessKeyId(), model.getAccessKeySecret(), model.getSecurityToken())
                : AccessKey.temporary(
                        model.getAccessKeyId(),
                        model.getAccessKeySecret(),
                        model.getSecurityToken(),
                        Instant.ofEpochMilli(model.getExpiration()));
    }

    /** What can be told of a failure of the library without repeating an answer. */
    private static String describe(RuntimeException failure) {
        String message = String.valueOf(failure.getMessage());
        Matcher status = STATUS.matcher(message);
        // A status of success stands in a message on an answer that cannot be read.
        if (status.find() && !status.group(1).startsWith("2")) {
            if ("0".equals(status.group(1))) {
                return "no usable answer; check the network, and whether this program runs where the service can be reached";
            }
            Matcher code = CODE.matcher(message);
            return "refused with HTTP status " + status.group(1) + (code.find() ? ", " + code.group(1) : "");
        }
        return message.startsWith("The role name was not found")
                ? "this instance has no such role"
                : "the answer holds no AccessKey (" + failure.getClass().getSimpleName() + ")";
    }
}
