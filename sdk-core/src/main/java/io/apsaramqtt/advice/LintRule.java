package io.apsaramqtt.advice;

/** A family of rules; holds no state of a document. */
@FunctionalInterface
interface LintRule {

    void check(LintedDocument document, Findings findings);
}
