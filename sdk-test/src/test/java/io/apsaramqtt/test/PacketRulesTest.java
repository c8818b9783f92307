package io.apsaramqtt.test;

import static org.assertj.core.api.Assertions.assertThat;

import io.apsaramqtt.test.PacketRules.Fate;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PacketRulesTest {

    private final PacketRules rules = new PacketRules();

    private List<Fate> fates(PacketType... types) {
        return Stream.of(types).map(type -> rules.judge(type).fate()).toList();
    }

    @Test
    void withoutARuleAllPacketsPass() {
        assertThat(fates(PacketType.CONNECT, PacketType.PUBLISH)).containsOnly(Fate.PASSES);
    }

    @Test
    void onlyTheNthOfATypeIsCutAndOnlyOnce() {
        rules.add(PacketType.PUBLISH, Fate.CUTS_BEFORE, 2);
        assertThat(fates(PacketType.PUBLISH, PacketType.PUBACK, PacketType.PUBLISH, PacketType.PUBLISH))
                .containsExactly(Fate.PASSES, Fate.PASSES, Fate.CUTS_BEFORE, Fate.PASSES);
    }

    @Test
    void theNextNOfATypeAreDropped() {
        rules.add(PacketType.PUBACK, Fate.IS_DROPPED, 2);
        assertThat(fates(PacketType.PUBACK, PacketType.PUBLISH, PacketType.PUBACK, PacketType.PUBACK))
                .containsExactly(Fate.IS_DROPPED, Fate.PASSES, Fate.IS_DROPPED, Fate.PASSES);
    }

    @Test
    void whereRulesMeetTheHardestHolds() {
        rules.add(PacketType.PUBACK, Fate.CUTS_AFTER, 1);
        rules.add(PacketType.PUBACK, Fate.IS_DROPPED, 1);
        assertThat(fates(PacketType.PUBACK, PacketType.PUBACK)).containsExactly(Fate.IS_DROPPED, Fate.PASSES);
        rules.add(PacketType.PUBACK, Fate.CUTS_BEFORE, 1);
        rules.add(PacketType.PUBACK, Fate.IS_DROPPED, 1);
        assertThat(fates(PacketType.PUBACK)).containsExactly(Fate.CUTS_BEFORE);
    }

    @Test
    void whoWaitsIsToldWhenItHasHappenedAndNotBefore() {
        CompletableFuture<Void> dropped = rules.add(PacketType.PUBACK, Fate.IS_DROPPED, 2);
        rules.judge(PacketType.PUBACK).happened();
        assertThat(dropped).isNotDone();
        PacketRules.Verdict last = rules.judge(PacketType.PUBACK);
        assertThat(dropped).isNotDone();
        last.happened();
        assertThat(dropped).isCompleted();
    }

    @Test
    void aForgottenRuleIsCancelled() {
        CompletableFuture<Void> cut = rules.add(PacketType.PUBACK, Fate.CUTS_AFTER, 1);
        rules.clear();
        assertThat(cut).isCancelled();
        assertThat(fates(PacketType.PUBACK)).containsExactly(Fate.PASSES);
    }
}
