package io.apsaramqtt.credentials;

import java.util.ArrayList;
import java.util.List;

/** Asks one provider after the other and keeps the reason of each that had nothing. */
record CredentialsProviderChain(List<CredentialsProvider> providers) implements CredentialsProvider {

    CredentialsProviderChain {
        providers = List.copyOf(providers);
    }

    @Override
    public AccessKey resolve() {
        List<CredentialsException.Attempt> attempts = new ArrayList<>();
        for (CredentialsProvider provider : providers) {
            try {
                return provider.resolve();
            } catch (CredentialsException e) {
                attempts.addAll(e.attempts());
            }
        }
        throw new CredentialsException(attempts);
    }
}
