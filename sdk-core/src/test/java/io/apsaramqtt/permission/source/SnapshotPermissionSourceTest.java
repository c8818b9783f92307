package io.apsaramqtt.permission.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.apsaramqtt.permission.EffectivePermissions;
import io.apsaramqtt.permission.Grants;
import io.apsaramqtt.permission.Principal;
import io.apsaramqtt.policy.Policy;
import io.apsaramqtt.policy.PolicyLayers;
import io.apsaramqtt.policy.PolicySet;
import io.apsaramqtt.policy.UnreadLayer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SnapshotPermissionSourceTest {

    private final PermissionSourceException gone =
            new PermissionSourceException("RAM", "cannot be reached", new IOException("x"));

    @TempDir
    private Path folder;

    private @Nullable EffectivePermissions answer = new EffectivePermissions(
            Principal.ramUser("gateway"),
            new Grants.Policies(PolicyLayers.of(PolicySet.of(Policy.system("AliyunMQPubOnlyAccess")))),
            Instant.parse("2026-11-21T16:00:00Z"),
            "RAM");

    private PermissionSource source(Path directory) {
        return PermissionSource.snapshot(directory, () -> {
            if (answer == null) {
                throw gone;
            }
            return answer;
        });
    }

    private Path file() {
        return folder.resolve("apsara-mqtt-permissions");
    }

    @Test
    void whatWasReadLastIsTakenWhereTheSourceCannotBeRead() {
        EffectivePermissions read = source(folder).load();
        assertThat(read).isSameAs(answer);
        answer = null;
        EffectivePermissions kept = source(folder).load();
        assertThat(kept.principal()).isEqualTo(read.principal());
        assertThat(kept.readAt()).isEqualTo(read.readAt());
        assertThat(kept.source()).isEqualTo("snapshot of RAM");
        assertThat(document(kept)).isEqualTo(document(read));
    }

    @Test
    void withoutASnapshotTheFailureIsThatOfTheSource() {
        answer = null;
        assertThatThrownBy(source(folder)::load).isSameAs(gone);
    }

    @Test
    void theFileIsTheOwnersAloneAndNothingElseIsLeftBehind() throws IOException {
        source(folder).load();
        source(folder).load();
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).containsExactly(file());
        }
        assumeThat(file().getFileSystem().supportedFileAttributeViews()).contains("posix");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
                .isEqualTo("rw-------");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\u0000\u0001",
                "apsara-mqtt permissions, form 1\n2026-11-21T16:00:00Z\nRAM\nx\n{\"policies\": []}",
                "apsara-mqtt permissions, form 2\n2026-11-21T16:00:00Z\nRAM\nx",
                "apsara-mqtt permissions, form 2\nyesterday\nRAM\nx\n{\"policies\": []}",
                "apsara-mqtt permissions, form 2\n2026-11-21T16:00:00Z\nRAM\nx\n{\"policies\": [{\"na",
                "apsara-mqtt permissions, form 2\n2026-11-21T16:00:00Z\nRAM\nx\nnot read: OTHER x\n{\"policies\": []}"
            })
    void aFileThatIsCorruptHalfWrittenOrOfAnotherFormCountsAsNone(String text) throws IOException {
        Files.writeString(file(), text);
        EffectivePermissions reachable = answer;
        answer = null;
        assertThatThrownBy(source(folder)::load).isSameAs(gone);
        answer = reachable;
        source(folder).load();
        answer = null;
        assertThat(source(folder).load().source()).isEqualTo("snapshot of RAM");
    }

    @Test
    void aFileThatIsNoTextCountsAsNone() throws IOException {
        Files.write(file(), new byte[] {(byte) 0xFF, (byte) 0xFE});
        answer = null;
        assertThatThrownBy(source(folder)::load).isSameAs(gone);
    }

    @Test
    void aDirectoryThatCannotBeWrittenCostsNothingButTheSnapshot() throws IOException {
        Path noDirectory = Files.writeString(folder.resolve("file"), "in the way");
        assertThat(source(noDirectory).load()).isSameAs(answer);
    }

    @Test
    void whatNoFileCanHoldIsNotKept() {
        answer = new EffectivePermissions(
                Principal.unknown(),
                new Grants.Policies(PolicyLayers.of(PolicySet.of()).withControlPolicies(PolicySet.of())),
                Instant.EPOCH,
                "RAM");
        source(folder).load();
        answer = EffectivePermissions.unknown("no right", Instant.EPOCH, "RAM");
        source(folder).load();
        assertThat(file()).doesNotExist();
    }

    @Test
    void layersThatCouldNotBeReadAreKeptAsSuch() {
        PolicyLayers layers = PolicyLayers.of(PolicySet.of(Policy.system("AliyunMQPubOnlyAccess")))
                .withUnreadControlPolicies("no right: ask\nan administrator")
                .withUnreadSessionPolicy("cannot be asked for");
        answer = new EffectivePermissions(
                Principal.unknown(), new Grants.Policies(layers), Instant.parse("2026-11-21T16:00:00Z"), "RAM");
        source(folder).load();
        answer = null;
        assertThat(((Grants.Policies) source(folder).load().grants()).layers().unread())
                .containsExactly(
                        Map.entry(UnreadLayer.CONTROL_POLICIES, "no right: ask an administrator"),
                        Map.entry(UnreadLayer.SESSION_POLICY, "cannot be asked for"));
    }

    @Test
    void aSourceThatKnowsNothingIsAnsweredForToo() {
        source(folder).load();
        answer = EffectivePermissions.unknown("RAM refused", Instant.EPOCH, "RAM");
        assertThat(source(folder).load().source()).isEqualTo("snapshot of RAM");
    }

    @Test
    void aSourceThatKnowsNothingAndHasNoSnapshotStillKnowsNothing() {
        answer = EffectivePermissions.unknown("RAM refused", Instant.EPOCH, "RAM");
        assertThat(source(folder).load()).isSameAs(answer);
    }

    private static String document(EffectivePermissions permissions) {
        return ((Grants.Policies) permissions.grants()).layers().account().document();
    }
}
