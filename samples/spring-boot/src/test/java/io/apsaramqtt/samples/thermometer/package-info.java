/** Tests of the sample. */
@NullMarked
package io.apsaramqtt.samples.thermometer;

import org.jspecify.annotations.NullMarked;
