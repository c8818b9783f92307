@NullUnmarked
package io.apsaramqtt.samples.tokenserver;

import org.jspecify.annotations.NullUnmarked;
