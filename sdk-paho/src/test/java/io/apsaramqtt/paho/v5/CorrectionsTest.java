package io.apsaramqtt.paho.v5;

import static org.assertj.core.api.Assertions.assertThat;

import io.apsaramqtt.client.transport.InboundPackets.Head;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CorrectionsTest {

    private final Corrections corrections = new Corrections();

    private Head edit(int first, int... bytes) {
        byte[] array = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            array[i] = (byte) bytes[i];
        }
        return corrections.edit(new Head(first, array));
    }

    private static void assertIs(Head head, int first, int... bytes) {
        assertThat(head.first()).isEqualTo(first);
        assertThat(head.bytes()).hasSize(bytes.length);
        for (int i = 0; i < bytes.length; i++) {
            assertThat(head.bytes()[i] & 0xFF).isEqualTo(bytes[i]);
        }
    }

    @Test
    void codesThatPahoKnowsStay() {
        assertIs(edit(0x90, 1, 2, 0, 0, 1, 2, 0x80, 0x87, 0x9E), 0x90, 1, 2, 0, 0, 1, 2, 0x80, 0x87, 0x9E);
        assertIs(edit(0xB0, 1, 2, 0, 0, 0x11, 0x8F), 0xB0, 1, 2, 0, 0, 0x11, 0x8F);
        assertIs(edit(0x40, 1, 2), 0x40, 1, 2);
        assertIs(edit(0x40, 1, 2, 0x97), 0x40, 1, 2, 0x97);
        assertIs(edit(0x50, 1, 2), 0x50, 1, 2);
        assertIs(edit(0x50, 1, 2, 0x10), 0x50, 1, 2, 0x10);
        assertIs(edit(0x70, 1, 2, 0x92), 0x70, 1, 2, 0x92);
        assertIs(edit(0x20, 0, 0x87, 0), 0x20, 0, 0x87, 0);
        assertThat(corrections.original(0x102, new int[] {7})).containsExactly(7);
        assertThat(corrections.originalConnack(0x87)).isEqualTo(0x87);
        assertThat(corrections.originalConnack(0x80)).isEqualTo(0x80);
    }

    @ParameterizedTest
    @ValueSource(ints = {0x97, 0xA1, 0xA2, 0xFF})
    void aSubscriptionRefusedWithACodeThatPahoDoesNotKnowIsToldAsItCame(int code) {
        assertIs(edit(0x90, 1, 2, 0, 1, code, 0x87), 0x90, 1, 2, 0, 1, 0x80, 0x87);
        assertThat(corrections.original(0x102, new int[] {1, 0x80, 0x87})).containsExactly(1, code, 0x87);
        assertThat(corrections.original(0x102, new int[] {0})).containsExactly(0);
    }

    @Test
    void theCodesStandAfterTheProperties() {
        int[] long130 = new int[2 + 2 + 130 + 1];
        long130[1] = 9;
        long130[2] = 0x82;
        long130[3] = 0x01;
        long130[4] = 0x97;
        long130[134] = 0x97;
        Head head = edit(0x90, long130);
        assertThat(head.bytes()[4] & 0xFF).isEqualTo(0x97);
        assertThat(head.bytes()[134] & 0xFF).isEqualTo(0x80);
    }

    @Test
    void aPubrecThatRefusesEndsTheExchangeAsAPubackDoes() {
        assertIs(edit(0x50, 1, 2, 0x87, 0), 0x40, 1, 2, 0x87, 0);
        assertIs(edit(0x50, 1, 3, 0x91), 0x40, 1, 3, 0x80);
        assertThat(corrections.original(0x103, new int[] {0x80})).containsExactly(0x91);
    }

    @Test
    void anAnswerThatNobodyReadIsNotTakenForTheNextOne() {
        edit(0x90, 0, 5, 0, 0x97);
        edit(0x40, 0, 5);
        assertThat(corrections.original(5, new int[] {0})).containsExactly(0);
    }

    @Test
    void aPubrelIsAPubrelWhateverItsCode() {
        assertIs(edit(0x62, 1, 2, 0x92, 0), 0x62, 1, 2);
        assertIs(edit(0x62, 1, 2), 0x62, 1, 2);
        assertIs(edit(0x62, 1), 0x62, 1);
    }

    @Test
    void aConnackWithACodeThatPahoDoesNotKnowIsToldAsItCame() {
        assertIs(edit(0x20, 0, 0x9B, 0), 0x20, 0, 0x80, 0);
        assertThat(corrections.originalConnack(0x80)).isEqualTo(0x9B);
        assertThat(corrections.originalConnack(0x87)).isEqualTo(0x87);
        // A broker of 3.1.1: Paho's own word for it is read elsewhere.
        assertIs(edit(0x20, 0, 1), 0x20, 0, 1);
    }

    @Test
    void eachMessageRemembersItsMark() {
        edit(0x3A, 0, 1, 'a');
        edit(0x30, 0, 1, 'a');
        edit(0x3D, 0, 1, 'a');
        assertThat(corrections.nextIsDuplicate()).isTrue();
        assertThat(corrections.nextIsDuplicate()).isFalse();
        assertThat(corrections.nextIsDuplicate()).isTrue();
        assertThat(corrections.nextIsDuplicate()).isFalse();
    }

    @Test
    void packetsThatAreTooShortComeThrough() {
        for (int first : new int[] {0x20, 0x40, 0x50, 0x62, 0x90, 0xB0}) {
            assertIs(edit(first), first);
            assertIs(edit(first, 1), first, 1);
            assertIs(edit(first, 1, 2), first, 1, 2);
        }
        assertIs(edit(0x90, 1, 2, 0xFF, 0xFF, 0xFF, 0xFF), 0x90, 1, 2, 0xFF, 0xFF, 0xFF, 0xFF);
    }
}
