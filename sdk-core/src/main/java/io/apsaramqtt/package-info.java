/** The base exception of the SDK. The packages below are the features. */
@NullMarked
package io.apsaramqtt;

import org.jspecify.annotations.NullMarked;
