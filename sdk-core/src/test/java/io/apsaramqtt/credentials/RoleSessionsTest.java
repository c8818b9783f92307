package io.apsaramqtt.credentials;

import static org.assertj.core.api.Assertions.assertThat;

import io.apsaramqtt.time.ManualClock;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RoleSessionsTest {

    private final ManualClock clock = new ManualClock();
    private final List<Identity> opened = new ArrayList<>();
    private final RoleSessions sessions = new RoleSessions(
            (source, identity) -> {
                opened.add(identity);
                return AccessKey.temporary(
                        "STS." + opened.size(), "s", "t", clock.instant().plus(Duration.ofHours(1)));
            },
            provider -> CredentialsProvider.refreshing(provider, Runnable::run, clock, () -> 0));

    @Test
    void aSessionIsKeptWhileTheIdentityIsTheSame() {
        Identity role = new Identity.InstanceRole("r", false);
        assertThat(sessions.resolve("x", role).id()).isEqualTo("STS.1");
        assertThat(sessions.resolve("x", new Identity.InstanceRole("r", false)).id())
                .isEqualTo("STS.1");
        clock.moveTo(Duration.ofHours(1));
        assertThat(sessions.resolve("x", role).id()).isEqualTo("STS.2");
        assertThat(sessions.resolve("x", new Identity.InstanceRole("other", false))
                        .id())
                .isEqualTo("STS.3");
    }

    @Test
    void theAccessKeyBehindARoleIsRotatedToo(@TempDir Path directory) {
        Home home = new Home(directory);
        CredentialsProvider provider = DefaultChain.credentialsFile(home.surroundings(), sessions);
        String text = "[default]\nenable=true\ntype=ram_role_arn\nrole_arn=r\naccess_key_id=%s\naccess_key_secret=s";
        home.ini(text.formatted("first"));
        assertThat(provider.resolve().id()).isEqualTo("STS.1");
        assertThat(provider.resolve().id()).isEqualTo("STS.1");
        home.ini(text.formatted("other"));
        assertThat(provider.resolve().id()).isEqualTo("STS.2");
        assertThat(opened)
                .extracting(identity -> ((Identity.AssumedRole) identity).by())
                .containsExactly(
                        new Identity.Key(AccessKey.of("first", "s")), new Identity.Key(AccessKey.of("other", "s")));
        assertThat(((Identity.AssumedRole) opened.get(0)).externalId()).isEqualTo(Optional.empty());
    }

    @Test
    void anAccessKeyNeedsNoSession() {
        assertThat(sessions.resolve("x", new Identity.Key(AccessKey.of("i", "s"))))
                .isEqualTo(AccessKey.of("i", "s"));
        assertThat(opened).isEmpty();
    }
}
