/**
 * The command line: one class for each command.
 *
 * <p>Front door: {@link io.apsaramqtt.cli.ApsaraMqttCommand}. Uses sdk-core.
 */
@NullMarked
package io.apsaramqtt.cli;

import org.jspecify.annotations.NullMarked;
