/** The main job in one program: connect signed, check, publish, receive. */
@NullMarked
package io.apsaramqtt.samples.quickstart;

import org.jspecify.annotations.NullMarked;
