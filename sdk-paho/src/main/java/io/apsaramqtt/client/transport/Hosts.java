package io.apsaramqtt.client.transport;

import java.util.regex.Pattern;

/** Host names and addresses as endpoints write them. */
final class Hosts {

    private static final Pattern IPV4 = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}");

    private Hosts() {}

    /** Without the brackets of an IPv6 address and the dot that ends an absolute name: as certificates write it. */
    static String bare(String host) {
        if (host.startsWith("[") && host.endsWith("]")) {
            return host.substring(1, host.length() - 1);
        }
        return host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
    }

    /** Whether a bare host is an address, told without asking a name server. */
    static boolean isAddress(String host) {
        return host.indexOf(':') >= 0 || IPV4.matcher(host).matches();
    }
}
