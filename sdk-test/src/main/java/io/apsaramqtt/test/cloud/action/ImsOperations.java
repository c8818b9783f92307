package io.apsaramqtt.test.cloud.action;

import io.apsaramqtt.test.cloud.account.Account;
import io.apsaramqtt.test.cloud.signature.VerifiedRequest;
import java.util.Map;

/** Identity management 2019-08-15: GetDefaultDomain, which the names of principals in policy attachments end in. */
final class ImsOperations {

    static final String VERSION = "2019-08-15";

    private final Account account;
    private final Authorizer authorizer;

    ImsOperations(Account account, Authorizer authorizer) {
        this.account = account;
        this.authorizer = authorizer;
    }

    Map<String, CloudOperation> byName() {
        return Map.of("GetDefaultDomain", this::getDefaultDomain);
    }

    private Map<String, Object> getDefaultDomain(VerifiedRequest request) {
        authorizer.requireRam(request.caller(), request.action(), account.id(), "*");
        return Map.of("DefaultDomainName", account.defaultDomain());
    }
}
