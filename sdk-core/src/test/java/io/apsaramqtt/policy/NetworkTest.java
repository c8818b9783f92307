package io.apsaramqtt.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NetworkTest {

    @ParameterizedTest
    @CsvSource({
        "0.0.0.0/0, 255.255.255.255, YES",
        "0.0.0.0/0, ::1, NO",
        "::/0, 1.2.3.4, MAYBE",
        "10.0.0.1, 10.0.0.1, YES",
        "10.0.0.1/32, 10.0.0.1, YES",
        "10.0.0.1/32, 10.0.0.0, NO",
        "10.0.0.0/31, 10.0.0.1, YES",
        "10.0.0.0/31, 10.0.0.2, NO",
        "10.0.0.0/25, 10.0.0.127, YES",
        "10.0.0.0/25, 10.0.0.128, NO",
        "172.16.0.0/12, 172.31.255.255, YES",
        "172.16.0.0/12, 172.32.0.0, NO",
        "128.0.0.0/1, 128.0.0.0, YES",
        "128.0.0.0/1, 127.255.255.255, NO",
        "10.9.8.7/8, 10.0.0.0, YES",
        "10.0.0.0/8, 10.1.0.0/16, YES",
        "10.1.0.0/16, 10.0.0.0/8, NO",
        "::/0, ffff::, YES",
        "2001:db8::/32, 2001:db8:ffff:ffff:ffff:ffff:ffff:ffff, YES",
        "2001:db8::/32, 2001:db9::, NO",
        "2001:DB8::/32, 2001:0db8::1, YES",
        "2001:db8::/33, 2001:db8:7fff::, YES",
        "2001:db8::/33, 2001:db8:8000::, NO",
        "::1, 0:0:0:0:0:0:0:1, YES",
        "::1/128, ::2, NO",
        "::/127, ::1, YES",
        "::, 0:0:0:0:0:0:0:0, YES",
        "1::8, 1:0:0:0:0:0:0:8, YES",
        "1:2:3:4:5:6:7::, 1:2:3:4:5:6:7:0, YES",
        "::2:3:4:5:6:7:8, 0:2:3:4:5:6:7:8, YES",
        "::ffff:10.0.0.1, ::ffff:a00:1, YES",
        "0:0:0:0:0:ffff:10.0.0.1, ::ffff:a00:1, YES",
        "::ffff:10.0.0.0/104, ::ffff:10.1.2.3, YES",
        "::ffff:0:0/96, ::ffff:10.1.2.3, YES"
    })
    void holdsTheAddressesThatBeginAsItDoes(String network, String other, Match expected) {
        assertThat(Network.parse(network).contains(Network.parse(other))).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.0.1, ::ffff:10.0.0.1, MAYBE",
        "10.0.0.1/32, ::ffff:a00:1, MAYBE",
        "10.0.0.0/8, ::ffff:10.255.255.255, MAYBE",
        "10.0.0.0/8, ::ffff:11.0.0.0, NO",
        "10.0.0.0/8, ::ffff:10.1.0.0/112, MAYBE",
        "10.0.0.0/8, ::ffff:10.0.0.0/103, NO",
        "0.0.0.0/0, ::ffff:1.2.3.4, MAYBE",
        "0.0.0.0/0, ::ffff:0:0/96, MAYBE",
        "0.0.0.0/0, ::ffff:0:0/95, NO",
        "0.0.0.0/0, ::/0, NO",
        "0.0.0.0/0, ::1.2.3.4, NO",
        "0.0.0.0/0, ::fffe:1.2.3.4, NO",
        "0.0.0.0/0, 1::ffff:1.2.3.4, NO",
        "::ffff:10.0.0.1, 10.0.0.1, MAYBE",
        "::ffff:10.0.0.0/104, 10.1.2.3, MAYBE",
        "::ffff:10.0.0.0/104, 11.0.0.0, NO",
        "::ffff:0:0/96, 1.2.3.4, MAYBE",
        "::/0, ::ffff:1.2.3.4, MAYBE",
        "::/95, ::ffff:1.2.3.4, NO",
        "::ffff:0:0/95, ::ffff:1.2.3.4, MAYBE",
        "::ffff:0:0/95, 1.2.3.4, MAYBE",
        "::ffff:0:0/95, ::fffe:1.2.3.4, YES",
        "2001:db8::/32, 1.2.3.4, NO",
        "2001:db8::/32, ::ffff:1.2.3.4, NO",
        "::1.2.3.4, 1.2.3.4, NO"
    })
    void mayHoldAnAddressOfVersion4ThatIsWrittenInVersion6AndTheReverse(String network, String other, Match expected) {
        assertThat(Network.parse(network).contains(Network.parse(other))).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " 10.0.0.1",
                "10.0.0",
                "10.0.0.0.1",
                "10.0.0.",
                ".10.0.0",
                "10.0.0.256",
                "10.0.0.-1",
                "10.0.0.+1",
                "10.0.0.01",
                "010.0.0.1",
                "10.0.0.a",
                "10.0.0.٣",
                "10.0.0.0/",
                "10.0.0.0/33",
                "10.0.0.0/-1",
                "10.0.0.0/08",
                "10.0.0.0/8/8",
                "10.0.0.0/99999999999",
                "10",
                "localhost",
                ":",
                ":::",
                "1",
                "1:2:3:4:5:6:7",
                "1:2:3:4:5:6:7:8:9",
                "1:2:3:4:5:6:7:8::",
                "::1:2:3:4:5:6:7:8",
                "1::2::3",
                "1:2:3:4:5:6:7:",
                ":1:2:3:4:5:6:7",
                "12345::",
                "g::",
                "::1%eth0",
                "[::1]",
                "::/129",
                "1.2.3.4::",
                "1:1.2.3.4::1",
                "::1.2.3.4:1",
                "::1.2.3",
                "1:2:3:4:5:6:7:1.2.3.4",
                "*"
            })
    void whatIsNoAddressIsRefused(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> Network.parse(text));
    }
}
