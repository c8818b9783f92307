/** The application server's half of token mode: it has the AccessKey, so that no device needs one. */
@NullMarked
package io.apsaramqtt.samples.tokenserver;

import org.jspecify.annotations.NullMarked;
