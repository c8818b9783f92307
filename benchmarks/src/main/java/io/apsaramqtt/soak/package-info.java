/** A program that has clients run for a long time over a bad network, and watches what they lose and what they keep. */
@NullMarked
package io.apsaramqtt.soak;

import org.jspecify.annotations.NullMarked;
