package io.apsaramqtt.credentials;

import java.net.URI;
import java.util.Optional;

/** What a profile or the environment says of who to be: an AccessKey, or a way to a temporary one. */
sealed interface Identity {

    /** An AccessKey that stands there. */
    record Key(AccessKey accessKey) implements Identity {
        @Override
        public String toString() {
            return accessKey.toString();
        }
    }

    /** A role assumed by another identity. */
    record AssumedRole(Identity by, Role role, Optional<String> externalId) implements Identity {
        @Override
        public String toString() {
            return "AssumeRole of [" + role.arn() + "] at STS";
        }
    }

    /** A role assumed with a token of an OIDC provider, which stands in a file that is replaced from time to time. */
    record OidcRole(Role role, String providerArn, String tokenFile) implements Identity {
        @Override
        public String toString() {
            return "AssumeRoleWithOIDC of [" + role.arn() + "] at STS";
        }
    }

    /** The role of the ECS instance that runs this program; without a name, whichever it has. */
    record InstanceRole(String name, boolean firstVersionRefused) implements Identity {
        @Override
        public String toString() {
            return "RAM role" + (name.isEmpty() ? "" : " [" + name + "]") + " from the metadata service of ECS";
        }
    }

    /** Whatever a server answers at a URI. */
    record Served(URI uri) implements Identity {
        /** Without user, query and fragment, which may be secrets. */
        @Override
        public String toString() {
            return "credentials URI [" + uri.getScheme() + "://" + uri.getHost()
                    + (uri.getPort() < 0 ? "" : ":" + uri.getPort()) + uri.getPath() + "]";
        }
    }

    /**
     * How a role is assumed.
     *
     * @param policy session policy that narrows what the role may do
     */
    record Role(
            String arn,
            String sessionName,
            Optional<Integer> seconds,
            Optional<String> stsRegion,
            boolean vpc,
            Optional<String> policy) {}
}
