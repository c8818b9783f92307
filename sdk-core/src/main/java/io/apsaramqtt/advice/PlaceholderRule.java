package io.apsaramqtt.advice;

import io.apsaramqtt.advice.Finding.Rule;
import io.apsaramqtt.advice.Finding.Severity;
import io.apsaramqtt.policy.PolicyOutline.Text;

/** Placeholders within the texts of a statement; bare ones are found by {@link DocumentScan}. */
final class PlaceholderRule implements LintRule {

    @Override
    public void check(LintedDocument document, Findings findings) {
        for (Text value : document.values()) {
            for (String placeholder : Placeholders.of(value.text())) {
                findings.add(
                        Severity.ERROR,
                        Rule.PLACEHOLDER,
                        value,
                        "Placeholder [" + placeholder + "] is left in [" + value.text()
                                + "]: RAM takes it literally. Write " + Placeholders.meant(placeholder)
                                + " in its place, without braces");
            }
        }
    }
}
