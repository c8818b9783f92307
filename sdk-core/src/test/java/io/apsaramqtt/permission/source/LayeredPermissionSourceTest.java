package io.apsaramqtt.permission.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.apsaramqtt.permission.EffectivePermissions;
import io.apsaramqtt.permission.Grants;
import io.apsaramqtt.policy.PolicySet;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LayeredPermissionSourceTest {

    private static final Instant AT = Instant.parse("2026-11-21T16:00:00Z");
    private static final PermissionSource RAM_DOWN = () -> {
        throw PermissionSourceException.temporary("RAM", "is down", null);
    };
    private static final PermissionSource RAM_REFUSES = () -> EffectivePermissions.unknown("no right", AT, "RAM");
    private static final PermissionSource NO_FILE = PermissionSource.file(Path.of("absent", "policy.json"));

    private final List<Instant> asked = new ArrayList<>();
    private final PermissionSource answers = new PermissionSource() {
        @Override
        public EffectivePermissions load() {
            return EffectivePermissions.of(PolicySet.of(), AT, "the last");
        }

        @Override
        public EffectivePermissions load(Instant after) {
            asked.add(after);
            return load();
        }
    };

    @Test
    void theFirstThatKnowsSomethingIsTaken() {
        assertThat(PermissionSource.layered(RAM_DOWN, RAM_REFUSES, NO_FILE, answers)
                        .load(AT)
                        .source())
                .isEqualTo("the last");
        assertThat(asked).containsExactly(AT);
        assertThat(PermissionSource.layered(answers, RAM_DOWN).load().source()).isEqualTo("the last");
    }

    @Test
    void whereNoneKnowsAnythingEachSaysWhy() {
        EffectivePermissions read =
                PermissionSource.layered(RAM_DOWN, RAM_REFUSES).load();
        assertThat(read.grants())
                .isEqualTo(new Grants.Unknown("Permission source [RAM] is down; RAM knows nothing: no right"));
        assertThat(read.source()).isEqualTo("RAM");
    }

    @Test
    void whereAllFailTheFailureNamesEachAndIsTemporaryIfAnyIs() {
        PermissionSourceException failure = catchThrowableOfType(
                PermissionSourceException.class,
                () -> PermissionSource.layered(NO_FILE, RAM_DOWN).load());
        assertThat(failure)
                .hasMessageContaining("[layered] has no layer that answers: ")
                .hasMessageContaining("policy.json] does not exist")
                .hasMessageContaining("[RAM] is down");
        assertThat(failure.getSuppressed()).hasSize(2);
        assertThat(failure.isTemporary()).isTrue();
        assertThat(catchThrowableOfType(
                                PermissionSourceException.class,
                                () -> PermissionSource.layered(NO_FILE, NO_FILE).load())
                        .isTemporary())
                .isFalse();
    }

    @Test
    void aDefectIsNotPassedOver() {
        PermissionSource defective = () -> {
            throw new IllegalStateException("defect");
        };
        assertThatThrownBy(() -> PermissionSource.layered(defective, answers).load())
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void noLayersAreRefused() {
        assertThatThrownBy(PermissionSource::layered).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void everyLayerIsWatched() throws Exception {
        List<String> watched = new ArrayList<>();
        PermissionSource first = watching("first", watched);
        PermissionSource second = watching("second", watched);
        PermissionSource.layered(first, second).watch(() -> {}).close();
        assertThat(watched).containsExactly("first", "second", "first closed", "second closed");
    }

    private PermissionSource watching(String name, List<String> watched) {
        return new PermissionSource() {
            @Override
            public EffectivePermissions load() {
                return answers.load();
            }

            @Override
            public AutoCloseable watch(Runnable changed) {
                watched.add(name);
                return () -> watched.add(name + " closed");
            }
        };
    }
}
