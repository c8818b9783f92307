/**
 * Advice on policies before they are attached: what is wrong or unwise in a document, and the document that grants no more
 * than a client needs.
 *
 * <p>Front doors: {@link io.apsaramqtt.advice.PolicyLinter}, {@link io.apsaramqtt.advice.LeastPrivilege}. Follows the
 * service pages "Policies" of each generation and the RAM pages "Policy elements" and "Condition operators". Uses
 * {@code mqtt}, {@code policy}, {@code resource}, {@code permission}.
 */
@NullMarked
package io.apsaramqtt.advice;

import org.jspecify.annotations.NullMarked;
