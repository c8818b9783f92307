package io.apsaramqtt.spring.autoconfigure;

import io.apsaramqtt.policy.Outcome;
import io.apsaramqtt.spring.permission.DeniedAtStartException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** What is denied, why, and the policy that would be enough. Immutable. */
final class DeniedAtStartFailureAnalyzer extends AbstractFailureAnalyzer<DeniedAtStartException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, DeniedAtStartException cause) {
        return new FailureAnalysis(
                DenialText.explained(cause.denied()),
                remedy(cause).stripTrailing() + System.lineSeparator()
                        + "To start all the same, set apsara.mqtt.permissions.startup to 'warn'.",
                cause);
    }

    private static String remedy(DeniedAtStartException failure) {
        String policies = DenialText.granted(failure.policies()).strip();
        if (policies.isEmpty()) {
            return "Do what stands at 'to allow' or 'to permit' above.";
        }
        boolean hasDeny = failure.denied().stream().anyMatch(each -> each.outcome() == Outcome.EXPLICIT_DENY);
        return "In RAM, have the policies of the principal grant what is missing. " + policies + System.lineSeparator()
                + System.lineSeparator()
                + (hasDeny ? "The Deny at 'to permit' wins over any Allow: change or detach it." : "");
    }
}
