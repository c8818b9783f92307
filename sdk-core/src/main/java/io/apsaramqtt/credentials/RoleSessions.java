package io.apsaramqtt.credentials;

import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The temporary AccessKey of the identity last asked for, kept until shortly before it expires. Another identity, as after a
 * change of a file or a variable, begins anew.
 */
final class RoleSessions {

    /** Opens a role session for a temporary AccessKey. Blocks. */
    @FunctionalInterface
    interface Opener {
        AccessKey open(String source, Identity identity);
    }

    private record Open(Identity identity, CredentialsProvider provider) {}

    private final Opener opener;
    private final UnaryOperator<CredentialsProvider> keeping;
    private @Nullable Open last;

    RoleSessions(Opener opener, UnaryOperator<CredentialsProvider> keeping) {
        this.opener = opener;
        this.keeping = keeping;
    }

    static RoleSessions ofTheLibrary() {
        return new RoleSessions(OptionalLibrary::open, CredentialsProvider::refreshing);
    }

    AccessKey resolve(String source, Identity identity) {
        return identity instanceof Identity.Key key
                ? key.accessKey()
                : provider(source, identity).resolve();
    }

    private synchronized CredentialsProvider provider(String source, Identity identity) {
        Open known = last;
        if (known == null || !known.identity().equals(identity)) {
            known = new Open(identity, keeping.apply(() -> opener.open(source, identity)));
            last = known;
        }
        return known.provider();
    }
}
